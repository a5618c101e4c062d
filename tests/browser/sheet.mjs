// Filling in a sheet as a person does, and reading off the page what comes of it.
//
//   const { page, seen } = await openSheet(t, 3);               // a new dossier and its sheet of annex 3
//   const answers = cases(3, '理论考场租期36个月');               // engine.mjs
//   await fillAll(page, answers);                               // clicks and keys, nothing else
//   assert.deepEqual(await shown(page), expected(3, answers));  // the page and `ziping score` agree
//
// `fill`, `fillAll` and `find` also take the pages of puppeteer, so that old kernels are filled in by the same hand.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appState, root, visit } from './harness.mjs';

const starts = ['employer', 'school', 'social'];

export const startOf = (annex) => `start/${starts[Math.floor((annex - 1) / 2)]}/`;
export const isOccupation = (annex) => annex % 2 === 0;

// A page at a fresh sheet. `options` are those of `visit`; `unit` is typed in as the name of the applicant.
export async function openSheet(t, annex, { unit = '', ...options } = {}) {
  const it = await visit(t, startOf(annex), { app: ['ready', 'fallback'], ...options });
  await begin(it.page, annex, unit);
  return it;
}

// From the page of a new dossier to its sheet of that annex.
export async function begin(page, annex, unit = '') {
  await page.getByLabel('申请单位名称').fill(unit);
  if (startOf(annex).includes('school')) await page.getByLabel('注册学籍的本校学生').check();
  await page.getByRole('button', { name: '建立自评档案' }).click();
  if (isOccupation(annex)) await page.getByRole('button', { name: '添加职业（工种）自评表' }).click();
  else await page.getByRole('link', { name: '填写', exact: true }).click();
  await page.locator(`fieldset[id="${annex}-1"]`).waitFor();
}

// A new dossier of an 'employer' or a 'school', open on its own page; returns its id. Until the guided start makes one, a
// record that an earlier version wrote is put where the page keeps them, and the unit is typed in.
export async function newDossier(page, kind, unit = '') {
  const record = readFileSync(join(root, `tests/records/v1/${kind}.txt`), 'utf8').trim();
  const id = `new${kind}`;
  await page.evaluate(([id, record]) => localStorage.setItem(`zp1/doc/${id}/a`, record), [id, record]);
  await goTo(page, `${new URL(page.url()).origin}/dossier/?of=${id}`);
  if (unit) {
    await page.getByLabel('申请单位名称').fill(unit);
    await page.locator('.saved.good').waitFor();
  }
  return id;
}

// A page of the site, once the app has taken it over.
export async function goTo(page, url) {
  await page.goto(url);
  await appState(page, ['ready', 'fallback']);
}

// Gives one row its answer, in the form of the machine contract, through the controls of that row.
export async function fill(page, row, answer) {
  for (const [key, value] of Object.entries(answer)) {
    if (key in choices) await choose(page, row, ...choices[key](value));
    else for (const [i, label] of [labels[key]].flat().entries()) await type(page, row, label, [value].flat()[i]);
  }
}

export async function fillAll(page, answers) {
  for (const [row, answer] of Object.entries(answers)) await fill(page, row, answer);
}

const complies = (it) => ['', it ? '符合' : '不符合'];
const choices = {
  met: complies,
  hazard: (it) => ['上述安全隐患', it ? '存在' : '不存在'],
  detailed: (it) => ['内容详实', it ? '是' : '否'],
  operable: (it) => ['可操作性强', it ? '是' : '否'],
  level: (it) => ['', { full: '满足', basic: '基本满足', none: '不能满足' }[it]],
  tenure: (it) => ['', { owned: '自有', leased: '租赁' }[it]],
  has: (it) => ['', it ? '有' : '无'],
};
// The beginnings of the fields' names.
const labels = {
  full_time_staff: '专职工作人员', defects: '不符合', items: '符合要求的', qualified_examiners: '符合条件',
  headcount: '聘任总数', experts: '专家', intact: '完好', total: '共', years: '连续', average: '年均', months: '合同租期',
  yearly: ['近三年：第一年', '第二年', '第三年'], award: '自估', score: '自估',
};

// Clicks a word among those to choose from; `group` names them where a row has several.
export async function choose(page, row, group, word) {
  const label = await find(page, row, ([row, group, word]) =>
    [...document.getElementById(row).querySelectorAll('.seg label')].find(
      (it) => it.textContent === word && it.parentNode.getAttribute('aria-label').startsWith(group),
    ), [group, word]);
  await label.click();
}

// Types into a field and leaves it.
export async function type(page, row, label, value) {
  const field = await find(page, row, ([row, label]) =>
    document.getElementById(row).querySelector(`input[type=text][aria-label^="${label}"]`), [label]);
  await field.click({ clickCount: 3 });
  await field.type(String(value));
  await page.keyboard.press('Tab');
}

// Waits for an element of a row that may only come with the answer before.
export async function find(page, row, look, more = []) {
  for (let left = 100; 0 < left; left -= 1) {
    const found = (await page.evaluateHandle(look, [row, ...more])).asElement();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.fail(`row ${row} has no control for ${more.join(' ')}`);
}

// What the page says: points, sentence, sections, vetoes and the range.
export const shown = (page) =>
  page.evaluate(() => {
    const text = (it) => it.textContent;
    const all = (selector) => [...document.querySelectorAll(`.sum ${selector}`)].map(text);
    const sections = all('.bars dt').map((name, i) => [name, all('.bars dd')[i]]);
    return {
      points: all('.big b')[0],
      counted: all('.big span')[0],
      sentence: all('.say')[0],
      sections: Object.fromEntries(sections),
      vetoes: [...document.querySelectorAll('.sum .alert')].map((alert) => ({
        head: text(alert.querySelector('b')),
        rows: [...alert.querySelectorAll('a')].map((it) => it.hash.slice(1)),
      })),
      range: all('.open')[0],
      bonus: all('.bonus')[0],
    };
  });
