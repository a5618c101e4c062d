// Browsers other than today's Chromium: old kernels, such as those inside 360 and other browsers of offices, and those that
// are no Chromium at all.
//
//   const browser = await chromium86();              // puppeteer's, of that time; close it yourself
//   const { value, log } = await chromium87(url, 'document.title', { shot: 'page.png' });
//   const context = await firefox(t);                // playwright's, as launch() of harness.mjs
//   const driver = await webkit(t);                  // selenium's
//
// 86 is the one in the npm package chrome-aws-lambda 5.3.1; 87 is the QtWebEngine of PyQt5; Firefox ESR and WebKitGTK are
// Debian's packages too. The old kernels refuse WASM under our policy and so run the fallback.

import { execFile, spawn, spawnSync } from 'node:child_process';
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
import { root } from './harness.mjs';

const require = createRequire(import.meta.url);
const flags = ['--headless', '--single-process', '--no-sandbox', '--no-zygote', '--disable-gpu'];

// Why 87 cannot be tried here, for `test(name, { skip: no87() }, …)`; false where it can.
export function no87() {
  const found = spawnSync(python, ['-c', 'import PyQt5.QtWebEngineWidgets'], { env: offscreen }).status === 0;
  if (!found) return 'needs the packages python3-pyqt5.qtwebengine, xvfb, xauth, libgl1-mesa-dri and libegl1';
  return spawnSync('xvfb-run', ['--help']).status === 0 ? false : 'needs the packages xvfb and xauth';
}

// Where the machine is busy its one process sometimes never answers; then another is started.
export async function chromium86() {
  const puppeteer = require('puppeteer-core');
  const executablePath = await unpacked();
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
  throw new Error('Chromium 86 does not answer');
}

// A free screen, looked for from another number on in each process: two that begin at once would find the same one.
const display = ['-n', String(100 + (process.pid % 10_000)), '-a'];

// Loads the page and evaluates `script`, one expression, until it gives something other than null. `log` is the console.
export async function chromium87(url, script, { shot, width = 1366 } = {}) {
  const program = join(root, 'tests/browser/qt-kernel.py');
  const args = [...display, python, program, '--width', String(width), ...(shot ? ['--shot', shot] : []), url, script];
  const { stdout, stderr } = await promisify(execFile)('xvfb-run', args, { timeout: 60_000 });
  const log = stderr.split('\n').filter((it) => it.startsWith('console: '));
  return { value: JSON.parse(stdout), log };
}

const gecko = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync);
export const noFirefox = () => !gecko && 'needs the package firefox-esr';

// Firefox with a profile of its own; it closes with the test.
export async function firefox(t) {
  const folder = await mkdtemp(join(tmpdir(), 'ziping-firefox-'));
  const options = { channel: 'moz-firefox', executablePath: gecko, headless: true, locale: 'zh-CN' };
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

// WebKit with nothing kept; it ends with the test.
export async function webkit(t) {
  const { Builder, Capabilities } = require('selenium-webdriver');
  const port = await freePort();
  const env = { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1' };
  const screen = [...display, '-s', '-screen 0 1366x900x24'];
  const server = spawn('xvfb-run', [...screen, webkitDriver, `--port=${port}`], { env, detached: true, stdio: 'ignore' });
  let driver;
  t.after(async () => {
    await driver?.quit();
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

// The system's, as Debian's PyQt5 knows no other.
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const offscreen = { ...process.env, QT_QPA_PLATFORM: 'offscreen' };

async function unpacked() {
  const folder = join(root, 'target/tools/chromium-86');
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const packed = join(dirname(require.resolve('chrome-aws-lambda/package.json')), 'bin/chromium.br');
  const half = `${program}.${process.pid}`;
  await writeFile(half, await promisify(brotliDecompress)(await readFile(packed)));
  await chmod(half, 0o755);
  await rename(half, program);
  return program;
}
