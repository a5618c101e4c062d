// Where the browser keeps nothing, has no room, runs no script or gets no module, the page says so and stays of use.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { launch, serve, visit } from './harness.mjs';
import { begin, choose, fill, goTo, openSheet, shown } from './sheet.mjs';

test('storage is blocked: the page says so at once, works in memory and hands out a file', async (t) => {
  const profile = await mkdtemp(join(tmpdir(), 'ziping-blocked-'));
  t.after(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(profile, 'Default'), { recursive: true });
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  const host = await serve();
  t.after(() => host.close());
  const context = await launch({ profile });
  t.after(() => context.close());
  const page = await context.newPage();
  await goTo(page, `${host.url}start/employer/`);
  assert.equal(await page.evaluate(() => { try { return !localStorage; } catch { return true; } }), true);
  assert.match(await page.locator('.band').textContent(), /浏览器禁止保存，关闭页面即丢失/);
  await begin(page, 1, '某厂');
  await choose(page, '1-6', '', '符合');
  assert.equal((await shown(page)).points, '2');
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByText('已得 2 分').waitFor();
  const download = page.waitForEvent('download');
  await page.locator('.band').getByRole('button', { name: '下载备份' }).click();
  assert.match((await download).suggestedFilename(), /^自评备份-某厂-/);
});

test('storage is full: not saved is said, the old version stays, and room makes it save again', async (t) => {
  const { page } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await page.locator('.saved.good').waitFor();
  await page.evaluate(() => {
    for (let size = 1 << 20; 1 <= size; size = Math.floor(size / 2)) {
      try { for (;;) localStorage.setItem(`pad-${Math.random()}`, 'x'.repeat(size)); } catch { /* smaller, then */ }
    }
  });
  const slots = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('zp1/')));
  const before = await slots();
  await page.locator('#note-1').evaluate((it) => { it.closest('details').open = true; });
  await page.locator('#note-1').fill('备注'.repeat(200));
  await page.getByText('未保存：浏览器空间已满或拒绝写入').waitFor();
  assert.deepEqual(await slots(), before);
  assert.equal(await page.locator('.band').getByRole('button', { name: '下载备份' }).count(), 1);
  await page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('pad-')).forEach((it) => localStorage.removeItem(it)));
  await fill(page, '2-1', { defects: 0 });
  await page.locator('.saved.good').waitFor();
  assert.equal(await page.locator('.band').count(), 0);
});

test('without script every page can be read', async (t) => {
  const { page, host } = await visit(t, 'rubric/1/', { browser: { javaScriptEnabled: false } });
  assert.equal(await page.locator('table.official tbody tr').count(), 49);
  await page.goto(`${host.url}sheet/6/`);
  assert.equal(await page.locator('fieldset.row blockquote').count(), 22);
  assert.ok(await page.locator('noscript p').isVisible());
  await page.goto(host.url);
  assert.equal(await page.getByRole('link', { name: '开始自评' }).count(), 3);
});

test('without the module the sheet says which file is missing and can be read', async (t) => {
  const { page } = await visit(t, 'sheet/3/', { app: 'failed', host: { missing: [/\.wasm$/] } });
  assert.match(await page.locator('#boot').textContent(), /取不到文件 app-\w+\.wasm（404）。表格仍可阅读、打印/);
  assert.equal(await page.locator('fieldset.row blockquote').count(), 48);
});
