// `ziping serve` itself: a fresh server answers every visit, and an open page follows what is edited.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { appState, launch, readerState, root, watch } from './harness.mjs';
import { test } from './limit.mjs';

const NOTICE = 'content/henan-2021-1.md';
const PAGE = 'notice/henan-2021-1/';
const WORD = '现就进一步规范我省';
const OTHER = '现就再次规范我省';

test('ten visitors of a fresh server see home, a sheet and where a link leads', async (t) => {
  const served = await serving(t);
  for (let visit = 0; visit < 10; visit += 1) {
    const context = await launch();
    t.after(() => context.close());
    const page = await context.newPage();
    const seen = watch(page, served);
    await page.goto(served.url);
    await readerState(page, 'ready');
    await page.goto(`${served.url}sheet/1/`);
    await appState(page, 'ready');
    await page.goto(`${served.url}${PAGE}`);
    await readerState(page, 'ready');
    await page.getByRole('link', { name: '评估要点', exact: true }).first().click();
    await page.waitForURL(`${served.url}rubric/`);
    seen.check();
    await context.close();
  }
});

test('an open page shows a change as soon as it is saved, and none that has problems', async (t) => {
  const served = await serving(t);
  const page = await opened(t);
  const seen = watch(page, served);
  await page.goto(served.url + PAGE);
  const loads = counted(page);

  const whole = await readFile(join(served.site, NOTICE), 'utf8');
  await writeFile(join(served.site, NOTICE), whole.replace('issuer', 'isuer'));
  const told = await served.told('网页仍是改动以前的');
  assert.match(told, new RegExp(`^${NOTICE}:\\d+: .*isuer`, 'm'));
  assert.equal((await fetch(served.url + PAGE)).status, 200);
  assert.equal(loads.n, 0);

  // put in place of the old file, as many editors save
  await writeFile(join(served.site, '.edited'), whole.replaceAll(WORD, OTHER));
  await rename(join(served.site, '.edited'), join(served.site, NOTICE));
  await page.getByText(OTHER).first().waitFor();
  assert.equal(loads.n, 1);
  seen.check();
});

test('pages that are not seen leave their connections to others and follow once they are seen', async (t) => {
  const served = await serving(t);
  const context = await launch();
  t.after(() => context.close());
  // the browser of a test takes every page for seen
  await context.addInitScript(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => (window.unseen ? 'hidden' : 'visible') });
  });
  const see = (page, seen) => page.evaluate((seen) => {
    window.unseen = !seen;
    document.dispatchEvent(new Event('visibilitychange'));
  }, seen);
  // more than the six connections that a browser has to a host
  const pages = [];
  for (let n = 0; n < 8; n += 1) {
    pages.push(await context.newPage());
    await pages[n].goto(served.url + PAGE);
    await see(pages[n], false);
  }
  await edited(served, WORD, OTHER);
  await served.told('没有发现问题');
  assert.equal(await pages[0].getByText(OTHER).count(), 0);
  await see(pages[0], true);
  await pages[0].getByText(OTHER).first().waitFor();
});

test('a page is kept for going back to it, and follows then', async (t) => {
  const served = await serving(t);
  const context = await launch({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.addEventListener('pageshow', (event) => { if (event.persisted) sessionStorage.setItem('kept', 'yes'); });
  });
  await page.goto(served.url + PAGE);
  await readerState(page, 'ready');
  await page.goto(`${served.url}feed.xml`);
  await edited(served, WORD, OTHER);
  await served.told('没有发现问题');
  await page.goBack({ waitUntil: 'commit' });
  await page.getByText(OTHER).first().waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem('kept')), 'yes');
});

test('a page finds the server that was started again', async (t) => {
  const served = await serving(t);
  const page = await opened(t);
  await page.goto(served.url + PAGE);
  await served.end();
  await edited(served, WORD, OTHER);
  await serving(t, { site: served.site, port: new URL(served.url).port });
  await page.getByText(OTHER).first().waitFor();
});

test('what is wrong from the start stands on the page until it is mended', async (t) => {
  const site = await siteCopy(t);
  const whole = await readFile(join(site, NOTICE), 'utf8');
  await writeFile(join(site, NOTICE), whole.replace('issuer', 'isuer'));
  const served = await serving(t, { site });
  const page = await opened(t);
  const seen = watch(page, served, { allow: ['503'] });
  await page.goto(served.url + PAGE);
  await page.getByText(`${NOTICE}:`).waitFor();
  await writeFile(join(site, NOTICE), whole);
  await page.getByText(WORD).first().waitFor();
  seen.check();
});

test('nothing of this is in the finished site', async (t) => {
  const served = await serving(t);
  assert.match(await (await fetch(served.url)).text(), /\/-\/reload\.js/);
  const files = await readdir(served.out, { recursive: true, withFileTypes: true });
  const pages = files.filter((it) => /\.(html|xml)$/.test(it.name)).map((it) => join(it.parentPath, it.name));
  assert.ok(pages.length > 20);
  for (const it of pages) assert.doesNotMatch(await readFile(it, 'utf8'), /\/-\/|reload\.js/, it);
});

// The program at work on a site, ended after the test. `told` resolves to what it says from the last call on, until this
// stands in it.
async function serving(t, { site, port = 0 } = {}) {
  site ??= await siteCopy(t);
  const out = join(site, 'shown');
  const args = ['serve', '--site', site, '--app', join(root, 'target/app'), '--out', out, '--port', port];
  const child = spawn(join(root, 'target/release/ziping'), args);
  const gone = once(child, 'exit');
  const end = () => (child.kill(), gone);
  t.after(end);
  let said = '';
  const lines = createInterface(child.stderr);
  lines.on('line', (it) => { said += `${it}\n`; });
  const [url] = await once(createInterface(child.stdout), 'line');
  const told = async (words) => {
    while (!said.includes(words)) await once(lines, 'line');
    const all = said;
    said = '';
    return all;
  };
  await told('Ctrl+C');
  return { url, site, out, told, end };
}

async function siteCopy(t) {
  const site = await mkdtemp(join(tmpdir(), 'ziping-site-'));
  t.after(() => rm(site, { recursive: true, force: true }));
  for (const it of ['content', 'rubrics', 'style', 'site.toml']) {
    await cp(join(root, it), join(site, it), { recursive: true });
  }
  return site;
}

async function edited({ site }, from, to) {
  const whole = await readFile(join(site, NOTICE), 'utf8');
  await writeFile(join(site, NOTICE), whole.replaceAll(from, to));
}

async function opened(t) {
  const context = await launch();
  t.after(() => context.close());
  return context.newPage();
}

// How often the page is loaded from now on.
function counted(page) {
  const loads = { n: 0 };
  page.on('load', () => { loads.n += 1; });
  return loads;
}
