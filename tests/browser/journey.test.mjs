// What somebody entered is there again: after a reload, the next day, from the bin, from a backup file.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cases } from './engine.mjs';
import { appState, launch, serve, visit, watch } from './harness.mjs';
import { test } from './limit.mjs';
import { begin, choose, fill, fillAll, goTo, openSheet, saved, shown, type, unfold } from './sheet.mjs';

const stored = (page) => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('zp1/doc/')));

test('a newcomer fills in annex 1 and two sheets of annex 2 and finds the same verdicts the next day', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const profile = await mkdtemp(join(tmpdir(), 'ziping-profile-'));
  t.after(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  let context = await launch({ profile });
  t.after(() => context.close());
  let page = context.pages()[0] ?? (await context.newPage());
  const seen = watch(page, host);
  await goTo(page, host.url);
  await page.getByRole('link', { name: '开始自评' }).first().click();
  await page.waitForURL(/start\//);
  await appState(page, ['ready', 'fallback']);
  await begin(page, 1, '平顶山市某机械有限公司');
  await fillAll(page, cases(1, '评价方式内容不详实'));
  const verdicts = [await shown(page)];
  for (const [name, answers] of [['车工', cases(2)], ['钳工', cases(2, '考评人员4人扣3分')]]) {
    await page.getByRole('link', { name: '返回档案' }).click();
    await page.getByRole('button', { name: '添加职业（工种）自评表' }).click();
    await page.getByLabel('职业（工种/方向）名称').fill(name);
    await fillAll(page, answers);
    await page.locator('#note-4').evaluate((it) => { it.closest('details').open = true; });
    await page.locator('#note-4').fill(`${name}的聘书见附页`);
    await saved(page);
    verdicts.push(await shown(page));
  }
  seen.check();
  await context.close();

  context = await launch({ profile });
  page = context.pages()[0] ?? (await context.newPage());
  await goTo(page, host.url);
  await page.getByRole('link', { name: '接着填：平顶山市某机械有限公司' }).click();
  const again = [];
  for (const name of ['附件1 公共部分', '附件2 车工', '附件2 钳工']) {
    await page.getByRole('link', { name }).click();
    await page.locator('.sum').waitFor();
    again.push(await shown(page));
    if (name !== '附件1 公共部分') assert.equal(await page.locator('#note-4').inputValue(), `${name.slice(4)}的聘书见附页`);
    await page.goBack();
  }
  assert.deepEqual(again, verdicts);
});

test('a reload and the back button lose nothing, not even half an answer', async (t) => {
  const { page } = await openSheet(t, 4);
  await fill(page, '4-1', { defects: 1 });
  await type(page, '4-13', '完好', '80');
  await saved(page);
  const before = await shown(page);
  await page.reload();
  await appState(page, 'ready');
  assert.deepEqual(await shown(page), before);
  const intact = page.locator('[id="4-13"] input[aria-label^="完好"]');
  assert.equal(await intact.inputValue(), '80');
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByLabel('申请单位名称').waitFor();
  await page.goBack();
  await appState(page, 'ready');
  assert.equal(await intact.inputValue(), '80');
});

test('saved is said only of what the storage holds', async (t) => {
  const { page } = await openSheet(t, 2);
  const before = await stored(page);
  await choose(page, '2-11', '', '符合');
  await saved(page);
  assert.notDeepEqual(await stored(page), before);
});

test('a row is emptied and the emptying undone; a sheet is deleted and comes back', async (t) => {
  const { page } = await openSheet(t, 2);
  await fill(page, '2-1', { defects: 1 });
  const before = await shown(page);
  const row = page.locator('[id="2-1"]');
  await unfold(page, '2-1');
  await row.getByRole('button', { name: '清空本项' }).click();
  assert.equal((await shown(page)).points, '0');
  await row.getByRole('button', { name: '撤销' }).click();
  assert.deepEqual(await shown(page), before);
  await page.getByRole('link', { name: '返回档案' }).click();
  const sheet = page.getByRole('link', { name: '附件2 未填职业名称' });
  await page.getByRole('button', { name: '删除' }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.locator('.told').getByRole('button', { name: '撤销' }).click();
  await sheet.waitFor();
});

test('a dossier goes to the bin, comes back, and goes for good', async (t) => {
  const { page, host } = await openSheet(t, 5, { unit: '某协会' });
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('heading', { name: '回收站' }).waitFor();
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  await page.getByRole('link', { name: '某协会' }).waitFor();
  await page.getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('button', { name: '彻底删除' }).click();
  await page.getByRole('button', { name: '确认彻底删除' }).click();
  assert.deepEqual(await stored(page), []);
});

test('a backup file brings everything to another browser, and a foreign file changes nothing', async (t) => {
  const { page, host } = await openSheet(t, 6, { unit: '某机构' });
  await fillAll(page, cases(6));
  const before = await shown(page);
  const download = page.waitForEvent('download');
  await page.locator('.saved').getByRole('button', { name: '下载备份' }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^自评备份-某机构-\d{8}\.json$/);
  const path = join(await mkdtemp(join(tmpdir(), 'ziping-backup-')), 'backup.json');
  await file.saveAs(path);

  const other = await visit(t, 'mine/', { app: 'ready', host });
  await other.page.setInputFiles('#file', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a": "ZP1.1.2"}') });
  await other.page.getByText('没有打开：这个文件里没有能打开的自评。第 1 份已损坏').waitFor();
  await other.page.setInputFiles('#file', { name: 'y.json', mimeType: 'application/json', buffer: Buffer.alloc(9 << 20, 65) });
  await other.page.getByText('文件超过 8 MB').waitFor();
  assert.deepEqual(await stored(other.page), []);
  await other.page.setInputFiles('#file', path);
  await other.page.getByRole('button', { name: '恢复为新的自评', exact: true }).click();
  await other.page.getByRole('link', { name: '某机构' }).click();
  await other.page.getByRole('link', { name: '附件6' }).first().click();
  await other.page.locator('.sum').waitFor();
  assert.deepEqual(await shown(other.page), before);
});
