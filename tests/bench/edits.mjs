// How long an edit holds the page up, and the memory it takes, in a processor four times slower: 500 declared rows; a key
// in a sheet, beside the same sheet in plain JavaScript and in SurveyJS; a desk of 5,000 records. The middle one of TIMES.
// `node tests/bench/edits.mjs [TIMES]`, with the built site in dist, or where DIST says; `cargo xtask bench edits` builds it.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '../browser/node_modules/playwright-core/index.mjs';
import { dist, root } from '../browser/host.mjs';
import { median, write } from './figures.mjs';
import { SCRIPT, build } from './peers.mjs';
import { serve } from './throttled.mjs';

const TIMES = Number(process.argv[2] ?? 9);
const ROWS = 499; // and one that is added
const RECORDS = 5000;
const SLOWER = 4;
const LIMIT = 60_000;
const SURVEY = 'SurveyJS';

const ziping = join(root, process.env.ZIPING ?? 'target/release/ziping');
const mdbook = join(root, 'target/tools/bin/mdbook');
const { rubrics } = JSON.parse(execFileSync(ziping, ['rubrics', '--quiet'], { cwd: root, maxBuffer: 1e8 }));
const into = join(root, 'target/bench/peers');
build({ site: dist, root, into, rubrics, mdbook });
const host = await serve({ site: dist, peers: into });
const executablePath = process.env.CHROME ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath, headless: true, args: flags });
try {
  write([...await declared(), ...await keys(), ...await desk()]);
} finally {
  await browser.close();
  await host.close();
}

// A page in a context of its own; `then` gets it and what slows it down.
async function visit(then) {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  await page.addInitScript(keepMemory);
  const devtools = await context.newCDPSession(page);
  const slow = (rate) => devtools.send('Emulation.setCPUThrottlingRate', { rate });
  try {
    return await then(page, slow, devtools);
  } finally {
    await context.close();
  }
}

// In the page: keeps the memory of the program, as nothing else on the page can reach it.
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
const wasm = (page) => page.evaluate(() => (window.wasmMemory?.buffer.byteLength ?? 0) / 1024 / 1024);

const live = (page) => page.waitForFunction(() => ['ready', 'fallback'].includes(document.documentElement.dataset.app));

async function newDossier(page) {
  await page.goto(`${host.url}site/start/employer/`);
  await live(page);
  await page.getByRole('link', { name: '先不回答，以后再填' }).click();
  await page.getByLabel('申请单位名称').fill('某公司');
  await page.getByRole('button', { name: '建立自评档案' }).click();
  await page.getByRole('heading', { name: '某公司', level: 1 }).waitFor();
}

// The longest that the page stands still after the press of a button, saving included. A name that stands on several is
// that of the first.
async function pressed(page, name) {
  return page.evaluate(async (name) => {
    const later = (ms) => new Promise((done) => setTimeout(done, ms));
    const named = (it) => (it.getAttribute('aria-label') ?? it.textContent).startsWith(name);
    const button = [...document.querySelectorAll('button')].find(named);
    if (!button) throw new Error(`there is no button ${name}`);
    await later(600); // what the edit before saved
    let [longest, last, looking] = [0, performance.now(), true];
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (looking) setTimeout(look, 0);
    };
    look();
    await later(50);
    longest = 0;
    button.click();
    await later(900);
    looking = false;
    return longest;
  }, name);
}

async function declared() {
  const got = {};
  const put = (name, value) => (got[name] ??= []).push(value);
  const rows = Array.from({ length: ROWS }, (_, i) => `6-20-01-01\t钳工\t方向${i + 1}\t五级/四级\t国家职业技能标准`);
  await visit(async (page, slow) => {
    await newDossier(page);
    await page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
    await page.getByText('从 Excel/WPS 粘贴').click();
    for (let n = 0; n < TIMES; n += 1) {
      await page.locator('#paste').fill(rows.join('\n'));
      await page.getByRole('button', { name: /加入申报表（/ }).waitFor();
      await slow(SLOWER);
      put('paste', await pressed(page, '加入申报表'));
      if (n + 1 < TIMES) put('undo', await pressed(page, '撤销'));
      await slow(1);
    }
    await slow(SLOWER);
    for (let n = 0; n < TIMES; n += 1) {
      put('add', await pressed(page, '添加一行'));
      put('take back', await pressed(page, '撤销'));
      await page.evaluate(() => scrollTo(0, 0));
      await page.getByRole('button', { name: '删除第 3 行' }).waitFor();
      put('delete', await pressed(page, '删除第 3 行'));
      put('take back', await pressed(page, '撤销'));
      await page.evaluate(() => scrollTo(0, 0));
      put('move', await pressed(page, '下移第 3 行'));
    }
    await slow(1);
    put('nodes', await page.evaluate(() => document.getElementsByTagName('*').length));
    put('wasm', await wasm(page));
  });
  const middle = (name) => median(got[name]);
  const edit = (what, name, most = 50) => ({ what: `500 declared rows: ${what}`, unit: 'ms', ours: middle(name), allowed: [most] });
  return [
    edit('paste', 'paste', 1000), edit('add one', 'add'), edit('delete one', 'delete'), edit('move one', 'move'),
    edit('take one of these back', 'take back'),
    { what: '500 declared rows: elements of the page', unit: '', ours: middle('nodes') },
    { what: '500 declared rows: memory of the program', unit: 'MiB', ours: middle('wasm'), allowed: [16] },
  ];
}

// From a key until the total is another one, a number after the other in one field.
async function typed(page, field, total) {
  return page.evaluate(async ([field, total]) => {
    const input = document.querySelector(field);
    const shown = () => {
      const it = document.querySelector(total);
      return it.value ?? it.textContent;
    };
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    // a library that reads fields by itself sees the text only where it is set as a person sets it
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    input.focus();
    const took = [];
    for (let i = 0; i < 60; i += 1) {
      await frame();
      await frame();
      const before = shown();
      const changed = new Promise((done) => {
        const seen = new MutationObserver(() => {
          if (shown() !== before) {
            seen.disconnect();
            done(performance.now());
          }
        });
        seen.observe(document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true });
      });
      const started = performance.now();
      set.call(input, String(i % 2 + 1));
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      input.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }));
      const late = new Promise((done) => setTimeout(done, 3000, Infinity));
      took.push(await Promise.race([changed, late]) - started);
    }
    // what comes first is compiled meanwhile
    const all = took.slice(10).sort((a, b) => a - b);
    return { middle: all[Math.floor(all.length / 2)], high: all[Math.ceil(all.length * 0.95) - 1] };
  }, [field, total]);
}

async function keys() {
  const ours = async (page) => {
    await newDossier(page);
    await page.getByRole('link', { name: '填写', exact: true }).click();
    await page.locator('fieldset[id="1-1"]').waitFor();
  };
  const there = (path) => (page) => page.goto(`${host.url}peers/${path}/`)
    .then(() => page.waitForFunction(() => document.documentElement.dataset.ready === 'ready'));
  const pages = [
    ['ours', ours, 'fieldset.row input[inputmode=numeric]', '.now b'],
    [SCRIPT, there('script'), 'input[type=number]', 'output'],
    [SURVEY, there('survey'), 'input[type=number]', '[data-name=total] .sd-expression, [data-name=total] .sv-string-viewer, [data-name=total]'],
  ];
  const got = Object.fromEntries(pages.map(([name]) => [name, []]));
  const memory = [];
  for (let round = 0; round < TIMES; round += 1) {
    const first = round % pages.length;
    for (const [name, open, field, total] of [...pages.slice(first), ...pages.slice(0, first)]) {
      await visit(async (page, slow, devtools) => {
        await open(page);
        if (name === 'ours') {
          await devtools.send('HeapProfiler.collectGarbage');
          const { usedSize } = await devtools.send('Runtime.getHeapUsage');
          memory.push([usedSize / 1024 / 1024, await wasm(page)]);
        }
        await slow(SLOWER);
        got[name].push(await typed(page, field, total));
      });
    }
  }
  const middle = (name, what) => median(got[name].map((it) => it[what]));
  const figure = (what, of) => ({
    what, unit: 'ms', ours: middle('ours', of), beside: { [SCRIPT]: middle(SCRIPT, of), [SURVEY]: middle(SURVEY, of) },
    allowed: [[3, SCRIPT]],
  });
  return [
    figure('key to total', 'middle'), figure('key to total, 95 of 100', 'high'),
    { what: 'a new sheet: heap of JavaScript', unit: 'MiB', ours: median(memory.map((it) => it[0])), allowed: [2] },
    { what: 'a new sheet: memory of the program', unit: 'MiB', ours: median(memory.map((it) => it[1])), allowed: [2] },
  ];
}

async function desk() {
  // no two the same: a bit of their number for each row that is answered yes or no
  const asked = rubrics.find((it) => it.annex === '3').rows.filter((it) => it.rule.kind === 'met').map((it) => it.id);
  const lines = Array.from({ length: RECORDS }, (_, n) => JSON.stringify({
    rubric: '3', answers: Object.fromEntries(asked.map((id, bit) => [id, { met: ((n >> bit) & 1) === 0 }])),
  }));
  const codes = execFileSync(ziping, ['code', '--encode', '--quiet'], { cwd: root, input: lines.join('\n'), maxBuffer: 1e9, encoding: 'utf8' });
  const all = codes.split('\n').filter(Boolean);
  if (all.length !== RECORDS) throw new Error(`${all.length} codes of ${RECORDS} records`);
  const got = { open: [], sort: [], table: [] };
  for (let round = 0; round < Math.min(TIMES, 7); round += 1) {
    await visit(async (page, slow) => {
      await page.goto(`${host.url}site/desk/`);
      await live(page);
      await page.locator('#pile').fill(all.join('\n'));
      await slow(SLOWER);
      got.open.push(await pressed(page, '加入汇总'));
      await page.locator('#counted').waitFor();
      got.sort.push(await pressed(page, '得分'));
      const saved = page.waitForEvent('download');
      got.table.push(await pressed(page, '导出 XLSX'));
      await saved;
    });
  }
  const figure = (what, name) => ({ what: `desk of 5,000 records: longest block, ${what}`, unit: 'ms', ours: median(got[name]), allowed: [100] });
  return [figure('opening', 'open'), figure('sorting', 'sort'), figure('XLSX', 'table')];
}
