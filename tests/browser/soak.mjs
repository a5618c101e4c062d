// A long day: four tabs, three dossiers, edits in random rows, undoing, moving between all pages, reloading, going back,
// closing without warning, killing the browser, a full storage, cleared storages, a clock that jumps. A model knows what was
// said to be saved; what the pages show is compared with it after every kill, of which there is one at least every two hundred
// actions, and at the end.
//
//   node soak.mjs --seed 7 --actions 10000          `cargo xtask soak` does the same on the built site

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crash, launch } from './browsers.mjs';
import { serve } from './host.mjs';
import { random } from './kills.mjs';

const ROWS = 20;
const TABS = 4;
const START = 'start/employer/';
const others = ['', 'mine/', 'about/', 'panel/', 'compare/', 'desk/', 'open/', START, 'rubric/2/', 'readings/'];
const ofDossier = ['dossier/?of=ID', 'scope/?of=ID', 'packet/?of=ID', 'evidence/?of=ID', 'roster/?of=ID', 'papers/?of=ID'];
const ofSheet = ['sheet/2/?of=ID-SHEET', 'plan/?of=ID-SHEET', 'versions/?of=ID-SHEET', 'rubric/2/?of=ID-SHEET'];

const settled = (page) => page.locator('.saved .state', { hasText: /^(已保存|修改后自动保存)/ }).waitFor({ timeout: 20_000 });
const ready = (page) =>
  page.waitForFunction(() => ['ready', 'fallback', undefined].includes(document.documentElement.dataset.app), null, { timeout: 60_000 });

export async function soak({ seed = 1, actions = 500, log = () => {} } = {}) {
  const below = random(seed);
  const host = await serve();
  const folder = await mkdtemp(join(tmpdir(), 'ziping-soak-'));
  const counts = { actions: 0, edits: 0, acknowledged: 0, kills: 0, checks: 0 };
  let context;
  let tabs = [];
  const dossiers = [];

  const start = async () => {
    context = await launch({ profile: folder });
    context.setDefaultTimeout(20_000);
    tabs = [context.pages()[0] ?? (await context.newPage())];
    while (tabs.length < TABS) tabs.push(await context.newPage());
  };
  const visit = async (page, path) => {
    await page.goto(host.url + path);
    await ready(page);
  };
  const sheetOf = (it) => `sheet/2/?of=${it.id}-${it.sheet}`;
  const onSheet = async (page, it) => {
    if (page.url() !== host.url + sheetOf(it)) await visit(page, sheetOf(it));
    await page.locator('#note-1').waitFor({ state: 'attached' });
  };
  // Types into the notes of rows, one after the other, as an input method does, and leaves each.
  const write = (page, notes) => page.evaluate((notes) => {
    for (const [row, text] of notes) {
      const field = document.getElementById(`note-${row}`);
      field.closest('details').open = true;
      field.focus();
      field.select();
      document.execCommand('insertText', false, text);
      field.blur();
    }
  }, notes);
  const text = () => `${(counts.edits += 1)}`;
  const acknowledge = (it, row, text) => {
    it.notes[row] = [text];
    counts.acknowledged += 1;
  };

  // What a fresh page shows of every dossier is what was said to be saved, or what was typed since.
  const check = async () => {
    counts.checks += 1;
    for (const it of dossiers) {
      await visit(tabs[0], sheetOf(it));
      await tabs[0].locator('#note-1').waitFor({ state: 'attached' });
      const wrong = () => tabs[0].evaluate((notes) => notes.flatMap((may, row) => {
        if (!row) return [];
        const is = document.getElementById(`note-${row}`)?.value;
        return may.includes(is) ? [] : [`${row}: ${is || 'nothing'}, not ${may.join(' or ')}`];
      }), it.notes);
      // what comes from the mirror comes a moment after the page
      for (let left = 40; left && (await wrong()).length; left -= 1) await new Promise((done) => setTimeout(done, 50));
      assert.deepEqual(await wrong(), [], `seed ${seed}, after ${counts.actions} actions, dossier ${it.id}`);
      it.notes = await tabs[0].evaluate((n) => [[], ...Array.from({ length: n }, (_, i) => [document.getElementById(`note-${i + 1}`).value])], ROWS);
    }
  };

  await start();
  for (let i = 1; i <= 3; i += 1) {
    const page = tabs[0];
    await visit(page, START);
    const later = page.getByRole('link', { name: '先不回答，以后再填' });
    const unit = page.getByLabel('申请单位名称');
    await unit.or(later).first().waitFor();
    if (await later.count()) await later.click();
    await unit.fill(`${i}号厂`);
    await page.getByRole('button', { name: '建立自评档案' }).click();
    await page.getByRole('heading', { name: `${i}号厂`, level: 1 }).waitFor();
    await page.getByRole('button', { name: '添加职业（工种）自评表' }).click();
    await page.locator('#note-1').waitFor({ state: 'attached' });
    await settled(page);
    const [, id, sheet] = /of=([^-]+)-(\d+)/.exec(page.url());
    dossiers.push({ id, sheet, notes: [[], ...Array.from({ length: ROWS }, () => [''])] });
  }

  const some = (list) => list[below(list.length)];
  const burst = async (page, it, wanted) => {
    await onSheet(page, it);
    await settled(page);
    const notes = Array.from({ length: wanted }, () => [1 + below(ROWS), text()]);
    counts.actions += wanted - 1;
    await write(page, notes);
    return notes;
  };
  const acts = [
    [60, 'edit', async (page, it) => {
      const done = await burst(page, it, 1 + below(30));
      await settled(page);
      for (const [row, text] of done) acknowledge(it, row, text);
    }],
    [6, 'undo', async (page, it) => {
      const [[row]] = await burst(page, it, 1);
      await settled(page);
      await page.locator('.saved').first().getByRole('button', { name: '撤销' }).click();
      await page.waitForFunction(([row, may]) => may.includes(document.getElementById(`note-${row}`).value), [row, it.notes[row]]);
      await settled(page);
    }],
    [6, 'edit and leave', async (page, it) => {
      const done = await burst(page, it, 1 + below(3));
      for (const [row, text] of done) it.notes[row] = [...it.notes[row], text];
      if (below(2)) await visit(page, some(others));
      else await page.reload();
      await ready(page);
    }],
    [14, 'move', async (page, it) => {
      const path = some(below(3) ? [...ofDossier, ...ofSheet] : others);
      await visit(page, path.replace('ID', it.id).replace('SHEET', it.sheet));
    }],
    [4, 'reload', async (page) => { await page.reload(); await ready(page); }],
    [4, 'back', async (page) => {
      await page.goBack({ timeout: 5_000 }).catch(() => {});
      await ready(page);
    }],
    [2, 'close', async (page) => {
      await page.close();
      tabs[tabs.indexOf(page)] = await context.newPage();
    }],
    [1, 'full', async (page, it) => {
      await onSheet(page, it);
      await page.evaluate((room) => {
        for (let size = 1 << 20; room <= size; size = Math.floor(size / 2)) {
          try { for (;;) localStorage.setItem(`pad-${Math.random()}`, 'x'.repeat(size)); } catch { /* smaller, then */ }
        }
      }, 1 << below(12));
      const row = 1 + below(ROWS);
      const [first, second] = [text(), text()];
      await write(page, [[row, first]]);
      await page.locator('.saved .state', { hasText: /^(已保存|未保存)/ }).first().waitFor();
      await page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('pad-')).forEach((it) => localStorage.removeItem(it)));
      const next = 1 + (row % ROWS);
      await write(page, [[next, second]]);
      await settled(page);
      acknowledge(it, row, first);
      acknowledge(it, next, second);
    }],
    [1, 'clear the storage', async (page) => { await page.evaluate(() => localStorage.clear()); await page.reload(); await ready(page); }],
    [1, 'clear the mirror', async (page) => {
      await visit(page, 'mine/');
      await page.evaluate(() => new Promise((done) => {
        const opening = indexedDB.open('zp1');
        opening.onsuccess = () => {
          const clearing = opening.result.transaction('kept', 'readwrite');
          clearing.objectStore('kept').clear();
          clearing.oncomplete = () => { opening.result.close(); done(); };
        };
      }));
      await page.reload();
      await ready(page);
    }],
    [1, 'clock', async (page) => {
      await page.clock.setSystemTime(Date.now() + (below(800) - 400) * 86_400_000);
    }],
    [1, 'kill', async () => {
      await new Promise((done) => setTimeout(done, below(400)));
      counts.kills += 1;
      await crash(folder);
      await start();
      await check();
    }],
  ];
  const total = acts.reduce((sum, it) => sum + it[0], 0);
  const began = Date.now();
  let killed = 0;
  while (counts.actions < actions) {
    let at = below(total);
    const due = 200 <= counts.actions - killed;
    const [, name, act] = due ? acts.at(-1) : acts.find(([weight]) => (at -= weight) < 0);
    if (name === 'kill') killed = counts.actions;
    const [page, it] = [some(tabs), some(dossiers)];
    log(`${counts.actions} ${name} tab ${tabs.indexOf(page)} ${it.id}`);
    try {
      if (/clear|full/.test(name) && !page.url().startsWith(host.url)) await visit(page, 'mine/');
      if (/reload|clock/.test(name) && !page.url().startsWith(host.url)) await visit(page, '');
      await act(page, it);
    } catch (error) {
      error.message = `seed ${seed}, action ${counts.actions} (${name}): ${error.message}\n${await page.locator('body').innerText().catch(() => '')}`.slice(0, 3000);
      throw error;
    }
    counts.actions += 1;
  }
  await check();
  await context.close();
  await host.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return { ...counts, seconds: Math.round((Date.now() - began) / 1000) };
}

if (process.argv[1]?.endsWith('soak.mjs')) {
  const option = (name, or) => Number(process.argv[process.argv.indexOf(`--${name}`) + 1] ?? or) || or;
  const log = process.env.LOG ? console.log : undefined;
  console.log(await soak({ seed: option('seed', 1), actions: option('actions', 500), log }));
}
