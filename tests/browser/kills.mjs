// Kills a real Chromium with a real profile at random moments after it said 已保存, opens it again and compares; and damages
// the files in which it keeps that. Not part of the tests, as it takes minutes:
//
//   node kills.mjs kills 60 [seed]            with the mirror
//   node kills.mjs kills-without 60 [seed]    without, as it was before there was one
//   node kills.mjs damage 40 [seed]           files truncated, with flipped bytes, gone, or full of nothing
//
// Prints a line for each and fails where something that was said to be saved is lost and nobody was told, though anything was
// left to tell by; where the app shows what never was; and where the rescue page has less than the app.

import { cp, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crash, launch } from './browsers.mjs';
import { serve } from './host.mjs';
import { kept, mirror } from './sheet.mjs';

const [what = 'kills', times = '20', seed = '1'] = process.argv.slice(2);

// mulberry32
export function random(seed) {
  let at = seed >>> 0;
  return (below) => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const blocked = () => { IDBFactory.prototype.open = () => { throw new DOMException('no', 'InvalidStateError'); }; };
const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.app === 'ready', null, { timeout: 60_000 });
const field = (page) => page.getByLabel('申请单位名称');
const isSaved = (page) => page.locator('.saved .state', { hasText: /^已保存/ }).waitFor();

async function open(folder, url, without) {
  const context = await launch({ profile: folder });
  if (without) await context.addInitScript(blocked);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  await ready(page);
  return { context, page };
}

async function begin(page, unit) {
  const later = page.getByRole('link', { name: '先不回答，以后再填' });
  await field(page).or(later).first().waitFor();
  if (await later.count()) await later.click();
  await field(page).fill(unit);
  await page.getByRole('button', { name: '建立自评档案' }).click();
  await page.getByRole('heading', { name: unit, level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector('.saved .state'));
  return page.url();
}

async function kills(without) {
  const host = await serve();
  const folder = await mkdtemp(join(tmpdir(), 'ziping-kills-'));
  const below = random(Number(seed));
  let { page } = await open(folder, `${host.url}start/employer/`, without);
  let url = await begin(page, '0号厂');
  let [n, lost, worst, edits, gone] = [0, 0, 0, 0, 0];
  const history = [];
  for (let kill = 1; kill <= Number(times); kill += 1) {
    const until = 1 + below(12);
    for (let i = 0; i < until; i += 1) {
      n += 1;
      await field(page).fill(`${n}号厂`);
      await page.keyboard.press('Tab');
      await isSaved(page);
      await page.waitForFunction((n) => document.querySelector('h1').textContent === `${n}号厂`, n);
      history[n] = Date.now();
      edits += 1;
      await wait(below(1500));
    }
    await wait(below(300));
    const at = Date.now();
    await crash(folder);
    ({ page } = await open(folder, url, without));
    // a busy machine takes its time to show anything at all
    await field(page).or(page.getByText('本机没有这份自评')).first().waitFor({ timeout: 60_000 }).catch(() => {});
    // what comes from the mirror comes a moment after the page
    await page.waitForFunction((n) => document.querySelector('h1')?.textContent === `${n}号厂`, n, { timeout: 3_000 }).catch(() => {});
    const found = await field(page).inputValue({ timeout: 1_000 }).catch(() => '');
    const there = parseInt(found, 10);
    if (!(there === n)) {
      lost += 1;
      const since = Number.isNaN(there) ? Infinity : (at - (history[there + 1] ?? at)) / 1000;
      worst = Math.max(worst, since);
      console.log(`kill ${kill}: ${n} was saved, ${found || 'nothing'} is there, ${since.toFixed(1)} s lost`);
    }
    if (Number.isNaN(there)) {
      gone += 1;
      await page.goto(`${host.url}start/employer/`);
      await ready(page);
      url = await begin(page, `${n}号厂`);
    } else n = there;
    if (kill % 10 === 0) console.log(`${kill} kills so far, ${edits} edits, after ${lost} something was lost`);
  }
  console.log(`${times} kills, ${edits} edits that were said to be saved: after ${lost} kills something was lost, at worst ${worst.toFixed(1)} s, ${gone} times the whole`);
  await page.context().close();
  await host.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return lost;
}

// The files of one of the two stores in a profile.
export async function filesOf(folder, store) {
  const top = join(folder, 'Default', store);
  const names = await readdir(top, { recursive: true });
  const all = names.map((it) => join(top, it)).filter((it) => /\.(log|ldb)$|MANIFEST|CURRENT/.test(it));
  const sized = await Promise.all(all.map(async (it) => [it, (await stat(it)).size]));
  return sized.filter((it) => 0 < it[1]).map((it) => it[0]);
}

const harms = {
  async truncated(file, below) { await truncate(file, below((await stat(file)).size)); },
  async flipped(file, below) {
    const bytes = await readFile(file);
    for (let i = 0; i < 1 + below(20); i += 1) bytes[below(bytes.length)] ^= 1 << below(8);
    await writeFile(file, bytes);
  },
  async gone(file) { await rm(file); },
  async zeroed(file) { await writeFile(file, Buffer.alloc((await stat(file)).size)); },
};

// What a profile has before any page of ours has seen it: is there anything from which a loss can be known? The browser may
// say that it found the database damaged; a mark says that there was a mirror, and there is none; a record cannot be read.
const traces = (page) => page.evaluate(() => new Promise((done) => {
  const names = Object.keys(localStorage);
  const broken = names.filter((it) => it.startsWith('zp1/doc/')).filter((it) => {
    const parts = localStorage.getItem(it).split('.');
    return parts.length !== 8 || Number(parts[5]) !== parts[7].length;
  });
  const left = (loss, n) => done([
    ...(loss === 'none' ? [] : [`the database: ${loss}`]),
    ...(names.includes('zp1/mirror') && !n ? ['a mark of the mirror'] : []),
    ...broken,
  ]);
  // a database whose files are damaged may not open the first time, and be a new one the second; one that never opens tells
  // nothing, as a browser may just have none
  const look = (again) => {
    const opening = indexedDB.open('zp1', 1);
    let loss;
    opening.onupgradeneeded = (event) => {
      loss = event.dataLoss;
      opening.transaction.abort();
    };
    opening.onerror = (event) => {
      event.preventDefault();
      if (loss || !again) left(loss ?? 'none', 0);
      else look(false);
    };
    opening.onsuccess = () => {
      const counting = opening.result.transaction('kept').objectStore('kept').count();
      counting.onsuccess = () => {
        opening.result.close();
        left('none', counting.result);
      };
      counting.onerror = () => left('it cannot be read', 0);
    };
  };
  look(true);
}));

// What the rescue page hands out: its records, and what it says.
async function rescued(page, url) {
  await page.goto(`${url}rescue.html`);
  await page.locator('#kept', { hasText: /找到|没有本网站/ }).waitFor();
  // what only the mirror has comes a moment later
  await wait(1_000);
  const file = JSON.parse(await page.getByLabel('全部数据').inputValue());
  return { records: file.档案, said: await page.locator('#kept').textContent() };
}

async function damage() {
  const host = await serve();
  const folder = await mkdtemp(join(tmpdir(), 'ziping-damage-'));
  const below = random(Number(seed));
  const names = [];
  let { context, page } = await open(folder, `${host.url}start/employer/`);
  const ever = new Set();
  const note = async () => [...Object.values(await kept(page, 'zp1/doc/')), ...Object.values(await mirror(page))].forEach((it) => ever.add(it));
  for (let i = 1; i <= 3; i += 1) {
    await page.goto(`${host.url}start/employer/`);
    await ready(page);
    await begin(page, `${i}号厂`);
    await isSaved(page);
    await note();
    names.push(`${i}号厂改`);
    await field(page).fill(names.at(-1));
    await page.keyboard.press('Tab');
    await isSaved(page);
    await note();
  }
  await page.evaluate(() => new Promise((done) => setTimeout(done, 7_000)));
  await context.close();
  let bad = 0;
  const counts = {};
  for (let i = 0; i < Number(times); i += 1) {
    const harmed = [['Local Storage'], ['IndexedDB'], ['Local Storage', 'IndexedDB']][below(3)];
    const copy = `${folder}-${i}`;
    await cp(folder, copy, { recursive: true });
    const done = [];
    for (const store of harmed) {
      const files = await filesOf(copy, store);
      const file = files[below(files.length)];
      const how = Object.keys(harms)[below(4)];
      await harms[how](file, below);
      done.push(`${file.slice(copy.length + 9).replace(/.*leveldb./, `${store}: `)} ${how}`);
    }
    // one profile for the rescue page and one for the app: neither is to see what the other mended
    const other = `${copy}-rescue`;
    await cp(copy, other, { recursive: true });
    context = await launch({ profile: other });
    page = await context.newPage();
    await page.goto(`${host.url}release.json`);
    const left = await traces(page);
    const rescue = await rescued(page, host.url);
    await context.close();
    ({ context, page } = await open(copy, `${host.url}mine/`));
    await page.waitForFunction((n) => document.querySelectorAll('ul.sheets h3').length === n, names.length, { timeout: 3_000 }).catch(() => {});
    const there = await page.locator('ul.sheets h3').allTextContents();
    const said = await page.locator('.told').textContent();
    const damaged = await page.locator('li.bad').count();
    const after = await rescued(page, host.url);
    await context.close();
    const whole = names.every((it) => there.includes(it));
    const told = said !== '' || 0 < damaged;
    const faults = [];
    // with one store damaged all is there; with both, the person is told as far as anything is left to tell by
    if (!whole && harmed.length === 1) faults.push('LOST');
    if (!whole && !told && left.length) faults.push(`UNTOLD (${left.join(', ')})`);
    const invented = [
      ...there.filter((it) => !names.includes(it) && !names.includes(`${it}改`)),
      ...[...rescue.records, ...after.records].filter((it) => !ever.has(it)),
    ];
    if (invented.length) faults.push(`INVENTED ${invented.join(' ')}`);
    if (rescue.records.length < there.length || after.records.length < there.length) {
      faults.push(`NOT RESCUED (${rescue.said} ${after.said})`);
    }
    bad += faults.length ? 1 : 0;
    const kind = `${harmed.join(' and ')}: ${whole ? 'all there' : `${there.length} of 3`}${told ? ', told' : ''}${left.length ? '' : ', nothing to tell by'}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
    console.log(`${faults.map((it) => `${it} `).join('')}${done.join('; ')}: ${there.join(' ') || 'nothing'}; ${said || 'nothing said'}; rescue: ${rescue.said}`);
    for (const it of [copy, other]) await rm(it, { recursive: true, force: true, maxRetries: 5 });
  }
  console.log(counts);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await host.close();
  return bad;
}

if (process.argv[1]?.endsWith('kills.mjs')) {
  const lost = what === 'damage' ? await damage() : await kills(what === 'kills-without');
  process.exit(0 < lost && what !== 'kills-without' ? 1 : 0);
}
