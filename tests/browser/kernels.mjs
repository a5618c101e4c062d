// Real old kernels, such as those inside 360 and other browsers of offices: Chromium 86 and 87.
//
//   const browser = await chromium86();              // puppeteer's, of that time; close it yourself
//   const { value, log } = await chromium87(url, 'document.title', { shot: 'page.png' });
//
// 86 is the one in the npm package chrome-aws-lambda 5.3.1; 87 is the QtWebEngine of PyQt5 (Debian's package).
// Both refuse WASM under our policy and so run the fallback.

import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
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

// Loads the page and evaluates `script`, one expression, until it gives something other than null. `log` is the console.
export async function chromium87(url, script, { shot, width = 1366 } = {}) {
  const program = join(root, 'tests/browser/qt-kernel.py');
  const args = ['-a', python, program, '--width', String(width), ...(shot ? ['--shot', shot] : []), url, script];
  const { stdout, stderr } = await promisify(execFile)('xvfb-run', args, { timeout: 60_000 });
  const log = stderr.split('\n').filter((it) => it.startsWith('console: '));
  return { value: JSON.parse(stdout), log };
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
