// A long day: four tabs, three dossiers, notes and answers in random rows, undoing, moving between all pages, reloading, going
// back, closing without warning, killing the browser, also amid typing, a full storage, cleared storages, all data of the site
// cleared, a clock that jumps. A model knows what was said to be saved; what the pages show, and the points of it, is compared
// with it after every kill, of which there is one at least every two hundred actions, after all was cleared, and at the end.
//
//   node soak.mjs --seed 7 --actions 10000          `cargo xtask soak` does the same on the built site

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crash, launch } from './browsers.mjs';
import { expected } from './engine.mjs';
import { serve } from './host.mjs';
import { random } from './kills.mjs';
import { kept, mirror, shown } from './sheet.mjs';

// Some rows of annex 2: what the engine calls the answer, and the words or numbers on the page, each with what it means.
const upTo = (n) => Object.fromEntries(Array.from({ length: n + 1 }, (_, i) => [`${i}`, i]));
const complies = { 符合: true, 不符合: false };
const level = { 满足: 'full', 不能满足: 'none' };
const answers = {
  '2-1': ['defects', upTo(3)], '2-2': ['defects', upTo(2)], '2-3': ['defects', upTo(3)], '2-8': ['award', upTo(6)],
  '2-11': ['met', complies], '2-12': ['award', upTo(8)], '2-15': ['award', upTo(4)], '2-16': ['met', complies],
  '2-17': ['level', level], '2-18': ['level', level], '2-22': ['has', { 有: true, 无: false }],
};
// What is filled in, by the ids of the page: notes are fields, answers are rows.
const notes = Array.from({ length: 20 }, (_, i) => `note-${i + 1}`);
const rows = Object.keys(answers);
const all = [...notes, ...rows];

// In every page: what stands in a note or an answer, and how somebody puts something there, as an input method does.
const hands = () => {
  const field = (key) => {
    const it = document.getElementById(key);
    return it?.matches('fieldset') ? it.querySelector('input[type=text]') : it;
  };
  const words = (key) => [...(document.getElementById(key)?.querySelectorAll('.seg label') ?? [])];
  window.soak = {
    is: (key) => words(key).find((it) => it.querySelector(':checked'))?.textContent ?? (words(key).length ? '' : field(key)?.value),
    put(key, text) {
      const word = words(key).find((it) => it.textContent === text);
      if (word) return word.click();
      const it = field(key);
      const folded = it.closest('details');
      if (folded) folded.open = true;
      it.focus();
      it.select();
      document.execCommand('insertText', false, text);
      it.blur();
    },
  };
};
const TABS = 4;
const START = 'start/employer/';
const others = ['', 'mine/', 'about/', 'panel/', 'compare/', 'desk/', 'open/', START, 'rubric/2/', 'readings/'];
const ofDossier = ['dossier/?of=ID', 'scope/?of=ID', 'packet/?of=ID', 'evidence/?of=ID', 'roster/?of=ID', 'papers/?of=ID'];
const ofSheet = ['sheet/2/?of=ID-SHEET', 'plan/?of=ID-SHEET', 'versions/?of=ID-SHEET', 'rubric/2/?of=ID-SHEET'];

const settled = (page) => page.locator('.saved .state', { hasText: /^(已保存|修改后自动保存)/ }).waitFor({ timeout: 20_000 });
const revision = (record) => Number(record.split('.')[1]);
// Then the page says that what was saved last may be lost when the machine stops.
const isAlone = (page) => page.locator('.saved', { hasText: '只存得下一份' }).count();
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
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
    await context.addInitScript(hands);
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
    await page.locator(`[id="${rows.at(-1)}"]`).waitFor({ state: 'attached' });
  };
  // One after the other, each of them left, with so many milliseconds between them.
  const write = (page, edits, pause = 0) => page.evaluate(async ([edits, pause]) => {
    for (const [key, text] of edits) {
      if (pause) await new Promise((done) => setTimeout(done, pause));
      window.soak.put(key, text);
    }
  }, [edits, pause]);
  const text = () => `${(counts.edits += 1)}`;
  const acknowledge = (it, key, text) => {
    it.filled[key] = [text];
    counts.acknowledged += 1;
  };
  const may = (it, edits) => {
    for (const [key, text] of edits) it.filled[key] = [...it.filled[key], text];
  };
  // Waits until the page says that these are saved, and remembers it.
  const saved = async (page, it, edits) => {
    await settled(page);
    if (await isAlone(page)) may(it, edits);
    else for (const [key, text] of edits) acknowledge(it, key, text);
  };
  const read = (page) => page.evaluate((all) => Object.fromEntries(all.map((key) => [key, window.soak.is(key)])), all);
  const until = async (wrong, why) => {
    for (let left = 200; left && (await wrong()).length; left -= 1) await wait(50);
    assert.deepEqual(await wrong(), [], why);
  };

  // What a fresh page shows of every dossier is what was said to be saved, or what was typed since; of what was `typed` last into
  // `its` dossier in this order, nothing is there without what came before it; and the points are those of these answers.
  const check = async (its, typed = []) => {
    counts.checks += 1;
    const page = tabs[0];
    for (const it of dossiers) {
      const why = `seed ${seed}, after ${counts.actions} actions, dossier ${it.id}`;
      const lacking = async () => {
        const is = await read(page);
        return all.flatMap((key) => (it.filled[key].includes(is[key]) ? [] : [`${key}: ${is[key] || 'nothing'}, not ${it.filled[key].join(' or ')}`]));
      };
      // what comes from the mirror comes a moment after the page
      await visit(page, sheetOf(it));
      await onSheet(page, it);
      await until(lacking, why);
      await until(async () => {
        const own = Object.values(await kept(page, `zp1/doc/${it.id}/`)).sort((one, two) => revision(two) - revision(one));
        return (await mirror(page))[`doc/${it.id}`] === own[0] ? [] : ['the mirror has another record'];
      }, why);
      await visit(page, sheetOf(it));
      await onSheet(page, it);
      await until(lacking, why);
      const is = await read(page);
      if (it === its) {
        const after = (n) => new Map(typed.slice(0, n));
        const could = (n) => typed.every(([key]) => (after(n).has(key) ? is[key] === after(n).get(key) : its.before[key].includes(is[key])));
        assert.ok(Array.from({ length: typed.length + 1 }, (_, n) => n).some(could), `${why}: of ${JSON.stringify(typed)} there is ${JSON.stringify(is)}`);
      }
      const given = rows.filter((key) => is[key]).map((key) => [key, { [answers[key][0]]: answers[key][1][is[key]] }]);
      const points = expected(2, Object.fromEntries(given));
      await until(async () => {
        const now = await shown(page);
        return JSON.stringify(now) === JSON.stringify(points) ? [] : [now, points];
      }, why);
      it.filled = Object.fromEntries(all.map((key) => [key, [is[key]]]));
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
    dossiers.push({ id, sheet, filled: Object.fromEntries(all.map((key) => [key, ['']])) });
  }

  const some = (list) => list[below(list.length)];
  const edits = (n, keys = all) => Array.from({ length: n }, () => {
    const key = some(keys);
    const one = text();
    return [key, key in answers ? some(Object.keys(answers[key][1])) : one];
  });
  const burst = async (page, it, wanted, keys) => {
    await onSheet(page, it);
    await settled(page);
    const done = edits(wanted, keys);
    counts.actions += wanted - 1;
    await write(page, done);
    return done;
  };
  const kill = async () => {
    counts.kills += 1;
    await crash(folder);
    await start();
  };
  const acts = [
    [60, 'edit', async (page, it) => {
      await saved(page, it, await burst(page, it, 1 + below(30)));
    }],
    [6, 'undo', async (page, it) => {
      const done = await burst(page, it, 1, notes);
      const key = done[0][0];
      await settled(page);
      await page.locator('.saved').first().getByRole('button', { name: '撤销' }).click();
      await page.waitForFunction(([key, may]) => may.includes(window.soak.is(key)), [key, it.filled[key]]);
      await settled(page);
      if (await isAlone(page)) may(it, done);
    }],
    [6, 'edit and leave', async (page, it) => {
      const done = await burst(page, it, 1 + below(3));
      may(it, done);
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
      const [first, second] = [edits(1), edits(1)];
      await write(page, first);
      await page.locator('.saved .state', { hasText: /^(已保存|未保存)/ }).first().waitFor();
      await page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('pad-')).forEach((it) => localStorage.removeItem(it)));
      await write(page, second);
      await saved(page, it, [...first, ...second]);
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
    [1, 'clear all', async (page) => {
      // each dossier is open in a page, which has it still
      for (const [i, it] of dossiers.entries()) {
        await onSheet(tabs[i], it);
        await settled(tabs[i]);
      }
      const cdp = await context.newCDPSession(page);
      await cdp.send('Storage.clearDataForOrigin', { origin: new URL(host.url).origin, storageTypes: 'all' });
      await cdp.detach();
      for (const [i, it] of dossiers.entries()) {
        const page = tabs[i];
        const done = edits(below(3));
        if (done.length) await write(page, done);
        else await page.evaluate(() => dispatchEvent(new Event('focus')));
        await page.waitForFunction((id) => Object.keys(localStorage).some((it) => it.startsWith(`zp1/doc/${id}/`)), it.id);
        await settled(page);
        for (const [key, text] of done) acknowledge(it, key, text);
      }
      // a page whose database was closed while it wrote there says that it has no second copy: the new pages make it
      await check();
    }],
    [1, 'clock', async (page) => {
      await page.clock.setSystemTime(Date.now() + (below(800) - 400) * 86_400_000);
    }],
    [1, 'kill amid typing', async (page, it) => {
      await saved(page, it, await burst(page, it, 1 + below(5)));
      const typed = edits(1 + below(30));
      it.before = it.filled;
      it.filled = { ...it.filled };
      may(it, typed);
      const typing = write(page, typed, below(40)).catch(() => {});
      await wait(below(300));
      await kill();
      await typing;
      await check(it, typed);
    }],
    [1, 'kill', async () => {
      await wait(below(400));
      await kill();
      await check();
    }],
  ];
  const total = acts.reduce((sum, it) => sum + it[0], 0);
  const began = Date.now();
  let killed = 0;
  try {
    while (counts.actions < actions) {
      let at = below(total);
      const due = 200 <= counts.actions - killed;
      const [, name, act] = due ? acts.at(-1 - below(2)) : acts.find(([weight]) => (at -= weight) < 0);
      if (name.startsWith('kill')) killed = counts.actions;
      const [page, it] = [some(tabs), some(dossiers)];
      log(`${counts.actions} ${name} tab ${tabs.indexOf(page)} ${it.id}`);
      try {
        if (/clear|full/.test(name) && !page.url().startsWith(host.url)) await visit(page, 'mine/');
        if (/reload|clock/.test(name) && !page.url().startsWith(host.url)) await visit(page, '');
        await act(page, it);
      } catch (error) {
        const shows = await Promise.all(tabs.map((it) => it.locator('body').innerText({ timeout: 1_000 }).catch(() => '')));
        const where = tabs.map((it, i) => `tab ${i}, ${it.url()}:\n${shows[i].slice(0, 1500)}`).join('\n\n');
        throw new Error(`seed ${seed}, action ${counts.actions} (${name}, tab ${tabs.indexOf(page)}): ${error.message}\n${where}`, { cause: error });
      }
      counts.actions += 1;
    }
    await check();
  } finally {
    await context.close().catch(() => {});
    await host.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return { ...counts, seconds: Math.round((Date.now() - began) / 1000) };
}

if (process.argv[1]?.endsWith('soak.mjs')) {
  const option = (name, or) => Number(process.argv[process.argv.indexOf(`--${name}`) + 1] ?? or) || or;
  const log = process.env.LOG ? console.log : undefined;
  console.log(await soak({ seed: option('seed', 1), actions: option('actions', 500), log }));
}
