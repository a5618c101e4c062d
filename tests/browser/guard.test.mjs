// Where the browser runs no script or gets no module, the page says so and stays of use.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './harness.mjs';

test('without script every page can be read', async (t) => {
  const { page, host } = await visit(t, 'rubric/1/', { browser: { javaScriptEnabled: false } });
  assert.equal(await page.locator('table.official tbody tr[id]').count(), 49);
  await page.goto(`${host.url}sheet/6/`);
  assert.equal(await page.locator('fieldset.row blockquote').count(), 22);
  assert.ok(await page.locator('noscript p').isVisible());
  await page.goto(host.url);
  assert.equal(await page.getByRole('link', { name: '开始自评' }).count(), 3);
});

test('without the module the sheet says which file is missing and can be read', async (t) => {
  const { page } = await visit(t, 'sheet/3/', { app: 'failed', host: { missing: [/first-/] } });
  assert.match(await page.locator('#boot').textContent(), /取不到文件 first-\w+-\w+\.bin（404）。表格仍可阅读、打印/);
  assert.equal(await page.locator('fieldset.row blockquote').count(), 48);
});
