// One set of hands for every engine, so that a job is written once: the driver says where a mouse presses and what a
// keyboard types, and nothing of pages. Every input is a real one of that engine.
//
//   const driver = await drivers['Chromium 86'].open();
//   await driver.goto(url);                            // does not wait for more than the engine does
//   await driver.evaluate((it) => document.title + it, '!');
//   await driver.click(100, 50); await driver.text('你好'); await driver.key('Control+v');
//   const { name, bytes } = await driver.download(() => …);
//   await driver.end();
//
// What an engine, or what drives it, cannot do is undefined in its driver: tab, pdf, ime, drop. Where `letters` is false, a
// PDF has no Chinese that could be read out of it.

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromium86, chromium92, firefox, noFirefox, noWebkit, webkit } from './kernels.mjs';
import { qt, why } from './qt.mjs';

const chromes = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const chrome = () => process.env.CHROME ?? chromes.find(existsSync);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

// In the order of the table: how each is opened, and why it cannot be opened here.
export const drivers = {
  'Chromium 86': { open: () => byPuppeteer(chromium86), missing: () => false },
  'Chromium 87': { open: (size) => byQt(87, size), missing: () => why(87) },
  'Chromium 92': { open: () => byPuppeteer(chromium92), missing: () => false },
  'Chromium 102': { open: (size) => byQt(102, size), missing: () => why(102) },
  Chromium: { open: (size) => byPlaywright(size), missing: () => !chrome() && 'needs the package chromium' },
  Firefox: { open: byFirefox, missing: noFirefox },
  WebKitGTK: { open: bySelenium, missing: noWebkit },
};

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
// A script as text, for those that take no function; always a value that JSON knows.
const call = (script, args) => `(${script})(...${JSON.stringify(args)})`;
const sized = ({ width = 1366, height = 768 } = {}) => ({ width, height });

// The parts of a driver that playwright's pages have, whatever the engine.
function ofPlaywright(context, page, version) {
  const errors = [];
  const watch = (page) => page.on('pageerror', (error) => errors.push(String(error)));
  watch(page);
  const driver = {
    version, errors, page,
    goto: (url) => page.goto(url, { waitUntil: 'commit' }),
    evaluate: (script, ...args) => page.evaluate(call(script, args)),
    click: (x, y, times = 1) => page.mouse.click(x, y, { clickCount: times }),
    tap: (x, y) => page.touchscreen.tap(x, y),
    text: (words) => page.keyboard.type(words),
    key: (name) => page.keyboard.press(name),
    shot: (path) => page.screenshot({ path }),
    back: () => page.goBack({ waitUntil: 'commit' }),
    forward: () => page.goForward({ waitUntil: 'commit' }),
    reload: () => page.reload({ waitUntil: 'commit' }),
    choose: async (selector, path) => page.setInputFiles(selector, path),
    size: (width, height) => page.setViewportSize({ width, height }),
    async download(act) {
      const coming = page.waitForEvent('download', { timeout: 20_000 });
      await Promise.all([coming, act()]);
      const file = await coming;
      return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
    },
    async tab() {
      const other = await context.newPage();
      watch(other);
      return { ...ofPlaywright(context, other, version), end: () => other.close() };
    },
  };
  return driver;
}

async function byPlaywright({ phone, ...size } = {}) {
  const browser = await chromium.launch({ executablePath: chrome(), headless: true, args: flags });
  const viewport = sized(size);
  const touch = phone ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {};
  const context = await browser.newContext({ locale: 'zh-CN', viewport, permissions: ['clipboard-read', 'clipboard-write'], ...touch });
  const page = await context.newPage();
  const driver = ofPlaywright(context, page, browser.version());
  const input = await context.newCDPSession(page);
  return {
    ...driver,
    ime: (parts, words) => compose((...it) => input.send(...it), parts, words),
    drop: (x, y, path) => dragged((...it) => input.send(...it), x, y, path),
    pdf: () => page.pdf({ preferCSSPageSize: true }),
    end: () => browser.close(),
  };
}

async function compose(send, parts, words) {
  for (const text of parts) await send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await send('Input.insertText', { text: words });
}

async function dragged(send, x, y, path) {
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await send('Input.dispatchDragEvent', { type, x, y, data });
}

async function byFirefox() {
  const after = [];
  const folder = await mkdtemp(join(tmpdir(), 'ziping-down-'));
  // playwright is not told of downloads there
  const printer = 'Mozilla Save to PDF';
  const paper = join(folder, '.paper.pdf');
  const to = `print.printer_${printer.replaceAll(' ', '_')}.print_to_file`;
  const firefoxUserPrefs = {
    'browser.download.folderList': 2, 'browser.download.dir': folder, 'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
    // what is printed becomes a file, and nobody is asked
    'print.always_print_silent': true, print_printer: printer, [to]: true, [`${to}name`]: paper,
  };
  const context = await firefox({ after: (it) => after.push(it) }, { downloadsPath: folder, firefoxUserPrefs });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.setViewportSize(sized());
  const version = /rv:\S+ Gecko\S* Firefox\/(\S+)/.exec(await page.evaluate(() => navigator.userAgent))[1];
  const driver = ofPlaywright(context, page, context.browser()?.version() ?? version);
  const end = async () => {
    for (const it of after) await it();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const pdf = async () => {
    await driver.evaluate(() => { setTimeout(() => print(), 0); });
    for (let left = 200; 0 < left; left -= 1) {
      const bytes = await readFile(paper).catch(() => undefined);
      // whole once its last line is there
      if (bytes?.subarray(-8).includes('%%EOF')) return bytes;
      await pause(100);
    }
    throw new Error('nothing was printed within 20 seconds');
  };
  // within one page playwright waits for a navigation that is none
  const back = () => driver.evaluate(() => { setTimeout(() => history.back(), 0); });
  const forward = () => driver.evaluate(() => { setTimeout(() => history.forward(), 0); });
  return { ...driver, back, forward, download: (act) => arrived(folder, act), pdf, letters: false, end };
}

async function byPuppeteer(launch) {
  const browser = await launch();
  const folder = await mkdtemp(join(tmpdir(), 'ziping-down-'));
  const version = (await browser.version()).split('/').pop();
  const errors = [];
  const page = await browser.newPage();
  return {
    ...(await ofPuppeteer(browser, page, folder, errors)),
    version,
    errors,
    async end() {
      let late;
      await Promise.race([browser.close(), new Promise((done) => (late = setTimeout(done, 5_000)))]);
      clearTimeout(late);
      browser.process().kill('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function ofPuppeteer(browser, page, folder, errors) {
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.setViewport(sized());
  const input = await page.target().createCDPSession();
  await input.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  const ime = await input.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 }).then(() => true, () => false);
  const going = async (act) => { await act().catch((error) => { if (!/timeout/i.test(error.message)) throw error; }); };
  return {
    page,
    goto: (url) => going(() => page.goto(url, { waitUntil: 'domcontentloaded' })),
    evaluate: (script, ...args) => page.evaluate(call(script, args)),
    click: (x, y, times = 1) => page.mouse.click(x, y, { clickCount: times }),
    text: async (words) => { for (const it of words) await page.keyboard.sendCharacter(it); },
    async key(name) {
      const parts = name.split('+').map((it) => (/^[a-z]$/.test(it) ? `Key${it.toUpperCase()}` : it));
      const last = parts.pop();
      for (const it of parts) await page.keyboard.down(it);
      await page.keyboard.press(last);
      for (const it of parts) await page.keyboard.up(it);
    },
    ...(ime ? { ime: (parts, words) => compose((...it) => input.send(...it), parts, words) } : {}),
    shot: (path) => page.screenshot({ path }),
    back: () => page.evaluate('history.back()'),
    forward: () => page.evaluate('history.forward()'),
    reload: () => going(() => page.reload({ waitUntil: 'domcontentloaded' })),
    choose: async (selector, path) => (await page.$(selector)).uploadFile(path),
    size: (width, height) => page.setViewport({ width, height }),
    download: (act) => arrived(folder, act),
    pdf: () => page.pdf({ preferCSSPageSize: true }),
    async tab() {
      const other = await browser.newPage();
      // closing it may take 92 down, which is one process
      return { ...(await ofPuppeteer(browser, other, folder, errors)), end: () => other.goto('about:blank') };
    },
  };
}

// The file that is in a folder after `act` and was not before.
async function arrived(folder, act) {
  const names = async () => (await readdir(folder)).filter((it) => !/\.(crdownload|part|tmp|wkdownload)$|^\./.test(it));
  const before = new Set(await names());
  await act();
  for (let left = 200; 0 < left; left -= 1) {
    const name = (await names()).find((it) => !before.has(it));
    const bytes = name && (await readFile(join(folder, name)));
    if (bytes?.length) {
      await rm(join(folder, name));
      return { name, bytes };
    }
    await pause(100);
  }
  throw new Error('no file arrived within 20 seconds');
}

async function byQt(kernel, size) {
  const files = [];
  const errors = [];
  const heard = (said) => {
    if (said.download) files.push({ name: said.download, path: said.path });
    else if (/^Uncaught/.test(said.console)) errors.push(said.console);
  };
  const { ask, end } = await qt(kernel, { ...sized(size), heard });
  const evaluate = async (script, ...args) => {
    // an undefined comes out as an empty text there
    const text = await ask('evaluate', `JSON.stringify([${call(script, args)}])`);
    return text ? JSON.parse(text)[0] : undefined;
  };
  // What Qt hands over comes some time later, and while the page is busy it may be lost: the page counts what it feels.
  // True once it has felt so many, or was left because of them.
  const felt = async (kind, many, act) => {
    await evaluate((kind) => {
      window.zpFelt = 0;
      document.addEventListener(kind, () => (window.zpFelt += 1), true);
    }, kind);
    await act();
    for (let left = 100; 0 < left; left -= 1) {
      const count = await evaluate(() => window.zpFelt ?? null);
      if (count === null || many <= count) return true;
      await pause(50);
    }
    return false;
  };
  const driver = {
    errors, evaluate,
    version: /Chrome\/(\S+)/.exec(await evaluate('() => navigator.userAgent'))[1],
    async goto(url) {
      await evaluate('() => { window.zpBefore = true; }');
      await ask('goto', url);
      for (let left = 300; 0 < left && (await evaluate('() => window.zpBefore || location.href === "about:blank"')); left -= 1) {
        // only another fragment of the same page
        if (10 < 300 - left && (await evaluate('() => location.href')) === url) break;
        await pause(50);
      }
    },
    async click(x, y, times = 1) {
      for (let left = 3; 0 < left && !(await felt('mouseup', times, () => ask('mouse', x, y, times))); left -= 1);
    },
    async text(words) {
      const typed = /^[ -~]*$/.test(words);
      for (const part of typed ? words.match(/.{1,16}/g) ?? [] : [words]) {
        await felt(typed ? 'keyup' : 'input', typed ? part.length : 1, () => ask('text', part));
      }
    },
    key: (name) => ask('key', name),
    ime: (parts, words) => ask('ime', parts, words),
    drop: (x, y, path) => ask('drop', x, y, path),
    shot: (path) => ask('shot', path),
    back: () => ask('back'),
    forward: () => ask('forward'),
    reload: () => ask('reload'),
    size: (width, height) => ask('size', width, height),
    async choose(selector, path, press) {
      await ask('choose', [path]);
      await press(selector);
    },
    async download(act) {
      const before = files.length;
      await act();
      for (let left = 200; 0 < left && files.length === before; left -= 1) await pause(100);
      const file = files[before];
      if (!file) throw new Error('no file arrived within 20 seconds');
      return { name: file.name, bytes: await readFile(file.path) };
    },
    async pdf() {
      const path = await ask('pdf');
      if (!path) throw new Error('printing failed');
      return readFile(path);
    },
    async tab() {
      await ask('tab');
      return { ...driver, end: () => ask('close') };
    },
    end,
  };
  return driver;
}

const KEYS = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Control: '\uE009', Shift: '\uE008', Delete: '\uE017', Backspace: '\uE003', Space: ' ' };

async function bySelenium() {
  const after = [];
  const folder = await mkdtemp(join(tmpdir(), 'ziping-webkit-'));
  // where this browser puts what is downloaded
  await writeFile(join(folder, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${folder}"\n`);
  const driver = await webkit({ after: (it) => after.push(it) }, { XDG_CONFIG_HOME: folder });
  const version = (await driver.getCapabilities()).getBrowserVersion();
  await driver.manage().setTimeouts({ pageLoad: 60_000, script: 30_000 });
  const actions = () => driver.actions({ async: true });
  const it = {
    version, errors: [],
    goto: (url) => driver.get(url),
    // as text, or what is undefined would come as null
    evaluate: (script, ...args) => driver.executeScript(`return JSON.stringify([${call(script, args)}]);`).then((it) => JSON.parse(it)[0] ?? undefined),
    async click(x, y, times = 1) {
      let all = actions().move({ x: Math.round(x), y: Math.round(y), duration: 0 });
      for (let n = 0; n < times; n += 1) all = all.press().release();
      await all.perform();
    },
    async text(words) { await (await driver.switchTo().activeElement()).sendKeys(words); },
    async key(name) {
      const parts = name.split('+').map((it) => KEYS[it] ?? it);
      let all = actions();
      for (const it of parts) all = all.keyDown(it);
      for (const it of parts.reverse()) all = all.keyUp(it);
      await all.perform();
    },
    shot: async (path) => writeFile(path, await driver.takeScreenshot(), 'base64'),
    back: () => driver.navigate().back(),
    forward: () => driver.navigate().forward(),
    reload: () => driver.navigate().refresh(),
    choose: async (selector, path) => (await driver.findElement({ css: selector })).sendKeys(path),
    download: (act) => arrived(folder, act),
    // a second tab never comes: its driver waits for it for ever
    async end() {
      for (const it of after) await it().catch(() => {});
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return it;
}
