// 此后文件: whoever fills in meets one quiet line where a later document touches what is asked, and levels that only a later
// document has are understood.

import assert from 'node:assert/strict';
import { appState, axe, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { begin, newDossier } from './sheet.mjs';

const lines = (page) => page.locator('.later').evaluateAll((all) => all.map((it) =>
  `${it.closest('fieldset[id]')?.id ?? ''} ${it.textContent} → ${[...it.querySelectorAll('a')].map((a) => a.getAttribute('href').replace(/^.*\/(?=later\/)/, ''))}`.trim()));
const measure = '《河南省职业技能等级评价机构管理办法（试行）》';

test('from the home page to the sheet: whom to ask, and a line at each row that is touched', async (t) => {
  const { page, seen } = await visit(t);
  await page.getByText('此后另有文件').waitFor();
  const card = page.locator('.card', { hasText: '本单位职工' });
  assert.match(await card.locator('.whom').textContent(), /^先问：马 伟 0371-69306150/);
  await card.getByRole('link', { name: '开始自评' }).click();
  await page.waitForURL('**/start/employer/');
  await appState(page, 'ready');
  assert.deepEqual(await lines(page), [`此后另有文件：${measure} → later/#2023-09-18`]);
  await begin(page, 1);
  assert.deepEqual(await lines(page), [
    '1-12 此后另有文件：《中华人民共和国职业分类大典（2022年版）》 → later/#2022-09',
    '1-13 此后另有文件：人社部发〔2022〕14号 → later/#2022-14',
  ]);
  const [register] = await Promise.all([
    page.waitForEvent('popup'),
    page.locator('[id="1-13"] .later a').click(),
  ]);
  await register.locator('[id="2022-14"]:target').getByText('几处报道一致，原文未核对').waitFor();
  assert.deepEqual(await axe(register), []);
  seen.check();
});

test('what the answers led to has its line', async (t) => {
  const { page } = await visit(t, 'start/employer/', { app: 'ready' });
  for (const answer of ['省内其他企业', '社保登记地不明确']) {
    await page.locator('.option', { hasText: answer }).locator('input').check();
    await page.getByRole('button', { name: '下一步' }).click();
  }
  await page.locator('.filed').waitFor();
  assert.deepEqual(await lines(page), [`此后另有文件：${measure} → later/#2023-09-18`]);
});

test('later levels in the declaration are 待确认 with both documents named, and stay in the official table', async (t) => {
  const { page, seen } = await visit(t, 'start/employer/', { app: 'ready' });
  await newDossier(page);
  await page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
  await page.locator('table.rows').waitFor();
  assert.deepEqual(await lines(page), [
    `此后另有文件：${measure}、《中华人民共和国职业分类大典（2022年版）》、人社部发〔2022〕14号 → later/#2023-09-18,later/#2022-09,later/#2022-14`,
  ]);
  for (const [cell, text] of [[0, '6-20-01-01'], [1, '钳工'], [3, '五级/高级工、特级技师']]) {
    await page.locator(`[id="d-0-${cell}"]`).fill(text);
    await page.locator(`[id="d-0-${cell}"]`).blur();
  }
  await page.locator('table.rows .result').getByText('待确认').waitFor();
  const found = await page.locator('[id="w-0-3"]').textContent();
  assert.match(found, /“特级技师”是人社部发〔2022〕14号才有的，豫职鉴〔2021〕1号只有5级至1级/);
  assert.equal(await page.locator('[id="d-0-3"]').inputValue(), '5、3、特级技师');
  assert.match(await page.locator('.printed').textContent(), /5、3、特级技师/);
  assert.deepEqual(await axe(page), []);
  seen.check();
});
