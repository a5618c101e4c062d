// How long an edit holds the page up, and the memory it takes, in a processor four times slower: 500 declared rows; a key
// in a sheet, beside the same sheet in plain JavaScript and in SurveyJS; a desk of 5,000 records. The middle one of TIMES.
// `node tests/bench/edits.mjs [TIMES]`, with the built site in dist, or where DIST says; `cargo xtask bench edits` builds it.

import { median, write } from './figures.mjs';
import { SURVEY, asked, onGround } from './ground.mjs';
import { SCRIPT } from './peers.mjs';

const TIMES = Number(process.argv[2] ?? process.env.ROUNDS ?? 9);
const ROWS = 499; // and one that is added
const SHEETS = 10;
const RECORDS = 5000;
const SLOWER = 4;
const LIMIT = 60_000;

// ONLY names those that are wanted, as a pattern.
await onGround(async (ground) => {
  const figures = [];
  for (const part of [declared, keys, memory, desk]) {
    if (new RegExp(process.env.ONLY ?? '').test(part.name)) figures.push(...await part(ground));
    console.log(`${part.name} done`);
  }
  write(figures);
});

// A page in a context of its own; `then` gets it and what slows it down.
async function visit({ browser }, then) {
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
function wasm(page) {
  return page.evaluate(() => (window.wasmMemory?.buffer.byteLength ?? 0) / 1024 / 1024);
}

function live(page) {
  return page.waitForFunction(() => ['ready', 'fallback'].includes(document.documentElement.dataset.app));
}

async function newDossier({ host }, page) {
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

async function declared(ground) {
  const got = {};
  const put = (name, value) => (got[name] ??= []).push(value);
  const rows = Array.from({ length: ROWS }, (_, i) => `6-20-01-01\t钳工\t方向${i + 1}\t五级/四级\t国家职业技能标准`);
  await visit(ground, async (page, slow) => {
    await newDossier(ground, page);
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
    if (took.includes(Infinity)) throw new Error(`${total} does not follow ${field}`);
    // what comes first is compiled meanwhile
    const all = took.slice(10).sort((a, b) => a - b);
    return { middle: all[Math.floor(all.length / 2)], high: all[Math.ceil(all.length * 0.95) - 1] };
  }, [field, total]);
}

async function keys(ground) {
  const { host } = ground;
  const ours = async (page) => {
    await newDossier(ground, page);
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
  for (let round = 0; round < TIMES; round += 1) {
    const first = round % pages.length;
    for (const [name, open, field, total] of [...pages.slice(first), ...pages.slice(0, first)]) {
      await visit(ground, async (page, slow) => {
        await open(page);
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
  return [figure('key to total', 'middle'), figure('key to total, 95 of 100', 'high')];
}

// The memory of a dossier that was just opened, and after each of its ten sheets was looked at. What the driver of the browser
// puts into a page to find things there would count, so all is asked and clicked by plain scripts.
async function memory(ground) {
  const got = { start: [], end: [] };
  const rows = Array.from({ length: SHEETS - 1 }, (_, i) => `6-20-01-01\t钳工\t方向${i + 1}\t五级/四级\t国家职业技能标准`);
  for (let round = 0; round < Math.min(TIMES, 3); round += 1) {
    await visit(ground, async (page, slow, devtools) => {
      await newDossier(ground, page);
      await page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
      await page.getByText('从 Excel/WPS 粘贴').click();
      await page.locator('#paste').fill(rows.join('\n'));
      await page.getByRole('button', { name: /加入申报表（/ }).click();
      await page.getByRole('button', { name: /按申报表建立职业自评表/ }).click();
      await page.locator('.crumb a, .doc a').first().click();
      await page.getByText(/^已保存/).first().waitFor();
      await page.reload();
      const run = async (expression) => {
        const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
        return result.value;
      };
      const until = (test) => run(`new Promise((done, failed) => {
        const end = Date.now() + ${LIMIT};
        const look = () => (${test}) ? done(true) : Date.now() > end ? failed(new Error('not there')) : setTimeout(look, 50);
        look();
      })`);
      const used = async () => {
        await devtools.send('HeapProfiler.collectGarbage');
        const { usedSize } = await devtools.send('Runtime.getHeapUsage');
        return [usedSize / 1024 / 1024, await run('window.wasmMemory.buffer.byteLength / 1024 / 1024')];
      };
      await until('document.documentElement.dataset.app === "ready" && document.querySelector("main a[href*=\'sheet/\']")');
      got.start.push(await used());
      const sheets = await run('[...new Set([...document.querySelectorAll("main a[href*=\'sheet/\']")].map((it) => it.getAttribute("href").split("#")[0]))]');
      if (sheets.length !== SHEETS) throw new Error(`${sheets.length} sheets`);
      for (const sheet of sheets) {
        await run(`document.querySelector("main a[href^='${sheet}']").click()`);
        await until('document.querySelectorAll("fieldset.row").length > 20');
        await run('document.querySelector(".crumb a").click()');
        await until('!document.querySelector("fieldset.row") && document.querySelector("main a[href*=\'sheet/\']")');
      }
      got.end.push(await used());
    });
  }
  const middle = (when, what) => median(got[when].map((it) => it[what]));
  const figure = (what, when, of, most) => ({ what, unit: 'MiB', ours: middle(when, of), allowed: [most] });
  return [
    figure('at the start: heap of JavaScript', 'start', 0, 2), figure('at the start: memory of the program', 'start', 1, 2),
    figure('after ten sheets: heap of JavaScript', 'end', 0, 4), figure('after ten sheets: memory of the program', 'end', 1, 4),
  ];
}

async function desk(ground) {
  const { host, rubrics } = ground;
  // no two the same: a bit of their number for each row that is answered yes or no
  const rows = rubrics.find((it) => it.annex === '3').rows.filter((it) => it.rule.kind === 'met').map((it) => it.id);
  const lines = Array.from({ length: RECORDS }, (_, n) => JSON.stringify({
    rubric: '3', answers: Object.fromEntries(rows.map((id, bit) => [id, { met: ((n >> bit) & 1) === 0 }])),
  }));
  const codes = asked(['code', '--encode'], lines.join('\n'));
  const all = codes.split('\n').filter(Boolean);
  if (all.length !== RECORDS) throw new Error(`${all.length} codes of ${RECORDS} records`);
  const got = { open: [], sort: [], table: [] };
  for (let round = 0; round < Math.min(TIMES, 7); round += 1) {
    await visit(ground, async (page, slow) => {
      await page.goto(`${host.url}site/desk/`);
      await live(page);
      // at once: a driver types thousands of lines as a command of an editor, which takes Chromium a minute in any field
      await page.evaluate((text) => {
        const pile = document.querySelector('#pile');
        pile.value = text;
        pile.dispatchEvent(new Event('input', { bubbles: true }));
      }, all.join('\n'));
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
