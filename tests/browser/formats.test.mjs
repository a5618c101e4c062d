// The formats are described so that somebody else can read them: a second reader, written from docs/formats.md alone, opens
// all vectors and many records made at random as the program does. It needs no browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chance, dossier } from '../formats/generate.mjs';
import { bytesOfCode, bytesOfLink, dossierOf } from '../formats/reader.mjs';
import { rubrics, ziping } from './engine.mjs';
import { root } from './harness.mjs';
import { test } from './limit.mjs';

// `RECORDS=10000` for all that were asked for; a change is noticed by fewer
const RECORDS = Number(process.env.RECORDS ?? 2_000);
const described = readFileSync(join(root, 'docs/formats.md'), 'utf8');
// what the description says of the edition: marks, printed table, questions
const edition = { ...JSON.parse(/```json\n(\{\n {2}"id".*?)\n```/s.exec(described)[1]), rubrics: rubrics() };
const vectors = readFileSync(join(root, 'tests/vectors/v1.jsonl'), 'utf8').trim().split('\n').map((it) => JSON.parse(it));

const read = (bytes) => said(dossierOf(bytes, edition));

test('the second reader opens every vector as the program does', () => {
  for (const { name, bytes, code, link, opens } of vectors) {
    const record = Uint8Array.from(bytes.match(/../g), (it) => parseInt(it, 16));
    assert.deepEqual(bytesOfCode(code), record, name);
    assert.deepEqual(bytesOfLink(link), record, name);
    assert.deepEqual(read(record), program(opens), name);
  }
  assert.ok(vectors.length >= 50);
});

test(`both open ${RECORDS} records made at random as the same`, () => {
  const by = chance(20260101);
  let n = 0;
  while (n < RECORDS) {
    const all = Array.from({ length: Math.min(1000, RECORDS - n) }, () => JSON.stringify(dossier(by, edition)));
    const written = (link) => ziping(['code', '--encode', '--unit', '--notes', ...link], all.join('\n')).trimEnd().split('\n');
    const [codes, links] = [written([]), written(['--link', 'https://ziping.example/'])];
    const opened = ziping(['code'], links.join('\n')).trimEnd().split('\n');
    assert.deepEqual([codes.length, links.length, opened.length], Array(3).fill(all.length), links.find((it) => it.startsWith('{')));
    for (const [at, link] of links.entries()) {
      const record = bytesOfLink(link);
      assert.deepEqual(bytesOfCode(codes[at]), record, codes[at]);
      assert.deepEqual(read(record), program(JSON.parse(opened[at])), all[at]);
    }
    n += all.length;
  }
});

test('one wrong letter is seen by the second reader too', () => {
  for (const { code, link } of vectors.slice(0, 10)) {
    for (let at = 0; at < code.length; at += 7) {
      if (code[at] === ' ') continue;
      const wrong = code.slice(0, at) + (code[at] === '7' ? '8' : '7') + code.slice(at + 1);
      assert.throws(() => read(bytesOfCode(wrong)), wrong);
    }
    assert.throws(() => read(bytesOfLink(link.slice(0, -1))));
  }
});

// ---- both in one form: rows with their facts, each value as a number

const PLACES = { award: 1, score: 1, low: 1, high: 1, years: 9, average: 9 };
const CHOICES = { level: ['none', 'basic', 'full'], tenure: ['leased', 'owned'] };
const YEARS = ['first_year', 'second_year', 'third_year'];

function said(read) {
  const value = (fact, units) => {
    const digits = String(units).padStart((PLACES[fact] ?? 0) + 1, '0');
    const at = digits.length - (PLACES[fact] ?? 0);
    return Number(`${digits.slice(0, at)}.${digits.slice(at)}`);
  };
  const answers = (of) => mapped(of, (facts) => Object.fromEntries(Object.entries(facts).map(([fact, it]) => [fact, value(fact, it)])));
  return tidy({ ...read, sheets: read.sheets.map((it) => ({ ...it, answers: answers(it.answers) })) });
}

// What `ziping code` says.
function program(line) {
  const dossier = line.sheets ? line : { edition: line.edition, applicant: undefined, sheets: [line] };
  const sheets = dossier.sheets.map(({ edition: _, answers, partial, ...sheet }) => ({
    ...sheet,
    answers: mapped({ ...answers, ...partial }, (facts) => Object.fromEntries(Object.entries(facts).flatMap(([fact, value]) => {
      if (fact === 'yearly') return YEARS.flatMap((year, at) => (value[at] === null ? [] : [[year, Number(value[at])]]));
      return [[fact, number(fact, value)]];
    }))),
  }));
  const route = mapped(dossier.route ?? {}, (it) => (Array.isArray(it) ? it : [String(it)]));
  // one sheet alone is told without its applicant, who is that of its rubric
  const applicant = dossier.applicant ?? edition.rubrics.find((it) => it.annex === line.rubric).applicant;
  return tidy({ ...dossier, applicant, sheets, route });
}

// A number with more digits than JSON keeps is told as a text.
function number(fact, value) {
  return CHOICES[fact] ? CHOICES[fact].indexOf(value) : Number(value);
}

const mapped = (of, by) => Object.fromEntries(Object.entries(of).map(([key, value]) => [key, by(value)]));

// Without what is empty.
function tidy(it) {
  if (Array.isArray(it)) return it.map(tidy);
  if (typeof it !== 'object') return it;
  const all = Object.entries(it).map(([key, value]) => [key, tidy(value)]);
  const empty = (value) => value === '' || value === undefined || (typeof value === 'object' && !Object.keys(value).length);
  return Object.fromEntries(all.filter(([key, value]) => key === 'answers' || key === 'sheets' || !empty(value)));
}
