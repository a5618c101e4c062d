// A static host, a browser and a watchman for every test. In short:
//
//   import { test } from 'node:test';
//   import { axe, visit } from './harness.mjs';
//
//   test('the total follows the answers', async (t) => {
//     const { page, host, seen } = await visit(t, 'sheet/1/', { app: 'ready' });
//     await page.getByLabel('…').fill('3');          // page is playwright's
//     assert.deepEqual(await axe(page), []);
//     seen.check();                                  // no error, no refusal by the policy, no foreign request
//   });
//
// `visit` puts together the four parts below, which can be used alone, and clears up after the test:
//   serve(dir, options)     any static host: a sub-path, missing files, odd MIME types, headers
//   launch(options)         today's Chromium; with `profile` the same profile as before, after a close or a kill
//   watch(page)             what the page complained about
//   appState(page, wanted)  waits until boot.js has started the app; readerState the same for search and citing
// Old kernels are in kernels.mjs. The environment variables CHROME and DIST name another browser and another built site.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const dist = process.env.DIST ?? join(root, 'dist');

// What every page says in its <meta>; as a header, for pages that do not.
export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// Opens one page of the site and closes everything when the test `t` ends.
//   path     below the root of the site, such as 'sheet/1/?of=…'
//   app      wait for this state, or one of these states, of the app: 'ready', 'fallback', 'failed'
//   reader   the same of the reader, which pages for reading start on their own and others when the field is used
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

// Serves a folder the way a plain host does. `url` ends in the prefix and a slash.
//   prefix   the sub-path of the site, such as '/hr/ziping/'; nothing is served above it
//   missing  names, or patterns, of files that are not to be had
//   mime     other types by ending, such as { '.wasm': 'text/plain' }; false for none at all
//   headers  sent with every answer; { 'content-security-policy': policy } for one
//   delay    milliseconds before an answer: a number, or a function of the path
//   hostname under which the page is asked for; other names than localhost are no secure context
export async function serve(dir = dist, options = {}) {
  const { prefix = '/', missing = [], mime = {}, headers = {}, delay = 0, hostname = '127.0.0.1' } = options;
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    requests.push(path);
    const wait = typeof delay === 'function' ? delay(path) : delay;
    if (wait) await new Promise((done) => setTimeout(done, wait));
    const found = path.startsWith(prefix) && !missing.some((it) => matches(it, path));
    const file = found && (await inside(dir, path.slice(prefix.length)));
    const shown = file || join(dir, '404.html');
    if (file === '') {
      response.writeHead(301, { location: `${path}/` }).end();
      return;
    }
    const type = { ...types, ...mime }[extname(shown)];
    const body = await readFile(shown).catch(() => 'nothing here');
    response.writeHead(file ? 200 : 404, { ...(mime && type ? { 'content-type': type } : {}), ...headers }).end(body);
  });
  await new Promise((done) => server.listen(options.port ?? 0, '127.0.0.1', done));
  const url = `http://${hostname}:${server.address().port}${prefix}`;
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  return { url, requests, close };
}

// Today's Chromium with a profile of its own. Closing it removes the profile, unless it was given.
//   profile  a folder: what the browser stored stays for the next launch of the same folder
//   hosts    names that lead to this machine, for a page that is no secure context
// The rest goes to playwright: viewport, javaScriptEnabled, offline, colorScheme, …
export async function launch({ profile, hosts = [], args = [], ...rest } = {}) {
  const executablePath = process.env.CHROME ?? browsers.find(existsSync);
  assert.ok(executablePath, 'no Chromium here: name one in the environment variable CHROME');
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'ziping-')));
  const rules = hosts.map((it) => `MAP ${it} 127.0.0.1`).join(',');
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: true,
    args: [...flags, ...(rules ? [`--host-resolver-rules=${rules}`] : []), ...args],
    locale: 'zh-CN',
    ...rest,
  });
  if (!profile) context.once('close', () => rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {}));
  return context;
}

// A profile with these preferences, removed after the test.
export async function profile(t, preferences = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'ziping-profile-'));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(folder, 'Default'), { recursive: true });
  await writeFile(join(folder, 'Default/Preferences'), JSON.stringify(preferences));
  return folder;
}

// Ends the browser of a profile at once, as a power cut would.
export async function crash(folder) {
  const pids = (await readdir('/proc')).filter((it) => /^\d+$/.test(it));
  const about = async (pid) => ({
    pid: Number(pid),
    parent: Number((await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ').pop().split(' ')[1]),
    line: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  });
  const all = await Promise.all(pids.map(about));
  const ours = all.filter((it) => it.line.split('\0').includes(`--user-data-dir=${folder}`));
  assert.ok(ours.length, 'no browser has this profile');
  for (const it of ours) ours.push(...all.filter((child) => child.parent === it.pid && !ours.includes(child)));
  for (const { pid } of ours) try { process.kill(pid, 'SIGKILL'); } catch { /* gone with the others */ }
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
export const readerState = (page, wanted, timeout) => stateOf(page, 'reader', wanted, timeout);

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

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.wasm': 'application/wasm',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.csv': 'text/csv', '.xml': 'text/xml',
  '.txt': 'text/plain; charset=utf-8', '.bin': 'application/octet-stream',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const matches = (pattern, text) => (pattern instanceof RegExp ? pattern.test(text) : text.includes(pattern));

// The file for a path, undefined where there is none, '' for a folder without its slash.
async function inside(dir, path) {
  const file = normalize(join(dir, path));
  if (file !== normalize(dir) && !file.startsWith(normalize(dir + sep))) return undefined;
  const about = await stat(file).catch(() => undefined);
  if (!about?.isDirectory()) return about && file;
  if (path && !path.endsWith('/')) return '';
  const index = join(file, 'index.html');
  return existsSync(index) ? index : undefined;
}
