// Where the program does not start, or stops: the way to the data, and everything that is kept as a file that the program
// opens again.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cases } from './engine.mjs';
import { appState, axe, root, serve, visit } from './harness.mjs';
import { chromium86 } from './kernels.mjs';
import { test } from './limit.mjs';
import { choose, fileFrom, fillAll, goTo, kept, newDossier, openFile, openSheet, plantMirror, put, saved, shown } from './sheet.mjs';

const v1 = (name) => readFileSync(join(root, `tests/records/v1/${name}.txt`), 'utf8').trim();
const rescued = (page) => fileFrom(page, () => page.getByRole('button', { name: '下载全部数据' }).click());
const CRASHED = '程序出错，已保存的数据没有丢失。请刷新页面。';

for (const path of ['start/employer/', 'mine/', 'dossier/?of=x', 'scope/?of=x', 'sheet/1/', 'rubric/2/?of=x-1']) {
  test(`the program of /${path} is not to be had: the message leads to the rescue page`, async (t) => {
    const { page, host } = await visit(t, path, { app: 'failed', host: { missing: [/first-/, /fallback/] } });
    assert.match(await page.locator('#boot').textContent(), /取不到文件 first-\w+-\w+\.bin（404）/);
    await page.locator('#boot').getByRole('link', { name: '取出已保存的数据' }).click();
    await page.getByRole('heading', { name: '数据救援' }).waitFor();
    assert.equal(new URL(page.url()).pathname, new URL('rescue.html', host.url).pathname);
    await page.locator('#kept', { hasText: '这个浏览器里没有本网站的自评。' }).waitFor();
  });
}

test('below a sub-path the message leads to the rescue page too', async (t) => {
  const { page } = await visit(t, 'sheet/1/', { app: 'failed', host: { prefix: '/hr/ziping/', missing: [/first-/, /fallback/] } });
  await page.locator('#boot').getByRole('link', { name: '取出已保存的数据' }).click();
  await page.getByRole('heading', { name: '数据救援' }).waitFor();
});

test('the rescue page is clean, changes nothing, and its file brings the same sheets to another browser', async (t) => {
  const { page, host, seen } = await openSheet(t, 6, { unit: '某机构' });
  await fillAll(page, cases(6));
  await saved(page);
  const before = await shown(page);
  const all = await kept(page);
  await page.goto(`${host.url}rescue.html`);
  await page.locator('#kept', { hasText: /^找到 1 份自评。$/ }).waitFor();
  assert.deepEqual(await axe(page), []);
  const file = await rescued(page);
  assert.match(file.name, /^自评数据救援-\d{8}\.json$/);
  assert.equal(file.text, await page.getByLabel('全部数据').inputValue());
  // the latest record as one that opens, and what else is kept beside it
  const { 档案, 原始数据: { 'zp1/last': _last, 'zp1/mirror': _mark, ...raw } } = JSON.parse(file.text);
  assert.equal(档案.length, 1);
  assert.deepEqual([...档案, ...Object.values(raw)].sort(), Object.values(all).sort());
  assert.ok(Object.entries(raw).every(([key, value]) => all[key] === value));
  assert.deepEqual(await kept(page), all);
  seen.check();

  const other = await visit(t, 'mine/', { app: 'ready', host });
  await openFile(other.page, file.text);
  await other.page.getByText('这个文件里有 1 份自评').waitFor();
  await other.page.getByRole('button', { name: '恢复为新的自评', exact: true }).click();
  await other.page.getByRole('link', { name: '某机构' }).click();
  await other.page.getByRole('link', { name: '附件6' }).first().click();
  await other.page.locator('.sum').waitFor();
  assert.deepEqual(await shown(other.page), before);
  other.seen.check();
});

test('old, damaged and newer records are rescued: what is whole opens again, the rest is in the file as it lies there', async (t) => {
  const { page, host } = await visit(t, 'rescue.html');
  const good = v1('employer');
  const texts = {
    'zp1/doc/one/a': good,
    'zp1/doc/one/b': good.slice(0, -9),
    'zp1/doc/two/a': v1('school'),
    'zp1/doc/three/a': '{}',
    'zp1/doc/three/b': '一行"字\n又一行\\ ZP2.1.2 结束',
    'zp1/doc/four/a': 'ZP9.1.1.1800000000.0.4.123.AAAA',
    'zp1/quar/one-1': 'ZP2.1.2',
  };
  await put(page, { ...texts, other: 'theirs' });
  await page.reload();
  await page.locator('#kept', { hasText: '找到 2 份自评，另有 2 份读不出来的数据。' }).waitFor();
  const { text } = await rescued(page);
  const { 'zp1/doc/one/a': _, 'zp1/doc/two/a': __, ...rest } = texts;
  assert.deepEqual(JSON.parse(text).原始数据, rest);
  assert.deepEqual(await kept(page), { ...texts, other: 'theirs' });
  const other = await visit(t, 'mine/', { app: 'ready', host });
  await openFile(other.page, text);
  await other.page.getByText('这个文件里有 2 份自评').waitFor();
  await other.page.getByRole('button', { name: '恢复为新的自评', exact: true }).click();
  await other.page.getByRole('link', { name: '平顶山市某机械有限公司' }).waitFor();
  await other.page.getByRole('link', { name: '某技师学院' }).waitFor();
});

test('without a storage the rescue page says so, without a script too', async (t) => {
  const { page, host } = await visit(t, 'rescue.html', { browser: { args: ['--disable-local-storage'] } });
  await page.locator('#kept', { hasText: '浏览器禁止读取保存的数据' }).waitFor();
  const other = await visit(t, 'rescue.html', { host, browser: { javaScriptEnabled: false } });
  assert.match(await other.page.locator('#kept').innerText(), /浏览器关闭了脚本/);
});

// What is no text stands before, between and after the records, by the order of the keys.
const NO_TEXTS = [[0, 7], [1, null], ['doc/a', { split: 1 }], ['doc/b', ['x']], ['doc/one1', undefined], ['doc/p', new Date(0)], ['z', true], [['z'], 'z']];
const mirrored = (id, record) => [`doc/${id}`, `doc/${id}\n\n${record}`];

test('what is no text in the mirror keeps none of its records from the file', async (t) => {
  const { page, seen } = await visit(t, 'rescue.html');
  await plantMirror(page, [...NO_TEXTS, mirrored('one', v1('employer')), mirrored('two', v1('school')), mirrored('three', '{}')]);
  await page.reload();
  await page.locator('#kept', { hasText: '找到 2 份自评，另有 1 份读不出来的数据。' }).waitFor();
  const file = JSON.parse((await rescued(page)).text);
  assert.deepEqual(file.档案.sort(), [v1('employer'), v1('school')].sort());
  assert.deepEqual(file.原始数据, { 'zp1/mirror/doc/three': '{}' });
  seen.check();
});

test('where the storage refuses and the mirror does not, the rescue page hands out what the mirror has and says both', async (t) => {
  const { page, seen } = await visit(t, 'rescue.html', { browser: { args: ['--disable-local-storage'] } });
  await page.locator('#kept', { hasText: /这里取不到任何数据。$/ }).waitFor();
  assert.equal(await page.locator('#save').isDisabled(), true);
  await plantMirror(page, [...NO_TEXTS, mirrored('one', v1('employer'))]);
  await page.reload();
  await page.locator('#kept', { hasText: /^浏览器禁止读取保存的数据（.+），只找到 1 份自评。$/ }).waitFor();
  assert.deepEqual(JSON.parse((await rescued(page)).text).档案, [v1('employer')]);
  seen.check();
});

test('what only the window keeps is handed out where the next page does not start', async (t) => {
  const { page } = await visit(t, 'start/employer/', { app: 'ready', browser: { args: ['--disable-local-storage'] } });
  await newDossier(page, '某厂');
  await page.route(/\/(app|first)-[^/]*$/, (route) => route.abort());
  await page.getByRole('link', { name: '我的自评' }).first().click();
  await page.locator('#boot').getByRole('link', { name: '取出已保存的数据' }).click();
  await page.locator('#kept', { hasText: /，只找到 1 份自评。$/ }).waitFor();
  const { text } = await rescued(page);
  const other = await visit(t, 'mine/', { app: 'ready' });
  await openFile(other.page, text);
  await other.page.getByText('这个文件里有 1 份自评').waitFor();
});

test('a storage that stops in the middle: what it gave until then is handed out', async (t) => {
  const { page } = await visit(t, 'rescue.html');
  await put(page, { 'zp1/doc/one/a': v1('employer'), 'zp1/doc/two/a': v1('school') });
  await page.addInitScript(() => {
    let left = 1;
    const real = Storage.prototype.getItem;
    Storage.prototype.getItem = function (key) {
      if (!left) throw new DOMException('no', 'NS_ERROR_FILE_CORRUPTED');
      left -= 1;
      return real.call(this, key);
    };
  });
  await page.reload();
  await page.locator('#kept', { hasText: /，只找到 1 份自评。$/ }).waitFor();
});

test('where its own script is missing, cut off or another page, the rescue page says which file it is and that nothing is lost', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const faults = {
    missing: { status: 404, body: '' },
    'cut off': { status: 200, contentType: 'text/javascript', cut: true },
    'a page': { status: 200, contentType: 'text/html', body: '<!doctype html><title>请登录</title>' },
  };
  const { page } = await visit(t, 'mine/', { host, app: ['ready', 'fallback'] });
  for (const [what, { cut, ...answer }] of Object.entries(faults)) {
    await page.route(/rescue-[0-9a-f]+\.js/, async (route) => {
      const body = cut ? (await (await route.fetch()).text()).slice(0, 2000) : answer.body;
      await route.fulfill({ ...answer, body });
    });
    await page.goto(`${host.url}rescue.html`);
    const said = await page.locator('#kept').innerText();
    assert.match(said, /^取数据的程序（rescue\.js）没有载入，或者不完整。数据还在浏览器里，没有丢失：请刷新页面；仍不行请联系网站管理人员补传这个文件。/, what);
    assert.equal(await page.locator('#save').isDisabled(), true, what);
    await page.unroute(/rescue-[0-9a-f]+\.js/);
  }
  // and once it is to be had again, the same page does its work
  await page.reload();
  await page.locator('#kept', { hasText: '这个浏览器里没有本网站的自评。' }).waitFor();
});

test('Chromium 86 rescues what is kept there', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const browser = await chromium86();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${host.url}rescue.html`);
  await put(page, { 'zp1/doc/one/a': v1('employer'), 'zp1/doc/two/b': '{}' });
  await page.reload();
  const said = await page.evaluate(() => [document.getElementById('kept').textContent, document.getElementById('save').disabled, document.getElementById('text').value]);
  assert.deepEqual(said.slice(0, 2), ['找到 1 份自评，另有 1 份读不出来的数据。', false]);
  assert.deepEqual(JSON.parse(said[2]).档案, [v1('employer')]);
  assert.deepEqual(errors, []);
});

test('the program stops while a sheet is filled in: said, with the way to the data, and what was saved is there', async (t) => {
  const { page } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const [before, result] = [await kept(page), await shown(page)];
  const address = page.url();
  await page.evaluate(() => dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') })));
  await appState(page, ['failed', 'ready']);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.app), 'failed');
  assert.ok((await page.locator('#boot').innerText()).startsWith(CRASHED));
  assert.ok(await page.locator('#boot').isVisible());
  await page.locator('#boot').getByRole('link', { name: '取出已保存的数据' }).click();
  await page.locator('#kept', { hasText: '找到 1 份自评' }).waitFor();
  assert.deepEqual(await kept(page), before);
  await goTo(page, address);
  assert.deepEqual(await shown(page), result);
});

test('the program traps at its start: said, with the way to the data, which is as it was', async (t) => {
  const { page, context } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const before = await kept(page);
  // nothing to put itself in place of
  await context.route(/\/sheet\/2\//, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace('<div id="page">', '<div>') });
  });
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.app === 'failed');
  assert.ok((await page.locator('#boot').innerText()).startsWith(CRASHED));
  await page.locator('#boot').getByRole('link', { name: '取出已保存的数据' }).click();
  await page.locator('#kept', { hasText: '找到 1 份自评' }).waitFor();
  assert.deepEqual(await kept(page), before);
});
