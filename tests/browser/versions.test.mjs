// 历次版本: kept on completion and by name, compared, gone back to, renamed, deleted, each of it undone.

import assert from 'node:assert/strict';
import { cases } from './engine.mjs';
import { axe } from './harness.mjs';
import { test } from './limit.mjs';
import { pdfPages } from './pdf.mjs';
import { fileFrom, fill, fillAll, goTo, openSheet, saved, shown } from './sheet.mjs';

const lines = (page) => page.locator('table.kept tbody tr').evaluateAll((all) =>
  all.map((it) => [it.querySelector('th input')?.value ?? it.querySelector('th').textContent, it.querySelectorAll('td')[1].textContent]));
const told = (page, words) => page.locator('.told', { hasText: words }).waitFor();

// A complete sheet with its page of versions.
async function complete(t) {
  const it = await openSheet(t, 6, { unit: '某协会' });
  // 优先项目 come after the last row that has to be answered
  const { '6-21': _, '6-22': __, ...answers } = cases(6);
  await fillAll(it.page, answers);
  await saved(it.page);
  return { ...it, sheet: it.page.url() };
}

async function toVersions(page) {
  await page.getByRole('link', { name: '历次版本' }).first().click();
  await page.getByRole('heading', { name: '历次版本', level: 1 }).waitFor();
}

test('a sheet that is complete becomes a version, and undoing takes both back', async (t) => {
  const { page, seen, sheet } = await complete(t);
  await toVersions(page);
  assert.deepEqual(await lines(page), [['现在', '100 分'], ['', '100 分']]);
  assert.match(await page.locator('#n-kept').innerText(), /有 1 个版本，最多 20 个/);
  await page.keyboard.press('Control+z');
  await told(page, '已撤销一步');
  await page.getByText('还没有版本').waitFor();
  await page.keyboard.press('Control+y');
  await page.getByText('有 1 个版本').waitFor();
  await saved(page);
  // a later edit is no version
  await goTo(page, sheet);
  await fill(page, '6-1', { defects: 1 });
  await saved(page);
  await toVersions(page);
  assert.deepEqual((await lines(page)).map((it) => it[0]), ['现在', '']);
  seen.check();
});

test('kept by name, edited, compared, gone back to, undone', async (t) => {
  const { page, seen, sheet } = await complete(t);
  await toVersions(page);
  await page.getByLabel('把现在的填写保存为一个版本').fill('初评');
  await page.getByRole('button', { name: '保存为一个版本' }).click();
  await told(page, '已保存版本“初评”');
  await saved(page);
  await goTo(page, sheet);
  await fill(page, '6-4', { qualified_examiners: 2 });
  await saved(page);
  const now = await shown(page);
  await toVersions(page);
  assert.equal((await lines(page)).length, 3);
  // the last version and what is there now, row by row
  const changed = page.locator('section table tbody tr');
  assert.equal(await changed.count(), 1);
  assert.match(await changed.innerText(), /6-4/);
  assert.deepEqual(await axe(page), []);
  assert.match(await page.locator('svg.course').getAttribute('aria-label'), /初评 100 分；现在 \S+ 分；.*分数线 \d+ 分/);
  await page.getByRole('button', { name: /^回到这一版：初评/ }).click();
  await told(page, '已回到“初评”，原来的填写保存为“回到“初评”之前”');
  const there = await lines(page);
  assert.deepEqual([there[0][1], there[1][0]], ['100 分', '回到“初评”之前']);
  await page.locator('.told').getByRole('button', { name: '撤销' }).click();
  assert.equal((await lines(page)).length, 3);
  await saved(page);
  await goTo(page, sheet);
  assert.deepEqual(await shown(page), now);
  seen.check();
});

test('any two are chosen, one is renamed, deleted and back; the backup says all of them', async (t) => {
  const { page, seen } = await complete(t);
  await toVersions(page);
  await page.getByRole('button', { name: '保存为一个版本' }).click();
  await told(page, /已保存版本“\d{4}-\d\d-\d\d”/);
  // letter by letter, and the field stays the same
  await page.locator('#v-0').click();
  await page.keyboard.type('评完');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'v-0');
  await page.getByLabel('前一个').selectOption('0');
  await page.getByLabel('后一个').selectOption('1');
  await page.getByText('各项的填写、得分和备注都相同。').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'right');
  await page.getByRole('button', { name: /^删除：/ }).first().click();
  assert.equal((await lines(page)).length, 2);
  await page.locator('.told').getByRole('button', { name: '撤销' }).click();
  assert.deepEqual((await lines(page)).map((it) => it[0]).slice(2), ['评完']);
  const { text } = await fileFrom(page, () => page.getByRole('button', { name: '下载备份' }).click());
  assert.match(text, /版本：评完 \d{4}-\d\d-\d\d \d\d:\d\d，已得 100 分/);
  seen.check();
});

test('on paper and in any window', async (t) => {
  const { page, seen } = await complete(t);
  await toVersions(page);
  for (const [width, height] of [[1366, 620], [360, 740]]) {
    await page.setViewportSize({ width, height });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    assert.deepEqual(await axe(page), []);
  }
  await page.getByRole('button', { name: '大字版' }).click();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  const [first] = await pdfPages(page);
  for (const it of ['历次版本', '评完时自动保存', '100分', '可纳入']) assert.ok(first.text.includes(it), it);
  assert.doesNotMatch(first.text, /回到这一版|撤销|保存为一个版本/);
  seen.check();
});
