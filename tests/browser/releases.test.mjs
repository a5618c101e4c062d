// Two releases of the site under one address, one after the other, however the host copies files: what is open goes on, what
// was filled in is there afterwards, no release runs with a file of the other one, and nothing is loaded again and again.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { ziping } from './engine.mjs';
import { appState, axe, dist, root, serve, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { begin, choose, kept, newDossier, saved } from './sheet.mjs';

// The release that is there, and one made of the same program with every file of it another one.
const OLD = dist;
const folder = await mkdtemp(join(tmpdir(), 'ziping-releases-'));
const NEW = join(folder, 'new');
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
await (async () => {
  const [site, app] = [join(folder, 'site'), join(folder, 'app')];
  for (const part of ['content', 'rubrics', 'style', 'site.toml']) await cp(join(root, part), join(site, part), { recursive: true });
  const edition = join(site, 'rubrics/henan-2021/edition.toml');
  await writeFile(edition, (await readFile(edition, 'utf8')).replace('此后政策可能已调整', '此后政策可能已有调整'));
  const folders = (await readdir(join(site, 'style'), { withFileTypes: true })).filter((it) => it.isDirectory());
  for (const part of ['', ...folders.map((it) => it.name)]) {
    const styles = join(site, 'style', part);
    const [first] = (await readdir(styles)).filter((it) => it.endsWith('.css')).sort();
    await appendFile(join(styles, first), '\n.of-the-new-release { color: inherit; }\n');
  }
  await cp(join(root, 'target/app'), app, { recursive: true });
  // a section of its own at the end of a module: "new"
  const section = Buffer.from([0, 5, 3, ...Buffer.from('new'), 0]);
  for (const name of await readdir(app)) {
    await appendFile(join(app, name), name.endsWith('.wasm') ? section : '//new\n');
  }
  ziping(['--site', site, 'build', '--app', app, '--out', NEW]);
})();

const assetsOf = (site) => readdirSync(join(site, 'assets'));
const [oldFiles, newFiles] = [OLD, NEW].map((it) => new Set(assetsOf(it)));
const releaseOf = (site) => {
  const { version, hash } = JSON.parse(readFileSync(join(site, 'release.json'), 'utf8'));
  return `${version}-${hash.slice(0, 12)}`;
};
const [oldRelease, newRelease] = [OLD, NEW].map(releaseOf);

// A host with the old release, and ways to bring the new one.
async function host(t) {
  const www = await mkdtemp(join(folder, 'www-'));
  const bring = async (filter = () => true) => {
    const chosen = (from) => from === NEW || filter(from.slice(NEW.length + 1));
    await cp(NEW, www, { recursive: true, force: true, filter: chosen });
  };
  const asset = (name) => name.startsWith('assets/');
  const clear = async () => {
    for (const name of await readdir(www)) await rm(join(www, name), { recursive: true });
  };
  const updates = {
    all: async () => (await clear(), await bring()),
    beside: () => bring(),
    pages: () => bring((name) => !asset(name)),
    assets: () => bring((name) => name === 'assets' || asset(name)),
    half: async () => {
      await clear();
      const half = [...newFiles].sort().filter((_, i) => i % 2);
      await bring((name) => !asset(name) || half.includes(name.slice(7)));
    },
  };
  await cp(OLD, www, { recursive: true });
  const served = await serve(www);
  t.after(() => served.close());
  return { ...served, updates };
}

// The documents and the assets that a page asks for from now on; and those that the present document asked for.
function watched(page) {
  const seen = { documents: [], assets: [], present: [] };
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      seen.documents.push(path);
      seen.present = [];
    }
    const asset = path.split('/assets/')[1];
    if (asset) for (const list of [seen.assets, seen.present]) list.push(asset);
  });
  return seen;
}

const release = (page) => page.evaluate(() => document.querySelector('script[data-release]').dataset.release);
// All scripts, styles and modules in the document, and all that it fetched: of one release only.
async function isOfOneRelease(page, seen) {
  // a page for reading asks for its script once the rest is there
  if (!seen) await page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => it.name.includes('/assets/')));
  const names = seen?.present ?? await page.evaluate(() => performance.getEntriesByType('resource').map((it) => it.name)
    .filter((it) => it.includes('/assets/')).map((it) => it.split('/').pop()));
  const own = (await release(page)) === oldRelease ? oldFiles : newFiles;
  assert.notDeepEqual(names, []);
  assert.deepEqual(names.filter((it) => !own.has(it)), []);
}

test('the two releases share no program, no style and no data, and what they share is the same', () => {
  assert.notEqual(oldRelease, newRelease);
  const both = [...oldFiles].filter((it) => newFiles.has(it));
  assert.deepEqual(both.filter((it) => /^(first|app|reader|boot|why|data|style|reading)[-.]/.test(it)), []);
  for (const name of both) assert.deepEqual(readFileSync(join(OLD, 'assets', name)), readFileSync(join(NEW, 'assets', name)), name);
});

test('a page names files of its own release only, and all of them are there', () => {
  for (const [site, own] of [[OLD, oldFiles], [NEW, newFiles]]) {
    for (const path of ['index.html', 'sheet/1/index.html', 'dossier/index.html', 'rubric/2/index.html', 'desk/index.html', '404.html']) {
      const page = readFileSync(join(site, path), 'utf8');
      const named = page.match(/[\w.-]+-[0-9a-f]{16}\.(js|wasm|bin|css|svg)/g);
      assert.ok(10 < named.length || path === 'index.html' || path === '404.html');
      assert.deepEqual(named.filter((it) => !own.has(it)), [], path);
    }
  }
});

// How the new release comes, what becomes of the way from a sheet to a part of the app that is not there yet, and of a reload
// in this state: 'old' or 'new' is the release that runs, 'not' is a page that says why it does not start.
const WAYS = {
  all: { what: 'takes the place of the old one, whose files are gone', part: 'new', reload: 'new' },
  beside: { what: 'lies beside the old files, as ziping build leaves them', part: 'old', reload: 'new' },
  pages: { what: 'has its pages copied and not yet its files', part: 'old', reload: 'not' },
  assets: { what: 'has its files copied and not yet its pages', part: 'old', reload: 'old' },
  half: { what: 'has half of its files copied, and the old ones are gone', part: 'any', reload: 'any' },
};

for (const [way, { what, part, reload }] of Object.entries(WAYS)) {
  test(`in the middle of a sheet the new release ${what}`, async (t) => {
    const site = await host(t);
    const { page } = await visit(t, 'start/employer/', { app: 'ready', host: site });
    await begin(page, 1, '某厂');
    await choose(page, '1-1', '', '符合');
    await saved(page);
    const sheet = page.url();
    // the page as somebody finds it who comes back to it
    await page.reload();
    await appState(page, 'ready');
    const seen = watched(page);
    await site.updates[way]();
    await choose(page, '1-2', '', '符合');
    await saved(page);
    const before = await kept(page, 'zp1/doc/');
    await page.getByRole('link', { name: '汇总台' }).click();
    await page.waitForURL(/\/desk\//);
    await page.waitForLoadState();
    await isOne(page, part);
    assert.ok(seen.documents.length <= 1, `loaded ${seen.documents}`);
    assert.deepEqual(await kept(page, 'zp1/doc/'), before);
    await page.goto(sheet);
    await isOne(page, reload);
    assert.ok(seen.documents.length <= 2, `loaded ${seen.documents}`);
    assert.deepEqual(await kept(page, 'zp1/doc/'), before);
    // until all of it is there
    await site.updates.all();
    await page.reload();
    await isOne(page, 'new');
    for (const row of ['1-1', '1-2']) assert.ok(await page.locator(`[id="${row}"]`).getByLabel('符合', { exact: true }).isChecked(), row);
    const known = new Set([...oldFiles, ...newFiles]);
    assert.deepEqual(seen.assets.filter((it) => !known.has(it)), []);
  });
}

// The app runs, of this release alone; or the page says why not, and can be read. Where not even boot.js came, it says so
// without it, and without a style at once.
async function isOne(page, which, seen) {
  const app = await page.waitForFunction(() => {
    const { app } = document.documentElement.dataset;
    return /ready|fallback|failed/.test(app) ? app : !app && document.readyState === 'complete' && 'none';
  });
  const runs = /ready|fallback/.test(await app.jsonValue());
  if (which !== 'any') assert.equal(runs, which !== 'not');
  await isOfOneRelease(page, seen);
  if (!runs) {
    await page.evaluate(() => document.getAnimations().forEach((it) => it.finish()));
    await page.getByText(/取不到文件|网站已更新|没有取到/).filter({ visible: true }).first().waitFor();
    assert.notEqual(await page.locator('blockquote').count() + (await page.locator('h1').count()), 0);
  } else if (which !== 'any') {
    assert.equal(await release(page), which === 'old' ? oldRelease : newRelease);
  }
}

test('from a sheet to its dossier, whose part is gone: the new page has all that was filled in', async (t) => {
  const site = await host(t);
  const { page } = await visit(t, 'start/employer/', { app: 'ready', host: site });
  await begin(page, 1, '某厂');
  await choose(page, '1-1', '', '符合');
  await saved(page);
  const [sheet, before] = [page.url(), await kept(page, 'zp1/doc/')];
  // what the dossier needs is fetched two seconds after a page is there: here it is too late by then
  const parts = /\/app-[\w-]*\bdossier\b[\w-]*\.wasm$/;
  await page.route(parts, (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await appState(page, 'ready');
  await page.waitForFunction(() => window.app_why);
  await site.updates.all();
  await page.unroute(parts);
  const seen = watched(page);
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByRole('heading', { level: 1, name: '某厂' }).waitFor();
  await isOne(page, 'new');
  assert.deepEqual(seen.documents, ['/dossier/']);
  assert.deepEqual(await kept(page, 'zp1/doc/'), before);
  await page.goto(sheet);
  await isOne(page, 'new');
  assert.ok(await page.locator('[id="1-1"]').getByLabel('符合', { exact: true }).isChecked());
});

test('pages for reading, open while the release is replaced, can be read, searched and left', async (t) => {
  const site = await host(t);
  const { page } = await visit(t, 'about/', { reader: 'ready', host: site });
  await site.updates.all();
  await page.locator('#q').fill('考评人员');
  await page.locator('#found a, .found a, [role=listbox] a, .hits a').first().waitFor();
  await page.getByRole('link', { name: '评估要点', exact: true }).first().click();
  await page.waitForURL(/\/rubric\//);
  assert.equal(await release(page), newRelease);
  await isOfOneRelease(page);
});

for (const [how, options] of [['read anew', {}], ['kept alive', { ignoreDefaultArgs: ['--disable-back-forward-cache'] }]]) {
  test(`going back to a page of the app after the update, which is ${how}`, async (t) => {
    const site = await host(t);
    const { page } = await visit(t, 'start/employer/', { app: 'ready', host: site, browser: options });
    await newDossier(page, '某厂');
    await page.getByRole('link', { name: '使用说明' }).first().click();
    await page.waitForURL(/\/about\//);
    const seen = watched(page);
    await site.updates.all();
    await page.goBack({ waitUntil: 'commit' });
    await page.getByLabel('申请单位名称').waitFor();
    await appState(page, 'ready');
    assert.equal(await page.getByLabel('申请单位名称').inputValue(), '某厂');
    await page.getByLabel('申请单位名称').fill('某厂二');
    await page.keyboard.press('Tab');
    await saved(page);
    await isOfOneRelease(page);
    assert.ok(seen.documents.length <= 1);
    await page.reload();
    await isOne(page, 'new');
    assert.equal(await page.getByLabel('申请单位名称').inputValue(), '某厂二');
  });
}

// ---- the offer

const line = (page) => page.locator('#newer');
const OFFER = '网站已更新，刷新后使用新版（已填内容不会丢失）';
// The page comes back to be seen; then it has done with whatever it does about that.
async function seenAgain(page) {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  for (let i = 0; i < 2; i += 1) await page.evaluate(() => fetch(document.querySelector('script[data-release]').src, { cache: 'reload' }));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}
async function openDossier(t, { site, before, ...options } = {}) {
  site ??= await host(t);
  const clock = async (page) => {
    await page.clock.install();
    await before?.(page);
  };
  const { page } = await visit(t, 'start/employer/', { app: 'ready', host: site, before: clock, ...options });
  await newDossier(page, '某厂');
  await page.clock.runFor(2500);
  await page.waitForFunction(() => window.app_why);
  const asked = () => site.requests.filter((it) => it.endsWith('/release.json')).length;
  return { page, site, asked, seen: watched(page) };
}

test('another release is offered when the page is seen again, once in half an hour, and never by itself', async (t) => {
  const { page, site, asked, seen } = await openDossier(t);
  await seenAgain(page);
  assert.equal(asked(), 1);
  assert.equal(await line(page).count(), 0);
  await site.updates.beside();
  await seenAgain(page);
  assert.equal(asked(), 1, 'not twice in half an hour');
  await page.clock.fastForward('31:00');
  await seenAgain(page);
  await line(page).waitFor();
  assert.equal(asked(), 2);
  assert.match(await line(page).textContent(), new RegExp(`^${OFFER}`));
  assert.deepEqual(await axe(page), []);
  await page.getByLabel('申请单位名称').fill('某厂三');
  await page.clock.fastForward('10:00:00');
  assert.deepEqual(seen.documents, []);
  await line(page).getByRole('button', { name: '刷新' }).click();
  await isOneAfterReload(page, seen);
  assert.equal(await page.getByLabel('申请单位名称').inputValue(), '某厂三');
  await page.clock.runFor(2500);
  await page.waitForFunction(() => window.app_why);
  await seenAgain(page);
  assert.equal(await line(page).count(), 0);
});

async function isOneAfterReload(page, seen) {
  await page.waitForFunction((it) => document.querySelector('script[data-release]')?.dataset.release === it, newRelease);
  await isOne(page, 'new', seen);
  assert.equal(seen.documents.length, 1);
}

test('nothing is offered without a network, without release.json, for a page in its place, or for the same release', async (t) => {
  const { page, asked } = await openDossier(t);
  const answers = [
    (route) => route.abort('internetdisconnected'),
    (route) => route.fulfill({ status: 404, body: 'nothing here' }),
    (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>请登录</title>' }),
    (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{}' }),
    (route) => route.fulfill({ status: 200, contentType: 'application/json', body: 'null' }),
    (route) => route.continue(),
  ];
  let asks = 0;
  for (const answer of answers) {
    await page.route(/release\.json$/, (route) => ((asks += 1), answer(route)));
    await seenAgain(page);
    assert.equal(await line(page).count(), 0);
    assert.equal(await page.locator('html').getAttribute('data-app'), 'ready');
    await page.unroute(/release\.json$/);
    await page.clock.fastForward('31:00');
  }
  assert.equal(asks, answers.length);
  assert.equal(asked(), 1);
});

test('nothing is offered while something is unsaved, and the button does not take it away', async (t) => {
  const refusing = (page) => page.addInitScript(() => {
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
      if (window.refuses && key.startsWith('zp1/')) throw new DOMException('no', 'QuotaExceededError');
      return real.call(this, key, text);
    };
  });
  const { page, site, seen } = await openDossier(t, { before: refusing });
  await site.updates.beside();
  const name = page.getByLabel('申请单位名称');
  const change = async (text, refuses) => {
    await page.evaluate((it) => { window.refuses = it; }, refuses);
    await name.fill(text);
    await page.keyboard.press('Tab');
    await page.clock.runFor(400);
    await page.locator(refuses ? '.saved.bad' : '.saved.good').first().waitFor();
  };
  await change('某厂四', true);
  await seenAgain(page);
  assert.equal(await line(page).count(), 0);
  await change('某厂五', false);
  await seenAgain(page);
  await line(page).waitFor();
  await change('某厂六', true);
  await line(page).getByRole('button', { name: '刷新' }).click();
  await line(page).getByText('还没有保存').waitFor();
  assert.deepEqual(seen.documents, []);
  assert.equal(await name.inputValue(), '某厂六');
});

test('where a page keeps nothing of what is on it, the offer promises nothing and has no button', async (t) => {
  const site = await host(t);
  const { page } = await visit(t, 'desk/', { app: 'ready', host: site });
  await page.waitForFunction(() => window.app_why);
  await site.updates.beside();
  await seenAgain(page);
  await line(page).waitFor();
  assert.equal(await line(page).textContent(), '网站已更新，用完本页以后刷新，即可使用新版。');
  assert.equal(await line(page).getByRole('button').count(), 0);
});

test('without a network a part that is asked for is said to be out of reach, and the page stays', async (t) => {
  const { page, seen, site } = await openDossier(t);
  await page.getByLabel('申请单位名称').fill('某厂七');
  await page.context().setOffline(true);
  await page.getByRole('link', { name: '汇总台' }).click();
  await page.locator('.told', { hasText: '网络不通，暂时打不开那一页。已填内容都在' }).waitFor();
  assert.deepEqual(seen.documents, []);
  assert.equal(await page.getByLabel('申请单位名称').inputValue(), '某厂七');
  await page.context().setOffline(false);
  // meanwhile there is another release, and the old files are gone
  await site.updates.all();
  await page.getByRole('link', { name: '汇总台' }).click();
  await page.locator('#pile').waitFor();
  await isOne(page, 'new', seen);
  assert.equal(seen.documents.length, 1);
  await page.goBack();
  await page.getByLabel('申请单位名称').waitFor();
  await appState(page, 'ready');
  assert.equal(await page.getByLabel('申请单位名称').inputValue(), '某厂七');
});
