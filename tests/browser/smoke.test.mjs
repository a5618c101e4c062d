// The app starts: in today's Chromium as WASM, in kernels that refuse WASM under our policy as JavaScript.

import assert from 'node:assert/strict';
import { appState, gate, readerState, serve, still, visit } from './harness.mjs';
import { chromium86, chromium87, no87 } from './kernels.mjs';
import { test } from './limit.mjs';

const SHEET = 'sheet/1/';
const messageIn = (page) => page.evaluate(() => document.getElementById('boot')?.textContent ?? '');

test('today it is ready', async (t) => {
  const { page, seen } = await visit(t, SHEET, { app: 'ready' });
  assert.equal(await messageIn(page), '');
  seen.check();
});

test('below a sub-path, with a wrong MIME type, it is ready', async (t) => {
  const host = { prefix: '/hr/ziping/', mime: { '.wasm': 'text/plain', '.bin': 'text/plain' } };
  const { seen } = await visit(t, SHEET, { app: 'ready', host });
  seen.check();
});

for (const path of ['', 'filing/', 'about/']) {
  test(`/${path} only reads: it loads nothing of the app, and the search only for whoever is about to`, async (t) => {
    const { page, host, seen } = await visit(t, path);
    await page.waitForFunction(() => document.querySelector('script[data-reader][src]'));
    await page.waitForLoadState('networkidle');
    // the code of a filed body is checked by the reader
    const own = host.requests.filter((it) => !/\.svg$/.test(it) && (path !== 'filing/' || !/(reader|search|reading)-/.test(it)));
    assert.deepEqual(own.map((it) => it.replace(/.*\/(\w+)-.*/, '$1')), [`/${path}`, 'boot']);
    await readerState(page, 'ready');
    const programs = host.requests.filter((it) => /\.(wasm|bin)$/.test(it));
    assert.deepEqual(programs.filter((it) => !/(reader|search)-\w+\.(wasm|bin)$/.test(it)), []);
    assert.equal(programs.length, 2);
    const early = await page.evaluate(() => {
      const loaded = performance.getEntriesByType('navigation')[0].loadEventEnd;
      return performance.getEntriesByType('resource').filter((it) => /(reader|search)-/.test(it.name) && it.startTime < loaded).map((it) => it.name);
    });
    assert.deepEqual(early, []);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.app), undefined);
    seen.check();
  });
}

test('a page to fill in loads nothing of the search until somebody goes to its field', async (t) => {
  const { page, host, seen } = await visit(t, SHEET, { app: 'ready' });
  const searching = () => host.requests.filter((it) => /(reader|search)-/.test(it));
  assert.deepEqual(searching(), []);
  await page.locator('#q').focus();
  await readerState(page, 'ready');
  assert.notDeepEqual(searching(), []);
  seen.check();
});

test('a missing file is named', async (t) => {
  const files = [
    [[/first-/, /fallback/], /取不到文件 first-\w+-\w+\.bin（404）/],
    [[/data-1-/], /取不到文件 data-1-\w+\.bin（404）/],
    [[/app-[0-9a-f]+\.js$/, /fallback/], /取不到文件 app-\w+\.js（/],
  ];
  // also where what says more about it is missing as well
  for (const why of [[], [/why-/]]) for (const [missing, name] of files) {
    const { page } = await visit(t, SHEET, { app: 'failed', host: { missing: [...missing, ...why] } });
    assert.match(await messageIn(page), name);
    assert.match(await messageIn(page), /表格仍可阅读、打印/);
  }
});

// What the style sheet does after eight seconds, at once.
const later = (page) => page.evaluate(() => document.getAnimations().forEach((it) => it.finish()));
const LATE = /程序文件没有取到，还不能填写；.*请刷新页面/;

for (const [what, missing] of [['boot.js', [/boot-/]], ['every script', [/\.js$/]]]) {
  test(`where ${what} is not to be had, the page itself says so after a while`, async (t) => {
    for (const path of [SHEET, 'mine/', 'filing/']) {
      const { page } = await visit(t, path, { host: { missing } });
      const late = page.locator('.late').first();
      assert.equal(await late.isVisible(), false, path);
      await later(page);
      assert.equal(await late.isVisible(), true, path);
      assert.match(await late.textContent(), LATE);
      const ways = path === 'filing/' ? [] : ['离线版', '空白表', '取出已保存的数据'];
      assert.deepEqual(await page.locator('.ways').filter({ visible: true }).getByRole('link').allTextContents(), ways);
      assert.equal(await page.locator('.bare').isVisible(), false);
    }
  });
}

test('where the program starts, or says itself why not, nothing else is said later', async (t) => {
  const failed = { app: 'failed', host: { missing: [/data-1-/] } };
  for (const [path, how] of [[SHEET, { app: 'ready' }], ['filing/', { reader: 'ready' }], [SHEET, failed]]) {
    const { page } = await visit(t, path, how);
    if (how === failed) await page.locator('#boot .links').waitFor();
    await later(page);
    assert.equal(await page.locator('.late').filter({ visible: true }).count(), 0, path);
    assert.equal(await page.locator('.bare').isVisible(), false);
  }
});

test('a page given under an address without its last slash goes to where it is whole', async (t) => {
  const host = { prefix: '/zp/', slash: false };
  const { page, host: served } = await visit(t, 'sheet/1?x=1#1-3', { host, app: 'ready' });
  assert.equal(page.url(), `${served.url}sheet/1/?x=1#1-3`);
  await page.goto(`${served.url}notice`);
  await page.waitForURL(`${served.url}notice/`);
  assert.equal(await page.locator('.bare').isVisible(), false);
});

test('without scripts, or where the host takes the slash away, such a page says what is wrong with it', async (t) => {
  const host = { prefix: '/zp/', slash: false };
  for (const path of ['sheet/1', 'mine', 'rubric/1', 'notice']) {
    const { page } = await visit(t, path, { host, browser: { javaScriptEnabled: false } });
    await page.getByText('请补上“/”再打开').waitFor();
    await page.goto(`${page.url()}/`);
    assert.equal(await page.locator('.bare').isVisible(), false, path);
  }
  const before = (page) => page.route(/\/(sheet\/1|notice)\/$/, (route) => route.fulfill({ status: 302, headers: { location: route.request().url().slice(0, -1) } }));
  for (const path of ['sheet/1', 'notice']) {
    const { page } = await visit(t, path, { host, before });
    await page.getByText('请补上“/”再打开').waitFor();
  }
});

test('where WebAssembly is refused and the fallback is missing, the fallback is named', async (t) => {
  const { page } = await visit(t, SHEET, {
    app: 'failed',
    host: { missing: [/app-form-join-sheet-words-fallback-/] },
    before: (page) => page.addInitScript(() => delete window.WebAssembly),
  });
  await page.locator('#boot', { hasText: /取不到文件 app-form-join-sheet-words-fallback-\w+\.js（404）/ }).waitFor();
});

test('without WebAssembly it is the fallback', async (t) => {
  const before = (page) => page.addInitScript(() => delete window.WebAssembly);
  const { seen } = await visit(t, SHEET, { app: 'fallback', before });
  seen.check();
});

test('a slow network is said after ten seconds', async (t) => {
  const module = gate();
  const hold = (path) => path.includes('/first-') && module.opened;
  const { page } = await visit(t, SHEET, { host: { hold }, before: still });
  await page.clock.runFor(9000);
  assert.doesNotMatch(await messageIn(page), /载入较慢/);
  await page.clock.runFor(2000);
  assert.match(await messageIn(page), /^载入较慢/);
  module.open();
  await page.clock.resume();
  await appState(page, 'ready');
  assert.equal(await messageIn(page), '');
});

test('Chromium 86 runs the fallback', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const browser = await chromium86();
  t.after(() => browser.close());
  assert.match(await browser.version(), /Chrome\/86\./);
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(host.url + SHEET);
  assert.equal(await appState(page), 'fallback', await messageIn(page));
  assert.deepEqual(errors, []);
});

test('Chromium 87 runs the fallback', { skip: no87() }, async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const script = `/ready|fallback|failed/.test(document.documentElement.dataset.app)
    ? [document.documentElement.dataset.app, navigator.userAgent] : null`;
  const { value: [state, agent], log } = await chromium87(host.url + SHEET, script);
  assert.match(agent, /Chrome\/87\./);
  assert.equal(state, 'fallback', log.join('\n'));
});
