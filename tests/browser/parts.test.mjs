// The app is one document: its pages come in parts, each fetched once, when somebody goes there.

import assert from 'node:assert/strict';
import { appState, gate, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { choose, kept, newDossier, saved } from './sheet.mjs';

// From now on: the documents that the page loads.
function documents(page) {
  const loaded = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) loaded.push(new URL(request.url()).pathname);
  });
  return loaded;
}

// A dossier, from which parts of the app are still to come.
async function openDossier(t, options = {}) {
  const it = await visit(t, 'start/employer/', { app: 'ready', ...options });
  await newDossier(it.page, '某厂');
  return { ...it, loaded: documents(it.page) };
}

const share = (page) => page.getByRole('link', { name: '分享', exact: true }).first();
const desk = (page) => page.getByRole('link', { name: '汇总台' });
// What sharing needs and the pages before it, and a backup of theirs, do not.
const OF_SHARE = /app-(?![\w-]*(dossier|start|words))[\w-]*send-[\w-]*\.wasm$/;
const message = (page) => page.evaluate(() => document.getElementById('boot')?.textContent ?? '');

test('from the start to the desk, back and undone, no document is loaded', async (t) => {
  const { page, host, seen, loaded } = await openDossier(t);
  const sheetLink = page.getByRole('link', { name: '填写', exact: true });
  await sheetLink.click();
  await page.locator('fieldset[id="1-1"]').waitFor();
  await choose(page, '1-1', '', '符合');
  await saved(page);
  assert.match(await page.title(), /^附件1 .*自评表 · 自评$/);
  const sheet = page.url();
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByLabel('申请单位名称').waitFor();
  await share(page).click();
  await page.getByRole('heading', { level: 1, name: '分享' }).waitFor();
  assert.match(page.url(), /\/share\/\?of=/);
  assert.equal(await page.title(), '分享自评 · 自评');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await desk(page).click();
  await page.locator('#pile').waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: '分享' }).waitFor();
  await page.goBack();
  await page.getByLabel('申请单位名称').waitFor();
  await page.goBack();
  await page.locator('.sum').waitFor();
  assert.equal(page.url(), sheet);
  await page.keyboard.press('Control+z');
  await page.locator('.told', { hasText: '已撤销一步：1-1' }).waitFor();
  await page.goForward();
  await page.getByLabel('申请单位名称').waitFor();
  assert.deepEqual(loaded, []);
  const modules = host.requests.filter((it) => it.endsWith('.wasm'));
  assert.equal(new Set(modules).size, modules.length, 'no module is asked for twice');
  seen.check();
});

test('a sheet begins with its one rubric, and goes anywhere without a document', async (t) => {
  const { page, host, seen } = await visit(t, 'sheet/3/', { app: 'ready' });
  const loaded = documents(page);
  const data = () => host.requests.filter((path) => /\/data-/.test(path)).map((path) => path.replace(/.*\/|-\w{16}\.bin/g, ''));
  assert.deepEqual(data(), ['data-3']);
  await page.getByRole('link', { name: '新建一份自评' }).click();
  await newDossier(page, '某校', ['注册学籍的本校学生']);
  await page.getByRole('link', { name: '填写', exact: true }).click();
  await page.locator('fieldset[id="3-1"]').waitFor();
  await desk(page).click();
  await page.locator('#pile').waitFor();
  assert.deepEqual(data(), ['data-3', 'data']);
  assert.deepEqual(loaded, []);
  seen.check();
});

test('while a slow part is on its way the page says so, stays, and its address too', async (t) => {
  const line = gate();
  const { page, loaded, seen } = await openDossier(t, { host: { hold: (path) => OF_SHARE.test(path) && line.opened } });
  const before = page.url();
  await share(page).click();
  await page.locator('#boot', { hasText: '载入较慢，请稍候' }).waitFor();
  assert.equal(page.url(), before);
  await page.getByLabel('申请单位名称').fill('某厂二分厂');
  line.open();
  await page.getByRole('heading', { level: 1, name: '分享' }).waitFor();
  assert.match(page.url(), /\/share\/\?of=/);
  assert.equal(await message(page), '');
  await page.goBack();
  assert.equal(await page.getByLabel('申请单位名称').inputValue(), '某厂二分厂');
  assert.deepEqual(loaded, []);
  seen.check();
});

test('whoever goes elsewhere meanwhile is not called away by a part that comes late', async (t) => {
  let held;
  const { page, seen } = await openDossier(t, {
    before: (page) => page.route(OF_SHARE, (route) => (held = [...(held ?? []), route])),
  });
  await share(page).click();
  await page.getByRole('link', { name: '填写', exact: true }).click();
  await page.locator('fieldset[id="1-1"]').waitFor();
  const url = page.url();
  await letCome(page, held);
  assert.equal(page.url(), url);
  assert.ok(await page.locator('fieldset[id="1-1"]').isVisible());
  seen.check();
});

test('where a part is missing its page is loaded as a file, which has its own', async (t) => {
  const { page, loaded, seen } = await openDossier(t, { host: { missing: [OF_SHARE] } });
  seen.allow.push('404');
  await share(page).click();
  await page.getByRole('heading', { level: 1, name: '分享' }).waitFor();
  await appState(page, 'ready');
  assert.deepEqual(loaded.map((path) => path.slice(1)), ['share/']);
  seen.check();
});

test('where its page cannot have it either, that is said, and no page is loaded again and again', async (t) => {
  const { page, host, loaded } = await openDossier(t, { host: { missing: [OF_SHARE, /first-send-/, /fallback/] } });
  await share(page).click();
  assert.equal(await failed(page), 'failed');
  assert.match(await message(page), /取不到文件 first-send-\w+\.bin（404）/);
  assert.deepEqual(loaded.map((path) => path.slice(1)), ['share/']);
  assert.equal(host.requests.filter((path) => path === '/share/').length, 1);
});

test('where a part was missing for a moment its page works as a file', async (t) => {
  let times = 0;
  const { page, loaded } = await openDossier(t, {
    before: (page) => page.route(OF_SHARE, (route) => (times++ ? route.continue() : route.fulfill({ status: 503 }))),
  });
  await share(page).click();
  await page.getByRole('heading', { level: 1, name: '分享' }).waitFor();
  await appState(page, 'ready');
  assert.deepEqual(loaded.map((it) => it.slice(1)), ['share/']);
});

test('without a network, and without what would say so, nothing is lost: back is the dossier', async (t) => {
  const { page, context } = await openDossier(t, { host: { missing: [/why-/] } });
  await page.getByLabel('申请单位名称').fill('某厂三分厂');
  await context.setOffline(true);
  await share(page).click();
  // the browser's own page, which counts as a failed one
  await page.waitForURL(/chrome-error/).catch(() => {});
  await context.setOffline(false);
  await page.goBack();
  await page.getByLabel('申请单位名称').waitFor();
  await appState(page, 'ready');
  assert.equal(await page.getByLabel('申请单位名称').inputValue(), '某厂三分厂');
});

test('back from a part that is still coming leaves everything as it is', async (t) => {
  let held;
  const { page, loaded, seen } = await openDossier(t, {
    before: (page) => page.route(OF_SHARE, (route) => (held = [...(held ?? []), route])),
  });
  const before = await kept(page);
  await share(page).click();
  await page.goBack();
  await page.waitForURL(/\/start\/employer\//);
  await letCome(page, held ?? []);
  assert.match(page.url(), /\/start\/employer\//);
  assert.deepEqual(await kept(page), before);
  assert.deepEqual(loaded, []);
  seen.check();
});

test('as JavaScript there is one group of parts: within it no page is loaded, to another one is', async (t) => {
  const before = (page) => page.addInitScript(() => delete window.WebAssembly);
  const { page, loaded } = await openDossier(t, { app: 'fallback', before });
  await page.getByRole('link', { name: '我的自评' }).first().click();
  await page.getByRole('link', { name: '某厂' }).click();
  await page.getByLabel('申请单位名称').waitFor();
  assert.deepEqual(loaded, []);
  await share(page).click();
  await page.getByRole('heading', { level: 1, name: '分享' }).waitFor();
  assert.equal(await appState(page), 'fallback');
  assert.deepEqual(loaded.map((it) => it.slice(1)), ['share/']);
});

// Lets the modules come that were held back, and waits until the page has done with them whatever it does: it takes longer
// to do the same once more.
async function letCome(page, held) {
  const modules = held.map((route) => route.request().url());
  for (const route of held) await route.continue();
  await page.unroute(OF_SHARE);
  await page.evaluate(
    (modules) =>
      Promise.all(modules.map((url) => fetch(url).then((response) => response.arrayBuffer()).then((bytes) => WebAssembly.compile(window.unwoven(new Uint8Array(bytes))[0])))),
    modules,
  );
}

// `appState` takes a failure for the end of a test.
async function failed(page) {
  await page.locator('html[data-app=failed]').waitFor({ state: 'attached' });
  return page.evaluate(() => document.documentElement.dataset.app);
}
