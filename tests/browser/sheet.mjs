// Filling in a sheet as a person does, and reading off the page what comes of it.
//
//   const { page, seen } = await openSheet(t, 3);               // a new dossier and its sheet of annex 3
//   const answers = cases(3, '理论考场租期36个月');               // engine.mjs
//   await fillAll(page, answers);                               // clicks and keys, nothing else
//   assert.deepEqual(await shown(page), expected(3, answers));  // the page and `ziping score` agree
//
// `fill`, `fillAll` and `find` also take the pages of puppeteer, so that old kernels are filled in by the same hand.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { appState, visit } from './harness.mjs';

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
  await newDossier(page, unit, startOf(annex).includes('school') ? ['注册学籍的本校学生'] : []);
  if (isOccupation(annex)) await page.getByRole('button', { name: '添加职业（工种）自评表' }).click();
  else await page.getByRole('link', { name: '填写', exact: true }).click();
  await page.locator(`fieldset[id="${annex}-1"]`).waitFor();
  // the rows below the window come a moment later
  await page.waitForFunction(() => [...document.querySelectorAll('section.group')].every((it) => it.querySelector('fieldset')));
  await appState(page, ['ready', 'fallback']);
}

// From the first question of the guided start to a dossier, answering no more than the options given, one a question.
export async function newDossier(page, unit = '', answers = []) {
  for (const answer of answers) {
    await page.locator('.option', { hasText: answer }).locator('input').check();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.locator('.option', { hasText: answer }).waitFor({ state: 'detached' });
  }
  const later = page.getByRole('link', { name: '先不回答，以后再填' });
  if (await later.count()) await later.click();
  await page.getByLabel('申请单位名称').fill(unit);
  await page.getByRole('button', { name: '建立自评档案' }).click();
  await page.getByRole('heading', { name: unit || '未填单位', level: 1 }).waitFor();
}

// A page of the site, once the app has taken it over; pages that only read have none.
export async function goTo(page, url) {
  await page.goto(url);
  const live = await page.evaluate(() => !!document.querySelector('script[data-live]') || /[?&]of=/.test(location.search));
  if (live) await appState(page, ['ready', 'fallback']);
}

// Gives one row its answer, in the form of the machine contract, through the controls of that row.
export async function fill(page, row, answer) {
  for (const [key, value] of Object.entries(answer)) {
    // estimates are folded away
    if (key === 'low' || key === 'high') await unfold(page, row);
    if (key in choices) await choose(page, row, ...choices[key](value, answer));
    else for (const [i, label] of [labels[key]].flat().entries()) await type(page, row, label, [value].flat()[i]);
  }
}

export async function fillAll(page, answers) {
  for (const [row, answer] of Object.entries(answers)) await fill(page, row, answer);
}

// The words of the controls: all tests take them from here. A row that asks for more than one thing has the first
// requirement beside the others.
export const words = {
  complies: ['不符合', '符合'], unsure: '不适用/待确认', hazard: ['无隐患', '存在隐患'], has: ['无', '有'],
  level: { full: '满足', basic: '基本满足', none: '不能满足' }, none: '无不符合项，得满分',
};
const choices = {
  met: (it, answer) => ('operable' in answer ? ['符合文件要求', it ? '是' : '否'] : ['', words.complies[Number(it)]]),
  unsure: () => ['', words.unsure],
  hazard: (it) => ['上述安全隐患', words.hazard[Number(it)]],
  detailed: (it) => ['内容详实', it ? '是' : '否'],
  operable: (it) => ['可操作性强', it ? '是' : '否'],
  level: (it) => ['', words.level[it]],
  tenure: (it) => ['', { owned: '自有', leased: '租赁' }[it]],
  has: (it) => ['', words.has[Number(it)]],
};
// The beginnings of the fields' names.
const labels = {
  full_time_staff: '专职工作人员', defects: '不符合', items: '符合要求的', qualified_examiners: '符合条件',
  headcount: '聘任总数', experts: '专家', intact: '完好', total: '共', years: '连续', average: '年均', months: '合同租期',
  yearly: ['近三年：第一年', '第二年', '第三年'], award: '自估', score: '自估', low: '估计最低', high: '最高',
};

// Clicks a word among those to choose from; `group` names them where a row has several.
export async function choose(page, row, group, word) {
  // A driver presses where the label was, which a row that came later may have moved, or the bar at the foot covers. Only a
  // press that never came to the label is made again: one that did and chose nothing is for the test to find.
  for (let left = 3; 0 < left; left -= 1) {
    const label = await find(page, row, ([row, group, word]) =>
      [...document.getElementById(row).querySelectorAll('.seg label')].find(
        (it) => it.textContent === word && it.parentNode.getAttribute('aria-label').startsWith(group),
      ), [group, word]);
    await label.evaluate((it, again) => {
      if (again) it.scrollIntoView({ block: 'center' });
      window.missed = true;
      it.addEventListener('click', () => { window.missed = false; }, { once: true });
    }, left < 3);
    await label.click();
    if (!(await page.evaluate(() => window.missed))) return;
  }
  assert.fail(`row ${row}: no press came to ${word}`);
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
      range: all('.open')[0] || undefined,
      bonus: all('.bonus')[0] || undefined,
    };
  });

// Waits until the page says 已保存 of the last change.
export const saved = (page) => page.locator('.saved .state', { hasText: /^已保存 \d\d:\d\d$/ }).waitFor();

// What the browser keeps under names that begin so, in their order, but for the word to the home page and those about the
// mirror.
export const kept = (page, of = '') =>
  page.evaluate((of) => {
    const records = Object.entries(localStorage).filter(([key]) => key.startsWith(of) && !/^zp1\/(last$|mirror$|gone\/)/.test(key));
    return Object.fromEntries(records.sort());
  }, of);

// Puts texts into the browser's storage by name; null takes one away. The mirror is emptied, as it would bring back what was
// there.
export async function put(page, texts) {
  await plant(page, { ...texts, 'zp1/mirror': null });
  await mirror(page, true);
}

// The same without a look at the mirror.
export const plant = (page, texts) =>
  page.evaluate((texts) => {
    for (const [key, text] of Object.entries(texts)) {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    }
  }, texts);

// The texts of the mirror by name, '' for what was removed; emptied afterwards where that is wanted.
export const mirror = (page, empty = false) =>
  page.evaluate((empty) => new Promise((done) => {
    const opening = indexedDB.open('zp1', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
    opening.onerror = () => done({});
    opening.onsuccess = () => {
      const asking = opening.result.transaction('kept', 'readwrite');
      const all = asking.objectStore('kept').getAll();
      if (empty) asking.objectStore('kept').clear();
      asking.oncomplete = () => {
        opening.result.close();
        const texts = all.result.filter((it) => typeof it === 'string');
        done(Object.fromEntries(texts.map((it) => [it.split('\n')[0], it.split('\n')[2]])));
      };
    };
  }), empty);

// Puts anything at all into the mirror: pairs of a key and a value.
export const plantMirror = (page, pairs) =>
  page.evaluate((pairs) => new Promise((done, fail) => {
    const opening = indexedDB.open('zp1', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const asking = opening.result.transaction('kept', 'readwrite');
      for (const [key, value] of pairs) asking.objectStore('kept').put(value, key);
      asking.onabort = () => fail(asking.error);
      asking.oncomplete = () => {
        opening.result.close();
        done();
      };
    };
  }), pairs);

// The file that the page hands over when this is done: its name and its text.
export async function fileFrom(page, act) {
  const coming = page.waitForEvent('download');
  await act();
  const file = await coming;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

// Chooses a file of this text, or these bytes, in 我的自评.
export const openFile = (page, content, name = 'x.json') =>
  page.setInputFiles('#file', { name, mimeType: 'application/json', buffer: Buffer.from(content) });

// Unfolds a row: 备注, 计算依据 and 清空本项 come into view.
export const unfold = (page, row) =>
  page.locator(`[id="${row}"] details.more`).evaluate((it) => { it.open = true; });

// Brings the 备注 of a row into view.
export async function note(page, row) {
  const field = page.locator(`#note-${row}`);
  await field.evaluate((it) => { it.closest('details').open = true; });
  return field;
}
