// Where the browser runs no script or the app does not start, the page says which of many causes it is, stays of use, and
// leads on: to the app in one file, to the blank form, to what was saved.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { appState, axe, dist, launch, serve, visit } from './harness.mjs';
import { chromium86 } from './kernels.mjs';
import { test } from './limit.mjs';
import { pdfText } from './pdf.mjs';
import { begin, choose, saved } from './sheet.mjs';

test('without script every page can be read', async (t) => {
  const { page, host } = await visit(t, 'rubric/1/', { browser: { javaScriptEnabled: false } });
  assert.equal(await page.locator('table.official tbody tr[id]').count(), 49);
  await page.goto(`${host.url}sheet/6/`);
  assert.equal(await page.locator('fieldset.row blockquote').count(), 22);
  assert.ok(await page.locator('noscript p').isVisible());
  await page.goto(host.url);
  assert.equal(await page.getByRole('link', { name: '开始自评' }).count(), 3);
});

// The files of the app that the page of a sheet begins with, and of its JavaScript build.
const FIRST = /\/first-sheet-/;
const GLUE = /\/app-[0-9a-f]{16}\.js$/;
const DATA = /\/data-3-/;
const BUILD = /\/app-form-join-sheet-[\w-]*fallback-/;
const MODULES = [FIRST, BUILD];

const html = (status) => ({ status, headers: { 'content-type': 'text/html' }, body: () => '\n<!doctype html><title>请登录</title>' });
const changed = (body, headers = {}) => ({ body, headers });
const half = changed((bytes) => bytes.subarray(0, bytes.length >> 1));
// as long as it was
const noise = changed((bytes) => {
  const copy = Buffer.from(bytes);
  copy.fill(255, bytes.length >> 1, (bytes.length >> 1) + 1000);
  return copy;
});
const packed = (pack) => changed((bytes) => pack(bytes));
// the host promises more than it sends
const broken = changed((bytes) => bytes.subarray(0, 1000));

const noWasm = (page) => page.addInitScript(() => delete window.WebAssembly);
const noMemory = (page) => page.addInitScript(() => {
  WebAssembly.instantiate = () => Promise.reject(new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance'));
});

// What is wrong with the host, the network or the browser, and what the page says. `[$]` stands for the name of a file.
//   faults  pairs of files and what becomes of them: see `badly`
const CAUSES = {
  '404: the data': { faults: [[DATA, html(404)]], says: '取不到文件 data-3-[$].bin（404），网站上没有它' },
  '404: the modules and their JavaScript build': { faults: [[MODULES, html(404)]], says: '取不到文件 first-sheet-[$].bin（404），网站上没有它' },
  '404: the glue and the JavaScript build': { faults: [[[GLUE, BUILD], html(404)]], says: '取不到文件 app-[$].js（404），网站上没有它' },
  '404: the JavaScript build, where there is no WebAssembly': {
    faults: [[BUILD, html(404)]], before: noWasm, says: '取不到文件 app-form-join-sheet-words-fallback-[$].js（404），网站上没有它',
  },
  '403': { faults: [[DATA, html(403)]], says: '取不到文件 data-3-[$].bin（403），网站或网络不允许访问' },
  '503': { faults: [[DATA, html(503)]], says: '取不到文件 data-3-[$].bin（503），网站暂时出错' },
  'a page to log in, in place of the data': { faults: [[DATA, html(200)]], says: '取到的 data-3-[$].bin 是一个网页，不是程序文件' },
  'a page to log in, in place of all files': {
    faults: [[[DATA, GLUE, ...MODULES], html(200)]], says: '取到的 data-3-[$].bin 是一个网页，不是程序文件',
  },
  'the first page of a host in place of the glue and the JavaScript build': {
    faults: [[[GLUE, BUILD], html(200)]], says: '取到的 app-[$].js 是一个网页，不是程序文件',
  },
  'scripts as text/plain, with nosniff': {
    faults: [[[GLUE, BUILD], changed((it) => it, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' })]],
    says: '服务器把 app-[$].js 标为 text/plain，浏览器不执行',
  },
  'gzip without Content-Encoding': { faults: [[[DATA, ...MODULES], packed(gzipSync)]], says: '取到的 data-3-[$].bin 没有解压' },
  'brotli without Content-Encoding': { faults: [[MODULES, packed(brotliCompressSync)]], says: '取到的 first-sheet-[$].bin 没有解压' },
  'modules cut off': { faults: [[MODULES, half]], says: '文件 first-sheet-[$].bin 没有传完整' },
  'the glue cut off, and no JavaScript build': { faults: [[GLUE, half], [BUILD, html(404)]], says: '文件 app-[$].js 没有传完整' },
  'the glue cut off at the end of a line, and no JavaScript build': {
    faults: [[GLUE, changed((it) => Buffer.concat([it.subarray(0, it.length >> 1), Buffer.from('\n')]))], [BUILD, html(404)]],
    says: '文件 app-[$].js 的内容不对：被改动、没有传完整或没有解压',
  },
  'scripts cut off': { faults: [[[GLUE, BUILD], half]], says: '文件 app-[$].js 没有传完整' },
  'data cut off': { faults: [[DATA, broken]], says: '文件 data-3-[$].bin 的内容不对：被改动、没有传完整或没有解压' },
  'modules with other bytes': { faults: [[FIRST, noise], [BUILD, half]], says: '文件 first-sheet-[$].bin 的内容不对' },
  'data with line ends of another system': { faults: [[DATA, changed((it) => Buffer.concat([it, it.subarray(0, 9)]))]], says: '文件 data-3-[$].bin 的内容不对' },
  'a file taken away by an extension': { faults: [[DATA, 'blocked']], says: '文件 data-3-[$].bin 被拦截，网站的其他内容打得开' },
  'a script taken away by an extension': {
    faults: [[BUILD, 'blocked']], before: noWasm, says: '文件 app-form-join-sheet-words-fallback-[$].js 被拦截',
  },
  'no network': { faults: [[/^/, 'lost']], says: '取不到文件 data-3-[$].bin（网络不通）' },
  'a proxy with a policy of its own': {
    headers: { 'content-security-policy': "connect-src 'none'" }, says: '文件 data-3-[$].bin 被服务器或代理另加的安全策略（Content-Security-Policy）禁止',
  },
  'a file that was not to be had for a moment': { faults: [[DATA, 'once']], says: '刚才有文件没有取好，现在取得到了。请刷新页面' },
  'no memory': { faults: [[BUILD, html(404)]], before: noMemory, says: '取不到文件 app-form-join-sheet-words-fallback-[$].js（404）' },
  'no memory, and none for the JavaScript build': {
    before: async (page) => {
      await noMemory(page);
      await page.addInitScript(() => {
        const Whole = window.ArrayBuffer;
        window.ArrayBuffer = function (length) {
          if (1 << 20 <= length) throw new RangeError('Array buffer allocation failed');
          return new Whole(length);
        };
        window.ArrayBuffer.prototype = Whole.prototype;
      });
    },
    says: '内存不够，填报功能不能运行',
  },
  'a browser without fetch': { before: (page) => page.addInitScript(() => delete window.fetch), says: '填报功能无法在此浏览器运行' },
  'a browser of 2013': {
    before: (page) => page.addInitScript(() => ['fetch', 'Promise', 'URL', 'WebAssembly'].forEach((it) => delete window[it])),
    says: '填报功能无法在此浏览器运行',
  },
  'neither build runs': {
    before: (page) => page.addInitScript(() => {
      delete window.WebAssembly;
      window.TextDecoder = undefined;
    }),
    says: '填报功能无法在此浏览器运行',
  },
  'a panic while it starts': {
    before: (page) => page.addInitScript(() => {
      let glue;
      Object.defineProperty(window, 'app_bindgen', {
        get: () => glue,
        set: (it) => (glue = Object.assign((...all) => it(...all), it, { start: () => { throw new WebAssembly.RuntimeError('unreachable'); } })),
      });
    }),
    says: '程序出错，已保存的数据没有丢失',
  },
};

for (const [cause, { faults = [], headers, before, says }] of Object.entries(CAUSES)) {
  test(`says which it is: ${cause}`, async (t) => {
    const { page } = await visit(t, 'sheet/3/', {
      app: 'failed', host: { headers },
      before: async (page) => {
        await badly(page, faults);
        await before?.(page);
      },
    });
    const sentence = new RegExp(`${says.replace(/[.（）]/g, '\\$&').replace('[$]', '[0-9a-f]{16}')}`);
    await page.locator('#boot', { hasText: sentence }).waitFor({ timeout: 10_000 });
    await page.locator('#boot .links').waitFor();
    await useful(page);
  });
}

// Each of these files, on its way to this page: what the host answers in place of it (status, headers, `body` of its bytes),
// or 'blocked', refused as by an extension, 'lost', as all else too once the page is there, 'once' only the first time.
async function badly(page, faults) {
  for (const [files, fault] of faults) {
    for (const file of [files].flat()) {
      let times = 0;
      await page.route(file, async (route) => {
        if (route.request().isNavigationRequest() || (fault === 'lost' && /\.(css|svg)$|(boot|look|why)-/.test(route.request().url()))) {
          await route.continue();
        } else if (fault === 'blocked') {
          await route.abort('blockedbyclient');
        } else if (fault === 'lost') {
          await route.abort('internetdisconnected');
        } else if (fault === 'once') {
          // the page takes what was preloaded
          times += 1;
          await (times < 2 ? route.fulfill({ status: 503 }) : route.continue());
        } else {
          const response = await route.fetch();
          const body = fault.body(await response.body());
          const sent = { ...response.headers(), 'content-length': undefined, ...fault.headers };
          await route.fulfill({ status: fault.status ?? 200, headers: sent, body });
        }
      });
    }
  }
}

// Read, printed, and left for elsewhere.
async function useful(page) {
  assert.equal(await page.locator('fieldset.row blockquote').count(), 48);
  const links = await page.locator('#boot a').evaluateAll((all) => all.map((it) => [it.textContent, it.getAttribute('href').replace(/^http:\/\/[^/]*/, '')]));
  assert.deepEqual(links, [
    ['离线版（一个文件，可填写）', '/offline.html'], ['空白表', '/rubric/3/'], ['空白表（XLSX）', '/rubric/3/blank.xlsx'], ['取出已保存的数据', '/rescue.html'],
  ]);
  const paper = await pdfText(page);
  assert.match(paper, /省人社厅审批设立的技工院校/);
  assert.doesNotMatch(paper, /离线版|刷新页面/);
}

// The JavaScript build is the same program, with all its parts in it.
const INSTEAD = {
  'the modules are missing': [[FIRST, html(404)]],
  'the modules are a page to log in': [[FIRST, html(200)]],
  'the modules are cut off': [[FIRST, half]],
  'the modules are not unpacked': [[FIRST, packed(brotliCompressSync)]],
  'the glue is missing': [[GLUE, html(404)]],
  'the glue is cut off': [[GLUE, half]],
  'the glue is empty': [[GLUE, changed(() => Buffer.from(''))]],
  'the glue is a page to log in': [[GLUE, html(200)]],
  'the modules are taken away': [[FIRST, 'blocked']],
};

for (const [what, faults] of Object.entries(INSTEAD)) {
  test(`the JavaScript build runs where ${what}`, async (t) => {
    const { page } = await visit(t, 'start/school/', { app: ['ready', 'fallback'] });
    await begin(page, 3, '某校');
    const sheet = page.url();
    await badly(page, faults);
    await page.goto(sheet);
    assert.equal(await appState(page, ['ready', 'fallback']), 'fallback');
    await choose(page, '3-1', '', '符合');
    await saved(page);
  });
}

test('without memory for the module the JavaScript build runs', async (t) => {
  const { page } = await visit(t, 'sheet/3/', { app: 'fallback', before: noMemory });
  assert.equal(await page.locator('#boot .links').count(), 0);
});

test('where the style is missing or refused, the page says so, reads, and the app runs', async (t) => {
  for (const host of [{ missing: [/style-/] }, { mime: { '.css': 'text/plain' }, headers: { 'x-content-type-options': 'nosniff' } }]) {
    const { page } = await visit(t, 'sheet/3/', { app: 'ready', host });
    assert.match(await page.locator('.bare').innerText(), /样式.*没有取到/);
  }
});

test('a proxy that forbids all scripts leaves a page that reads, says so after a while, and leads on', async (t) => {
  const { page } = await visit(t, 'sheet/3/', { host: { headers: { 'content-security-policy': "script-src 'none'" } } });
  await page.waitForLoadState();
  await page.evaluate(() => document.getAnimations().forEach((it) => it.finish()));
  assert.ok(await page.getByText('可能缺少 boot.js，或它被拦截').isVisible());
  assert.deepEqual(
    await page.locator('.ways a').evaluateAll((all) => all.map((it) => new URL(it.href).pathname)),
    ['/offline.html', '/rubric/3/', '/rescue.html'],
  );
  assert.equal(await page.locator('fieldset.row blockquote').count(), 48);
});

test('opened from a folder, the page reads and leads to the app in one file', async (t) => {
  const context = await launch();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(dist, 'sheet/3/index.html')).href);
  await page.locator('html[data-app=failed]').waitFor({ state: 'attached' });
  await page.locator('#boot', { hasText: '从文件夹里直接打开' }).waitFor();
  const links = await page.locator('#boot a').evaluateAll((all) => all.map((it) => it.href));
  assert.deepEqual(links, ['offline.html', 'rubric/3/index.html', 'rubric/3/blank.xlsx', 'rescue.html'].map((it) => pathToFileURL(join(dist, it)).href));
  assert.equal(await page.locator('fieldset.row blockquote').count(), 48);
});

test('an app that stops while one fills in says so, has kept what was saved, and runs again', async (t) => {
  const { page } = await visit(t, 'start/school/', { app: 'ready' });
  await begin(page, 3, '某校');
  await choose(page, '3-1', '', '符合');
  await saved(page);
  await page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); }));
  await page.locator('#boot', { hasText: '程序出错，已保存的数据没有丢失。请刷新页面' }).waitFor();
  await page.locator('#boot').getByRole('link', { name: '取出已保存的数据' }).waitFor();
  await page.locator('#boot').getByRole('link', { name: '离线版' }).waitFor();
  await page.reload();
  await appState(page, 'ready');
  assert.ok(await page.locator('[id="3-1"]').getByLabel('符合', { exact: true }).isChecked());
});

test('an app that stops for want of memory says that', async (t) => {
  const { page } = await visit(t, 'sheet/3/', { app: 'ready' });
  await page.evaluate(() => setTimeout(() => { throw Object.assign(new WebAssembly.RuntimeError('Out of memory')); }));
  await page.locator('#boot', { hasText: '内存不够，填报功能不能运行' }).waitFor();
});

test('what is said at 360 and 1366 px has nothing for axe-core', async (t) => {
  for (const width of [360, 1366]) {
    const { page } = await visit(t, 'sheet/3/', { app: 'failed', host: { missing: [DATA] }, browser: { viewport: { width, height: 768 } } });
    await page.locator('#boot .links').waitFor();
    assert.deepEqual(await axe(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  }
});

test('Chromium 86 says which it is', async (t) => {
  const browser = await chromium86();
  t.after(() => browser.close());
  const causes = [
    [{ missing: [BUILD] }, /取不到文件 app-form-join-sheet-words-fallback-\w+\.js（404），网站上没有它/],
    [{ missing: [DATA] }, /取不到文件 data-3-\w+\.bin（404），网站上没有它/],
    [{ mime: { '.bin': 'text/plain' }, headers: { 'content-security-policy': "connect-src 'none'" } }, /被服务器或代理另加的安全策略/],
  ];
  for (const [options, says] of causes) {
    const host = await serve(dist, options);
    t.after(() => host.close());
    const page = await browser.newPage();
    await page.goto(`${host.url}sheet/3/`);
    await page.waitForSelector('#boot .links');
    assert.match(await page.evaluate(() => document.getElementById('boot').textContent), says);
    assert.equal(await page.evaluate(() => document.querySelectorAll('fieldset.row blockquote').length), 48);
    await page.close();
  }
});
