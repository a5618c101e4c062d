// A static host, a browser and a watchman for every test. In short:
//
//   import { axe, visit } from './harness.mjs';
//   import { test } from './limit.mjs';
//
//   test('the total follows the answers', async (t) => {
//     const { page, host, seen } = await visit(t, 'sheet/1/', { app: 'ready' });
//     await page.getByLabel('…').fill('3');          // page is playwright's
//     assert.deepEqual(await axe(page), []);
//     seen.check();                                  // no error, no refusal by the policy, no foreign request
//   });
//
// `visit` puts together the four parts below, which can be used alone, and clears up after the test:
//   serve(dir, options)     any static host: a sub-path, missing files, odd MIME types, headers; in host.mjs
//   launch(options)         today's Chromium, with nothing in it from other tests; in browsers.mjs
//   watch(page)             what the page complained about
//   appState(page, wanted)  waits until boot.js has started the app; readerState the same for search and citing
// Old kernels are in kernels.mjs. The environment variables CHROME and DIST name another browser and another built site.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { closeBrowsers, launch } from './browsers.mjs';
import { dist, matches, serve } from './host.mjs';

export { crash, launch, profile } from './browsers.mjs';
export { dist, gate, root, serve } from './host.mjs';

// One browser serves all tests of a file, see browsers.mjs.
after(closeBrowsers);

// What every page says in its <meta>; as a header, for pages that do not.
export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

// Opens one page of the site and closes everything when the test `t` ends.
//   path     below the root of the site, such as 'sheet/1/?of=…'
//   app      wait for this state, or one of these states, of the app: 'ready', 'fallback', 'failed'
//   reader   the same of the reader, which is started for it as by somebody who is about to search
//   host     options of serve, or a host that is there already
//   browser  options of launch, or a context that is there already
//   before   called with the page before it goes anywhere: routes, init scripts, emulation
export async function visit(t, path = '', { app, reader, host = {}, browser = {}, before } = {}) {
  const served = host.url ? host : await serve(dist, host);
  if (served !== host) t.after(() => served.close());
  const context = browser.newPage ? browser : await launch(browser);
  if (context !== browser) t.after(() => context.close());
  const page = await context.newPage();
  const seen = watch(page, served);
  await before?.(page);
  await page.goto(served.url + path);
  if (app) await appState(page, app);
  if (reader) await readerState(page, reader);
  return { page, context, host: served, seen };
}

// For `before`, or in the middle of a test: the page's clock stands still, and its timers wait, until the test lets it run:
//   await page.clock.runFor(300);
// So that a test says itself how much time passes, however busy the machine is.
export async function still(page) {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
}

// Collects, from now on, what no page of ours may give rise to.
//   allow    patterns of console errors that this test expects
// check() fails with all of it. A host that is given makes every request elsewhere a foreign one.
export function watch(page, host, { allow = [] } = {}) {
  const seen = { errors: [], refused: [], foreign: [], allow };
  const here = host && new URL(host.url).origin;
  page.on('console', (message) => {
    const text = message.text();
    if (/Content.Security.Policy/i.test(text)) seen.refused.push(text);
    else if (message.type() === 'error') seen.errors.push(text);
  });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (here && !url.startsWith(here) && !/^(data|blob|about):/.test(url)) seen.foreign.push(url);
  });
  seen.check = () => {
    const errors = seen.errors.filter((it) => !seen.allow.some((pattern) => matches(pattern, it)));
    assert.deepEqual({ ...seen, errors }, { ...seen, errors: [], refused: [], foreign: [] });
  };
  return seen;
}

// Waits until the app has reached one of the states, and says which. Fails with what the page says instead.
// Also for the pages of puppeteer, whose waitForFunction takes other arguments: so it only evaluates.
export const appState = (page, wanted, timeout) => stateOf(page, 'app', wanted, timeout);
// The reader is fetched when somebody is about to search, so the pointer goes to the field first.
export async function readerState(page, wanted, timeout) {
  if (await page.evaluate(() => !!document.querySelector('script[data-reader]'))) await near(page);
  return stateOf(page, 'reader', wanted, timeout);
}

// On pages for reading boot.js comes after all else, and listens from then on.
export async function near(page) {
  await page.waitForFunction(() => document.querySelector('script[data-reader][src]'));
  await page.evaluate(() => new Promise((done) => {
    const go = () => {
      document.getElementById('q')?.dispatchEvent(new Event('pointerover', { bubbles: true }));
      if (document.documentElement.dataset.reader) done();
      else setTimeout(go, 20);
    };
    setTimeout(done, 10_000);
    go();
  }));
}

async function stateOf(page, program, wanted = ['ready', 'fallback', 'failed'], timeout = 20_000) {
  const states = [wanted].flat();
  const until = Date.now() + timeout;
  for (;;) {
    const [state, message] = await page.evaluate((program) => [
      document.documentElement.dataset[program],
      document.getElementById('boot')?.textContent,
    ], program);
    if (states.includes(state)) return state;
    const over = state === 'failed' || Date.now() > until;
    assert.ok(!over, `the ${program} is ${state} and not ${states.join(' or ')}; the page says: ${message}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

// What axe-core objects to, one line each, in Chinese. Evaluated, as the policy admits no script tag of a test.
export async function axe(page, options = {}) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    async ([locale, options]) => {
      window.axe.configure({ locale });
      return (await window.axe.run(document, options)).violations;
    },
    [axeLocale, options],
  );
  return found.flatMap((it) => it.nodes.map((node) => `${it.id}: ${it.help}: ${node.target.join(' ')}: ${node.html}`));
}

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const axeLocale = require('axe-core/locales/zh_CN.json');
