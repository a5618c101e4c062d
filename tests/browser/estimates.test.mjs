// 最低估计 and 最高估计 of a 酌情 row: typed into its details, told on the row, in the result, on paper, in codes and backups.

import assert from 'node:assert/strict';
import { cases, engine, expected } from './engine.mjs';
import { axe } from './harness.mjs';
import { test } from './limit.mjs';
import { pdfText } from './pdf.mjs';
import { choose, fill, fillAll, fileFrom, openSheet, saved, shown, type, unfold } from './sheet.mjs';

const row = (page, id) => page.locator(`fieldset[id="${id}"]`);
const out = (page, id) => row(page, id).locator('output').first().textContent();

test('without an estimate the result has no bar for it, and no row says anything of one', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  await fillAll(page, { '2-8': { award: 5 }, '2-17': { level: 'full' } });
  assert.equal(await page.locator('.sum .guessed').count(), 0);
  assert.equal(await out(page, '2-8'), '得 5 分');
  // offered in the details of rows that an assessor judges, while their award counts
  const offered = (id) => row(page, id).locator('.guess input').count();
  assert.deepEqual([await offered('2-8'), await offered('2-1'), await offered('2-17')], [2, 0, 0]);
  assert.equal(await row(page, '2-8').locator('.guess input').first().isVisible(), false);
  await choose(page, '2-17', '', '基本满足');
  assert.equal(await offered('2-17'), 2);
  seen.check();
});

test('the lowest, likely and highest total stand against the lines, and the rows that decide have links', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  const answers = cases(2, '几项估计合起来才决定结论');
  await fillAll(page, answers);
  const it = engine(2, answers);
  assert.deepEqual([it.estimated, it.deciding], [{ low: 83.5, likely: 86, high: 86 }, ['2-9', '2-10']]);
  assert.deepEqual(await shown(page), expected(2, answers));
  assert.equal(await out(page, '2-9'), '得 4 分，估计 3 到 4 分');
  const block = page.locator('.sum .guessed');
  assert.match(await block.textContent(), /按估计：最低 83\.5 分，自估 86 分，最高 86 分：.*，或未达到分数线结论取决于：2-9 .*2-10 /);
  assert.match(await block.locator('svg').getAttribute('aria-label'), /^估计最低 83\.5 分，自估 86 分，最高 86 分。达到 85 分：/);
  await block.getByRole('link', { name: /^2-10 / }).click();
  assert.equal(new URL(page.url()).hash, '#2-10');
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 768 });
    await unfold(page, '2-10');
    assert.deepEqual(await axe(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px`);
  }
  await saved(page);
  seen.check();
});

test('an estimate that cannot be right is refused at its field, and so is an award beyond it', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  await fill(page, '2-8', { award: 4, low: 3, high: 5 });
  const wrong = async (words) => row(page, '2-8').locator('.wrong', { hasText: words }).waitFor();
  await type(page, '2-8', '估计最低', '5');
  await wrong('最低估计不能高于自估的 4 分；仍按 3 计');
  await type(page, '2-8', '估计最低', '3');
  await type(page, '2-8', '最高', '3.5');
  await wrong('最高估计不能低于自估的 4 分；仍按 5 计');
  await type(page, '2-8', '最高', '7');
  await wrong('不能超过本项分值 6 分；仍按 5 计');
  await type(page, '2-8', '最高', '五');
  await wrong('请填数字；仍按 5 计');
  await type(page, '2-8', '最高', '５。５');
  assert.equal(await out(page, '2-8'), '得 4 分，估计 3 到 5.5 分');
  await type(page, '2-8', '自估', '6');
  await wrong('最高估计不能低于自估的 6 分；仍按 4 计');
  await type(page, '2-8', '最高', '6');
  // what was refused is tried again once the other field allows it
  await page.locator('fieldset[id="2-8"] output', { hasText: '得 6 分，估计 3 到 6 分' }).waitFor();
  await page.keyboard.press('Escape');
  await row(page, '2-8').getByRole('button', { name: '清空本项' }).click();
  assert.equal(await out(page, '2-8'), '未评');
  assert.equal(await row(page, '2-8').locator('.guess input').first().inputValue(), '');
  seen.check();
});

test('an estimate is one step of undoing', async (t) => {
  const { page } = await openSheet(t, 2);
  await page.clock.setFixedTime(Date.now());
  await fill(page, '2-8', { award: 4, low: 3 });
  assert.equal(await out(page, '2-8'), '得 4 分，估计 3 到 4 分');
  await page.keyboard.press('Control+z');
  await page.locator('.told', { hasText: '已撤销一步：2-8' }).waitFor();
  assert.equal(await out(page, '2-8'), '得 4 分');
});

test('paper, the link and the backup have the estimates', async (t) => {
  const { page, seen } = await openSheet(t, 2, { unit: '某公司' });
  await fill(page, '2-8', { award: 4, low: 3, high: 5 });
  await saved(page);
  assert.match((await pdfText(page)).replace(/\s/g, ''), /；估计3到5分。/);
  await page.locator('.sum .links a', { hasText: '打印评估表' }).click();
  const cell = page.locator('.official tr[id="2-8"] td.note');
  await cell.waitFor();
  assert.equal(await cell.textContent(), '自估 4 分，估计 3 到 5 分');
  assert.match(await page.locator('.verdict').first().textContent(), /；估计 3 到 5 分/);
  await page.getByRole('link', { name: '我的自评' }).first().click();
  const file = await fileFrom(page, () => page.getByRole('button', { name: '下载全部备份' }).click());
  assert.match(file.text, /2-8 自估 4 分，估计 3 到 5 分/);
  seen.check();
});
