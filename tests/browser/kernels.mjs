// Browsers other than today's Chromium: old kernels, such as those inside 360 and other browsers of offices, and those that
// are no Chromium at all.
//
//   const browser = await chromium86();              // puppeteer's, of that time; close it yourself
//   const { value, log } = await chromium87(url, 'document.title', { shot: 'page.png' });
//   const context = await firefox(t);                // playwright's, as launch() of harness.mjs
//   const driver = await webkit(t);                  // selenium's
//
// 86 and 92 are those in the npm packages chrome-aws-lambda 5.3.1 and 10.1.0; 87 is the QtWebEngine of PyQt5; Firefox ESR and WebKitGTK are
// Debian's packages too. The old kernels refuse WASM under our policy and so run the fallback.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import * as playwright from 'playwright-core';
import { root } from './host.mjs';
import { display, qt, why } from './qt.mjs';

const require = createRequire(import.meta.url);
const flags = ['--headless', '--single-process', '--no-sandbox', '--no-zygote', '--disable-gpu'];

// Why 87 cannot be tried here, for `test(name, { skip: no87() }, …)`; false where it can.
export const no87 = () => why(87);

export const chromium86 = () => old('chromium-86', 'chrome-aws-lambda');
export const chromium92 = () => old('chromium-92', 'chromium-92');

// Where the machine is busy its one process sometimes never answers; then another is started.
async function old(name, npm) {
  const puppeteer = require('puppeteer-core');
  const executablePath = await unpacked(name, npm);
  for (let left = 3; 0 < left; left -= 1) {
    const browser = await puppeteer.launch({ executablePath, args: flags, defaultViewport: { width: 1366, height: 900 } });
    let late;
    const answers = await Promise.race([
      browser.newPage().then((page) => page.close()).then(() => true, () => false),
      new Promise((done) => (late = setTimeout(done, 10_000, false))),
    ]);
    clearTimeout(late);
    if (answers) return browser;
    browser.process().kill('SIGKILL');
  }
  throw new Error(`${name} does not answer`);
}

// Loads the page and evaluates `script`, one expression, until it gives something other than null. `log` is the console.
export async function chromium87(url, script, { shot, width = 1366 } = {}) {
  const log = [];
  const it = await qt(87, { width, height: 900, heard: (said) => said.console && log.push(said.console) });
  try {
    await it.ask('goto', url);
    for (let left = 300; 0 < left; left -= 1) {
      const value = await it.ask('evaluate', script);
      if (value !== null) return { value, log };
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`Chromium 87 gives nothing within 30 seconds\n${log.join('\n')}`);
  } finally {
    if (shot) await it.ask('shot', shot);
    await it.end();
  }
}

const gecko = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync);
export const noFirefox = () => !gecko && 'needs the package firefox-esr';

// Firefox with a profile of its own; it closes with the test. `more` goes to playwright.
export async function firefox(t, more = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'ziping-firefox-'));
  const options = { channel: 'moz-firefox', executablePath: gecko, headless: true, locale: 'zh-CN', ...more };
  const context = await playwright.firefox.launchPersistentContext(folder, options);
  t.after(async () => {
    await context.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return context;
}

const webkitDriver = '/usr/bin/WebKitWebDriver';
const miniBrowser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

export function noWebkit() {
  if (![webkitDriver, miniBrowser].every(existsSync)) return 'needs the package webkit2gtk-driver, on x86-64';
  return spawnSync('xvfb-run', ['--help']).status === 0 ? false : 'needs the packages xvfb and xauth';
}

// WebKit with nothing kept; it ends with the test. `more` is added to its environment.
export async function webkit(t, more = {}) {
  const { Builder, Capabilities } = require('selenium-webdriver');
  const port = await freePort();
  const env = { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1', ...more };
  const screen = [...display, '-s', '-screen 0 1366x900x24'];
  const server = spawn('xvfb-run', [...screen, webkitDriver, `--port=${port}`], { env, detached: true, stdio: 'ignore' });
  let driver;
  t.after(async () => {
    let late;
    await Promise.race([driver?.quit().catch(() => {}), new Promise((done) => (late = setTimeout(done, 10_000)))]);
    clearTimeout(late);
    process.kill(-server.pid);
  });
  const browser = { binary: miniBrowser, args: ['--automation'] };
  const wanted = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': browser });
  for (let left = 300; 0 < left; left -= 1) {
    if (await fetch(`http://127.0.0.1:${port}/status`).then((it) => it.ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  driver = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(wanted).build();
  return driver;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function unpacked(name, npm) {
  const folder = join(root, 'target/tools', name);
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const packed = join(dirname(require.resolve(`${npm}/package.json`)), 'bin/chromium.br');
  const half = `${program}.${process.pid}`;
  await writeFile(half, await promisify(brotliDecompress)(await readFile(packed)));
  await chmod(half, 0o755);
  await rename(half, program);
  return program;
}
