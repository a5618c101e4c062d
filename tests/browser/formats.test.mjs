// The formats are described so that somebody else can read them: a second reader, written from docs/formats.md alone, opens
// all vectors and many records made at random as the program does. It needs no browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chance, dossier } from '../formats/generate.mjs';
import { bytesOfCode, bytesOfLink, dossierOf, FACTS } from '../formats/reader.mjs';
import { bytesOf, columnsOf, opened, recordOf, sealed } from '../formats/sealed.mjs';
import { rubrics, ziping } from './engine.mjs';
import { root } from './harness.mjs';
import { test } from './limit.mjs';

// `RECORDS=10000` for all that were asked for; a change is noticed by fewer
const RECORDS = Number(process.env.RECORDS ?? 2_000);
const described = readFileSync(join(root, 'docs/formats.md'), 'utf8');
const APPLICANTS = ['employer', 'technical_school', 'social_organisation'];
// what the description says of the edition: marks, printed table, questions
const edition = { ...JSON.parse(/```json\n(\{\n {2}"id".*?)\n```/s.exec(described)[1]), rubrics: rubrics(), applicants: APPLICANTS };
const vectors = readFileSync(join(root, 'tests/vectors/v1.jsonl'), 'utf8').trim().split('\n').map((it) => JSON.parse(it));

const columns = columnsOf(described);
const kept = (name) => readFileSync(join(root, 'tests/records', name), 'utf8').trim();

const read = (bytes, of = edition) => said(dossierOf(bytes, of), of);

test('the second reader opens every vector as the program does', () => {
  for (const { name, bytes, code, link, opens } of vectors) {
    const record = Uint8Array.from(bytes.match(/../g), (it) => parseInt(it, 16));
    assert.deepEqual(bytesOfCode(code), record, name);
    assert.deepEqual(bytesOfLink(link), record, name);
    assert.deepEqual(read(record), program(opens), name);
  }
  assert.ok(vectors.length >= 50);
});

test(`both open ${RECORDS} records made at random as the same`, () => compared(chance(20260101), RECORDS, edition));

// Rules that the six annexes do not have: an invented site has a row of each.
test('and 500 of tables with every kind of rule', () => {
  const site = join(root, 'tests/kinds/site');
  const invented = { id: 'xuni-2099', ...JSON.parse(ziping(['rubrics'], undefined, site)), table: [], questions: [] };
  invented.applicants = ['company', 'college', 'academy', 'guild'];
  // the page tells no marks of an invented edition: they stand in its first record
  const [, low, high] = bytesOfLink(ziping(['code', '--encode', '--link', 'https://ziping.example/'], '{"rubric":"1","answers":{}}', site).trim());
  invented.marks = [low | (high << 8)];
  const kinds = new Set(compared(chance(20991130), 500, invented, site).flatMap(({ sheets }) => sheets.flatMap((it) => Object.values(it.answers).flatMap(Object.keys))));
  for (const fact of ['choice', 'item_1', 'item_4', 'quantity', 'first_count', 'second_count', 'not_applicable']) assert.ok(kinds.has(fact), fact);
});

// Both read so many records of an edition in the same way; returns what they read.
function compared(by, records, of, site = root) {
  const found = [];
  while (found.length < records) {
    const all = Array.from({ length: Math.min(1000, records - found.length) }, () => JSON.stringify(dossier(by, of)));
    const written = (link) => ziping(['code', '--encode', '--unit', '--notes', ...link], all.join('\n'), site).trimEnd().split('\n');
    const [codes, links] = [written([]), written(['--link', 'https://ziping.example/'])];
    const opened = ziping(['code'], links.join('\n'), site).trimEnd().split('\n');
    assert.deepEqual([codes.length, links.length, opened.length], Array(3).fill(all.length), links.find((it) => it.startsWith('{')));
    for (const [at, link] of links.entries()) {
      const record = bytesOfLink(link);
      assert.deepEqual(bytesOfCode(codes[at]), record, codes[at]);
      const ours = read(record, of);
      assert.deepEqual(ours, program(JSON.parse(opened[at]), of), all[at]);
      found.push(ours);
    }
  }
  return found;
}

test('the second reader opens what a browser stored, of every version, and writes it as it was', () => {
  const backups = ['v1/backup.json', 'v2/backup.json'].flatMap((it) => JSON.parse(kept(it)).档案);
  const lines = ['v1/employer.txt', 'v1/binned.txt', 'v1/school.txt', 'v2/school.txt', 'v3/employer.txt', 'panel-v1.line'].map(kept);
  for (const line of [...lines, ...backups]) {
    const { sign, version, bytes } = opened(line);
    const record = recordOf(columns, line);
    assert.ok(bytesOf(columns, record, sign, version).equals(bytes), line);
    // one letter of the payload
    const at = line.length - 5;
    assert.throws(() => recordOf(columns, line.slice(0, at) + (line[at] === 'A' ? 'B' : 'A') + line.slice(at + 1)), line);
    if (sign === 'ZPH') continue;
    // a code leaves out what the row cannot have; a dossier may have kept it
    const [ours, its] = [said(asRecord(record)), ofBackup([line])[0]];
    for (const [at, { answers }] of its.sheets.entries()) {
      const all = ours.sheets[at].answers;
      assert.ok(Object.keys(answers).length >= Object.keys(all).length / 2, line);
      const some = ([row, facts]) => [row, Object.fromEntries(Object.keys(facts).map((fact) => [fact, all[row]?.[fact]]))];
      ours.sheets[at].answers = Object.fromEntries(Object.entries(answers).map(some));
    }
    assert.deepEqual(ours, its, line);
  }
  // what no code takes along
  const whole = recordOf(columns, kept('v3/employer.txt'));
  assert.equal(whole.facts.people, '640');
  assert.deepEqual(whole.declared[0], {
    code: '6-18-01-01', name: '车工', trade: '数控车床', levels: '四级', standard: 1, standard_year: 2018n, standard_name: '车工',
    dictionary_name: '车工', name_checked: true, restricted: 2, near_professional: false,
    school: {
      enrolled_years: 3500000000n, has_scale: false, small_major: true, national_standard: true, graduating_year: true,
      staged: true, earlier_certificate: false, compound: true, class_type: 1, major: 1,
    },
  });
  assert.deepEqual(whole.roster.equipment, [{ name: '数控车床丁', occupation: '车工', count: 21n, intact: 19n, worn: 2n }]);
  assert.deepEqual(whole.sheets[0].work.wishes, { target: 850n, safe: true, marks: [{ row: 4n, effort: 1, cost: 35n, reach: undefined }] });
  assert.equal(whole.sheets[0].work.evidence[0].pages, '7-9');
  const panel = recordOf(columns, kept('panel-v1.line'));
  assert.deepEqual(panel.seats.map((it) => it.name), ['评估员1', '评估员2', '评估员3']);
});

test('the program opens what is sealed by the description', () => {
  const by = chance(20261130);
  const all = Array.from({ length: 300 }, () => {
    const { day: _, ...said } = dossier(by, edition);
    return JSON.stringify(said);
  });
  const written = ['code', '--encode', '--unit', '--notes', '--link', 'https://ziping.example/'];
  const links = ziping(written, all.join('\n')).trimEnd().split('\n');
  const lines = links.map((link, at) => {
    const { sheets, ...stored } = asStored(dossierOf(bytesOfLink(link), edition));
    const also = { facts: { ...made(by, 'facts'), place: stored.place }, declared: made(by, 'list declared'), roster: made(by, 'roster') };
    const record = { ...stored, ...also, sheets: sheets.map((it) => ({ ...it, work: made(by, 'work') })) };
    return sealed(columns, record, 'ZP', 3, [at + 1, 7, 1790000000, 0]);
  });
  assert.deepEqual(ziping(written, fileOf(lines)).trimEnd().split('\n'), links);
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

// ---- a dossier as it is stored, and as a record has it

const RUBRICS = new Map(edition.rubrics.map((it) => [Number(it.annex), it]));

const fileOf = (lines) => JSON.stringify({ 说明: '', 份数: lines.length, 档案: lines, 合计: lines.length }, null, 2);

// What the program makes of the dossiers in a backup file.
function ofBackup(lines) {
  const codes = ziping(['code', '--encode', '--unit', '--notes'], fileOf(lines));
  return ziping(['code'], codes).trimEnd().split('\n').map((it) => program(JSON.parse(it)));
}

function asRecord({ unit, applicant, edition, sheets, route, facts }) {
  const of = (sheet) => {
    const annex = Number(sheet.annex);
    const [occupation, ...figures] = RUBRICS.get(annex).part === 'occupation' ? [sheet.blanks[0] ?? '', ...sheet.blanks.slice(1)] : ['', ...sheet.blanks];
    const answers = {};
    for (const { row, fact, value } of sheet.answers) (answers[`${annex}-${row}`] ??= {})[FACTS[fact]] = value;
    const notes = Object.fromEntries(sheet.notes.map((it) => [`${annex}-${it.row}`, it.text]));
    return { rubric: String(annex), occupation, code: sheet.code, levels: sheet.levels, figures, notes, answers };
  };
  const said = {};
  for (const { question, value } of route ?? []) (said[question] ??= []).push(value);
  return { edition, applicant: APPLICANTS[applicant], unit, place: facts?.place ?? '', route: said, sheets: sheets.map(of) };
}

function asStored({ unit, place, applicant, edition, sheets, route }) {
  const of = (sheet, at) => {
    const row = (id) => Number(id.split('-')[1]);
    const given = ([id, facts]) => Object.entries(facts).map(([fact, value]) => ({ row: row(id), fact: FACTS.indexOf(fact), value }));
    const answers = Object.entries(sheet.answers).flatMap(given).sort((a, b) => a.row - b.row || a.fact - b.fact);
    const notes = Object.entries(sheet.notes).map(([id, text]) => ({ row: row(id), text })).sort((a, b) => a.row - b.row);
    const blanks = RUBRICS.get(Number(sheet.rubric)).part === 'occupation' ? [sheet.occupation, ...sheet.figures] : sheet.figures;
    return { id: at + 1, annex: Number(sheet.rubric), blanks, code: sheet.code, levels: sheet.levels, answers, notes };
  };
  const said = Object.entries(route).flatMap(([question, values]) => values.map((value) => ({ question, value })));
  return { unit, place, applicant: APPLICANTS.indexOf(applicant), edition, sheets: sheets.map(of), binned: undefined, route: said };
}

// Anything of a type, but no answers: those must be of their rows.
function made(by, type) {
  const [first, ...more] = type.split(' ');
  const rest = more.join(' ');
  if (first === 'list') return /^(answer|given)$/.test(rest) ? [] : Array.from({ length: by.below(3) }, () => made(by, rest));
  if (first === 'perhaps') return by.in(2) ? made(by, rest) : undefined;
  const base = { count: () => by.below(by.one([2, 200, 60000])), number: () => BigInt(by.below(400) - 200) * 7000000n, yes: () => by.in(2), word: () => by.below(2), text: () => by.one(['', '某甲', 'A-1', '😀']) };
  return base[first] ? base[first]() : Object.fromEntries(columns[first].map(([name, type]) => [name, made(by, type)]));
}

// ---- both in one form: rows with their facts, each value as a number

const PLACES = { award: 1, score: 1, low: 1, high: 1, years: 9, average: 9, quantity: 9 };
const CHOICES = { level: ['none', 'basic', 'full'], tenure: ['leased', 'owned'] };
// an answer has these as one list
const LISTS = {
  yearly: ['first_year', 'second_year', 'third_year'],
  parts: ['first_count', 'second_count'],
  ...Object.fromEntries(['deductions', 'credits'].map((it) => [it, Array.from({ length: 12 }, (_, at) => `item_${at + 1}`)])),
};

const ruleOf = (of, id) => of.rubrics.flatMap((it) => it.rows).find((it) => it.id === id).rule;

function said(read, of = edition) {
  const value = (fact, units, rule) => {
    // what an item takes by estimate is in tenths, as all points
    const item = rule.items?.[Number(/^item_(\d+)$/.exec(fact)?.[1]) - 1];
    const places = item?.to === undefined ? PLACES[fact] ?? 0 : 1;
    const digits = String(units).padStart(places + 1, '0');
    const at = digits.length - places;
    return Number(`${digits.slice(0, at)}.${digits.slice(at)}`);
  };
  const facts = (id, facts) => Object.fromEntries(Object.entries(facts).map(([fact, it]) => [fact, value(fact, it, ruleOf(of, id))]));
  const answers = (all) => Object.fromEntries(Object.entries(all).map(([id, it]) => [id, facts(id, it)]));
  return tidy({ ...read, sheets: read.sheets.map((it) => ({ ...it, answers: answers(it.answers) })) });
}

// What `ziping code` says.
function program(line, of = edition) {
  const dossier = line.sheets ? line : { edition: line.edition, applicant: undefined, sheets: [line] };
  const facts = (id, all) => Object.fromEntries(Object.entries(all).flatMap(([key, value]) => {
    if (LISTS[key]) return value.flatMap((it, at) => (it === null ? [] : [[LISTS[key][at], Number(it)]]));
    if (key === 'choice') return [[key, ruleOf(of, id).levels.findIndex((it) => it.name === value)]];
    return [[key, number(key, value)]];
  }));
  const sheets = dossier.sheets.map(({ edition: _, answers, partial, ...sheet }) => ({
    ...sheet,
    answers: Object.fromEntries(Object.entries({ ...answers, ...partial }).map(([id, all]) => [id, facts(id, all)])),
  }));
  const route = mapped(dossier.route ?? {}, (it) => (Array.isArray(it) ? it : [String(it)]));
  // one sheet alone is told without its applicant, who is that of its rubric
  const applicant = dossier.applicant ?? of.rubrics.find((it) => it.annex === line.rubric).applicant;
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
