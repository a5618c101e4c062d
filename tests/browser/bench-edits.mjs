// How long an edit holds the page up, in Chromium at a quarter of this machine's speed: one of 500 declared rows, a key in
// a sheet of a rubric, and the memory it takes. `cargo xtask bench edits` builds the site first and runs this.
// Writes one line of JSON: the figures, in milliseconds, numbers of nodes and bytes.

import { closeBrowsers, launch } from './browsers.mjs';
import { serve } from './host.mjs';
import { appState } from './harness.mjs';
import { newDossier, openSheet } from './sheet.mjs';

const SLOWER = Number(process.env.SLOWER ?? 4);
const ROWS = Number(process.env.ROWS ?? 499);
const TIMES = Number(process.env.TIMES ?? 7);

export const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
export const high = (all) => [...all].sort((a, b) => a - b)[Math.ceil(all.length * 0.95) - 1];

// In the page: how long it takes until what an action led to is on the screen, and the longest block meanwhile.
async function timed(page, act, argument) {
  return page.evaluate(async ([act, argument]) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    await frame();
    await new Promise((done) => setTimeout(done, 900)); // what is saved after the edit before
    let longest = 0;
    let last = performance.now();
    let looking = true;
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (looking) setTimeout(look, 0);
    };
    look();
    await new Promise((done) => setTimeout(done, 20));
    longest = 0;
    const started = performance.now();
    new Function('it', act)(argument);
    await frame();
    const took = performance.now() - started;
    await new Promise((done) => setTimeout(done, 900));
    looking = false;
    return { took, longest };
  }, [act, argument]);
}

// For `addInitScript`: keeps the memory of the program, as nothing else on the page can reach it.
function keepMemory() {
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...all) => {
      const made = await own.apply(WebAssembly, all);
      const { memory } = (made.instance ?? made).exports;
      if (memory) window.wasmMemory = memory;
      return made;
    };
  }
}
const wasmBytes = (page) => page.evaluate(() => window.wasmMemory?.buffer.byteLength ?? 0);

const nodes = (page) => page.evaluate(() => document.getElementsByTagName('*').length);

const rows = (n) => Array.from({ length: n }, (_, i) => `6-20-01-01\t钳工\t方向${i + 1}\t五级/四级\t国家职业技能标准`).join('\n');

async function scope(page, devtools, figures) {
  const put = (name, figure) => { if (process.env.SAY) console.error(name, Math.round(figure)); (figures[name] ??= []).push(figure); };
  await page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
  await page.locator('table.rows').waitFor();
  await page.locator('#paste').evaluate((it) => { it.closest('details').open = true; });
  await page.locator('#paste').fill(rows(ROWS));
  const add = page.getByRole('button', { name: /加入申报表/ });
  await add.waitFor();
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const pasted = await timed(page, "[...document.querySelectorAll('button')].find((it) => it.textContent.startsWith('加入申报表')).click()");
  put('paste', pasted.longest);
  const press = (name) => `[...document.querySelectorAll('button')].find((it) => (it.getAttribute('aria-label') ?? it.textContent).startsWith(${JSON.stringify(name)})).click()`;
  for (let n = 0; n < TIMES; n += 1) {
    put('add', (await timed(page, press('添加一行'))).longest);
    put('undo', (await timed(page, press('撤销'))).longest);
    await page.evaluate(() => scrollTo(0, 0));
    put('delete', (await timed(page, press('删除第 3 行'))).longest);
    put('undo delete', (await timed(page, press('撤销'))).longest);
    put('move', (await timed(page, press('下移第 3 行'))).longest);
    const key = "const f = document.querySelector('table.rows > tbody:nth-of-type(4) input'); f.focus(); f.value += '1'; f.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    const typed = await timed(page, key);
    put('key', typed.took);
    put('key, longest', typed.longest);
    put('leave', (await timed(page, 'document.activeElement.blur()')).longest);
  }
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  put('nodes', await nodes(page));
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  put('wasm', await wasmBytes(page));
}

const t = { ends: [], after(end) { this.ends.push(end); } };
const host = await serve();
try {
  const figures = {};
  const context = await launch({ bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript(keepMemory);
  page.setDefaultTimeout(120_000);
  const devtools = await context.newCDPSession(page);
  await page.goto(`${host.url}start/employer/`);
  await appState(page, 'ready');
  await newDossier(page, '某公司');
  await scope(page, devtools, figures);
  const told = Object.fromEntries(Object.entries(figures).map(([name, all]) => [name, { median: median(all), p95: high(all) }]));
  console.log(JSON.stringify(told, null, 1));
} finally {
  for (const end of t.ends) await end();
  await closeBrowsers();
  await host.close();
}
