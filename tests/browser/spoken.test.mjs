// How often a screen reader is spoken to: at most once a second, whatever a page is, and however fast somebody works on it. Only
// what is wrong is said at once, and once.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cases, links } from './engine.mjs';
import { root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { planOf, seat } from './links.mjs';
import { fillAll, goTo, newDossier, openFile, openSheet, type } from './sheet.mjs';

const ready = ['ready', 'fallback'];
const before = (page) => page.clock.install();

// Notes from now on whenever a live region of the page says something, also what it said before: when, by which, in which words.
const listen = (page) => page.evaluate(() => {
  const LIVE = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive], output:not([aria-live=off])';
  window.spoken = [];
  window.listening?.disconnect();
  window.listening = new MutationObserver((records) => {
    const regions = new Set();
    for (const { target, type, addedNodes } of records) {
      const around = (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest(LIVE);
      if (around && (type !== 'childList' || addedNodes.length)) regions.add(around);
      // a region that comes with its words
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        for (const it of [node, ...node.querySelectorAll(LIVE)]) if (it.matches(LIVE)) regions.add(it);
      }
    }
    const heard = [...regions].map((it) => ({ role: it.getAttribute('role'), words: it.innerText.trim() })).filter((it) => it.words);
    if (heard.length) window.spoken.push({ at: performance.now(), roles: heard.map((it) => it.role).join(), words: heard.map((it) => it.words).join('; ') });
  });
  window.listening.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: ['hidden'] });
});

// From now on time passes only where the test says so.
const stop = async (page) => page.clock.pauseAt(await page.evaluate(() => Date.now()) + 2000);

// All of that until now.
async function spoken(t, page) {
  const all = await page.evaluate(() => window.spoken);
  t.diagnostic(`${all.length} times: ${all.map((it) => `${it.words} at ${it.at.toFixed(0)} ms`).join(' | ')}`);
  return all;
}

// Does that four times a second, and hears what is said until it is quiet.
async function fast(t, page, steps) {
  await stop(page);
  await listen(page);
  for (const step of steps) {
    await step();
    await page.clock.runFor(250);
  }
  await page.clock.runFor(4000);
  return spoken(t, page);
}

// Less than a second after something else. What is wrong is said at once.
const tooSoon = (all) => all.filter((it, i) => i && !it.roles.includes('alert') && it.at - all[i - 1].at < 990);
const words = (all) => all.map((it) => it.words);
const no = { met: false };

test('however fast one fills in, a screen reader is spoken to at most once a second', async (t) => {
  const { page } = await openSheet(t, 2, { before });
  await listen(page);
  // ten answers in a second, none of them wrong
  for (const [row, answer] of Object.entries(cases(2)).slice(0, 10)) {
    await fillAll(page, { [row]: answer });
    await page.clock.runFor(100);
  }
  await page.clock.runFor(2000);
  const all = await spoken(t, page);
  assert.ok(1 <= all.length && all.length <= 5, 'fewer times than there were answers');
  assert.deepEqual(tooSoon(all), []);
  assert.equal(await page.locator('.sum [role=status]').textContent(), await page.locator('.sum .say').innerText(), 'in the end what came of it is said');
});

test('a number that cannot be is told once, when its field is left, and the score goes on at its own pace', async (t) => {
  const { page } = await openSheet(t, 2, { before });
  await stop(page);
  await listen(page);
  const field = page.locator('[id="2-1"] input[type=text]').first();
  await field.focus();
  for (const key of 'abc') {
    await page.keyboard.press(key);
    await page.clock.runFor(400);
  }
  assert.deepEqual(await spoken(t, page), [], 'while it is typed');
  await page.keyboard.press('Tab');
  await page.clock.runFor(3000);
  const [alert, ...more] = await spoken(t, page);
  assert.match(alert.words, /^请填数字/);
  assert.equal(alert.roles, 'alert');
  assert.deepEqual(more, []);
  // answers in between, another mistake among them
  await listen(page);
  for (const [i, [row, answer]] of Object.entries(cases(2)).slice(1, 9).entries()) {
    await fillAll(page, { [row]: answer });
    if (i === 3) await type(page, '2-1', '不符合', '1x');
    await page.clock.runFor(100);
  }
  await page.clock.runFor(2000);
  const all = await spoken(t, page);
  assert.equal(all.filter((it) => it.roles.includes('alert')).length, 1, 'the mistake');
  assert.ok(2 <= all.length && all.length <= 6);
  assert.deepEqual(tooSoon(all), []);
});

test('of the declaration a screen reader hears once what became of a cell, and once of a pasted table', async (t) => {
  const { page } = await visit(t, 'start/employer/', { app: ready, before });
  await newDossier(page, '某厂');
  await page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
  await page.locator('table.rows').waitFor();
  await stop(page);
  await listen(page);
  // four cells a second; the name and the levels are wrong
  for (const [n, text] of ['6-18-01-01', '铣工', '数控车床', '4、9'].entries()) {
    const cell = page.locator(`[id="d-0-${n}"]`);
    await cell.focus();
    await page.keyboard.insertText(text);
    await page.keyboard.press('Tab');
    await page.clock.runFor(250);
  }
  await page.clock.runFor(2000);
  const cells = await spoken(t, page);
  assert.deepEqual(tooSoon(cells), []);
  assert.equal(cells.at(-1).words, '第 1 行：不得申报');
  assert.ok(cells.length <= 2, 'less often than cells are left');
  await listen(page);
  await page.locator('[id="d-0-0"]').focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '6-20-01-01\t钳工\t\t3\t\n6-31-01-03\t电工\t\t3\t\n2-02-01-01\t电工\t\t3\t\n');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByText('已加入 3 行').waitFor();
  await page.clock.runFor(3000);
  const pasted = await spoken(t, page);
  assert.equal(pasted.length, 1);
  assert.match(pasted[0].words, /已加入 3 行/);
  // with a further row, what the first one lacks is missing; of the others, and of one that has nothing yet, nothing is said
  await listen(page);
  const add = async () => {
    await page.getByRole('button', { name: '添加一行' }).click();
    await page.clock.runFor(2000);
    await page.keyboard.press('Tab');
    await page.clock.runFor(3000);
    return (await spoken(t, page)).map((it) => it.words);
  };
  assert.deepEqual(await add(), ['第 1 行：不得申报']);
  await listen(page);
  assert.deepEqual(await add(), []);
});

test('steps that are taken back one after the other are said once a second', async (t) => {
  const { page } = await openSheet(t, 1, { before });
  const rows = Object.entries(cases(1)).slice(0, 6);
  for (const [row, answer] of rows) {
    await fillAll(page, { [row]: answer });
    await page.clock.runFor(2000);
  }
  const all = await fast(t, page, rows.map(() => () => page.keyboard.press('Control+z')));
  assert.deepEqual(tooSoon(all), []);
  assert.ok(2 <= all.length && all.length <= 5, 'less often than steps are taken');
  assert.ok(words(all).some((it) => it.startsWith('已撤销一步')));
  assert.match(words(all).join(), /未评 46 项/);
});

test('a store that is full is told once, and its banner stays where it is while more is filled in', async (t) => {
  const { page } = await openSheet(t, 1, { before });
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); }; });
  const rows = Object.entries(cases(1)).slice(0, 8);
  const all = await fast(t, page, rows.map(([row, answer]) => () => fillAll(page, { [row]: answer })));
  assert.deepEqual(words(all.filter((it) => it.roles.includes('alert'))).map((it) => it.slice(0, 4)), ['未保存：']);
  assert.deepEqual(tooSoon(all), []);
  // the button in it can be pressed while the next change is being saved
  await page.evaluate(() => { window.band = document.querySelector('.band:not([hidden])'); });
  await page.locator('.band:visible').getByRole('button', { name: '下载备份' }).focus();
  await fillAll(page, Object.fromEntries(Object.entries(cases(1)).slice(8, 9)));
  await page.clock.runFor(2000);
  assert.ok(await page.evaluate(() => window.band.isConnected && !window.band.hidden));
});

test('papers that are made ready one after the other are counted aloud once a second', async (t) => {
  const { page, host } = await openSheet(t, 1, { unit: '某厂', before });
  const of = new URL(page.url()).searchParams.get('of').split('-')[0];
  await goTo(page, `${host.url}evidence/?of=${of}`);
  await page.getByRole('button', { name: /全部采用建议/ }).press('Enter');
  const ready = page.getByRole('checkbox', { name: '已备' });
  await ready.nth(20).waitFor();
  const all = await fast(t, page, [0, 3, 6, 9, 12, 15].map((at) => () => ready.nth(at).check()));
  assert.deepEqual(tooSoon(all), []);
  assert.equal(words(all).at(-1), await page.locator('#count').innerText());
});

test('what is tried out is said once a second, by slider and by hand', async (t) => {
  const rows = ['1-13', '1-15', '1-16', '1-17', '1-20', '1-21', '1-22', '1-47'];
  const { page } = await planOf(t, 1, { ...cases(1), ...Object.fromEntries(rows.map((it) => [it, no])) }, { before });
  const total = page.locator('#try-total');
  await total.waitFor();
  await total.focus();
  const slid = await fast(t, page, ['End', 'Home', 'End', 'Home', 'End'].map((key) => () => page.keyboard.press(key)));
  assert.deepEqual(tooSoon(slid), []);
  assert.match(words(slid).at(-1), /^最省的办法改 \d+ 项，.*。\d+ → \d+ 分，/);
  await page.locator('.tried').getByRole('button', { name: '不要了' }).click();
  await page.locator('#try-row').selectOption({ label: await page.locator('#try-row option[value="17"]').innerText() });
  const choose = (word) => () => page.locator('.trying').getByText(word, { exact: true }).click();
  const chosen = await fast(t, page, ['符合', '不符合', '符合', '不符合', '符合'].map(choose));
  assert.deepEqual(tooSoon(chosen), []);
  assert.match(words(chosen).at(-1), /^\d+ → \d+ 分，/);
});

test('rows that a panel agrees on one after the other are said once a second', async (t) => {
  const { page, host } = await visit(t, 'panel/', { app: ready, before });
  const rows = ['1-13', '1-15', '1-16', '1-17', '1-22', '1-47'];
  const answers = [cases(1), cases(1), { ...cases(1), ...Object.fromEntries(rows.map((it) => [it, no])) }];
  const records = links(answers.map((it) => ({ rubric: '1', answers: it })), host.url);
  for (const [n, link] of records.entries()) await seat(page, link, n + 1);
  await page.locator('.agree .row').first().waitFor();
  const open = await page.locator('.agree .row').evaluateAll((all) => all.map((it) => it.id));
  assert.ok(3 < open.length, `${open}`);
  // who and why are wanted of each before it counts
  for (const id of open) {
    await page.locator(`[id="${id}"]`).getByRole('button', { name: '选用评估员3的填写' }).click();
    await page.locator(`#who-${id.split('-')[2]}`).fill('李组长');
  }
  const all = await fast(t, page, open.map((id) => async () => {
    await page.locator(`#why-${id.split('-')[2]}`).fill('现场看过');
    await page.keyboard.press('Tab');
  }));
  assert.deepEqual(tooSoon(all), []);
  assert.ok(1 <= all.length && all.length < open.length);
});

test('dossiers of a backup file that are chosen one after the other are counted aloud once a second', async (t) => {
  const { page } = await visit(t, 'mine/', { app: ready, before });
  const record = readFileSync(join(root, 'tests/records/v1/employer.txt'), 'utf8').trim();
  await openFile(page, JSON.stringify({ 份数: 5, 档案: Array(5).fill(record) }));
  const ticks = page.locator('ul.sheets').getByRole('checkbox');
  await ticks.nth(4).waitFor();
  const all = await fast(t, page, [0, 1, 2, 3, 4].map((at) => () => ticks.nth(at).click()));
  assert.deepEqual(tooSoon(all), []);
  assert.match(words(all).at(-1), /^选了 \d 份，共 5 份。/);
});

test('how much was found is said once, a second after the last letter', async (t) => {
  const { page } = await visit(t, 'notice/henan-2021-1/', { reader: 'ready', before });
  await page.locator('#q').focus();
  const all = await fast(t, page, [...'评价范围'].map((letter) => () => page.keyboard.insertText(letter)));
  assert.equal(all.length, 1);
  assert.equal(all[0].words, await page.locator('#found-status').innerText());
});
