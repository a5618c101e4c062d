// Two pages of one dossier, a newer program beside this one, data cleared under its hands, a browser that is killed: no
// answer is lost without a word.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { appState, crash, launch, profile, serve } from './harness.mjs';
import { begin, choose, fileFrom, fill, goTo, kept, newDossier, openFile, openSheet, put, saved, shown, startOf } from './sheet.mjs';

// A page that hears nothing of the others while `deaf`, as one in the background may.
const deafened = (page) => page.addInitScript(() => {
  window.deaf = false;
  for (const it of ['storage', 'focus', 'visibilitychange', 'pageshow']) {
    window.addEventListener(it, (event) => window.deaf && event.stopImmediatePropagation(), true);
  }
});
const deaf = (page, it) => page.evaluate((it) => { window.deaf = it; }, it);

// One sheet in two pages. The second has answered 2-11, the first, which did not hear of it, 2-1.
async function conflict(t) {
  const it = await openSheet(t, 2, { unit: '某厂', before: deafened });
  const { page, context } = it;
  const second = await context.newPage();
  await goTo(second, page.url());
  await deaf(page, true);
  await choose(second, '2-11', '', '符合');
  await saved(second);
  const before = await kept(page);
  await fill(page, '2-1', { defects: 0 });
  await page.locator('.band', { hasText: '未保存：另一个标签页已修改这份自评' }).waitFor();
  assert.equal(await page.locator('.saved .state').textContent(), '未保存');
  assert.deepEqual(await kept(page), before);
  return { ...it, second, mine: await shown(page), theirs: await shown(second) };
}

async function sheetOf(page, host, unit) {
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('link', { name: unit, exact: true }).click();
  await page.getByRole('link', { name: '附件2' }).first().click();
  await page.locator('.sum').waitFor();
  return shown(page);
}

test('two pages changed one dossier: the other page’s is taken, and mine lies in the bin', async (t) => {
  const { page, host, seen, mine, theirs } = await conflict(t);
  await page.getByRole('button', { name: '载入另一页的（本页的放进回收站）' }).click();
  await page.getByText('本页没有采用的修改在“我的自评”的回收站里').waitFor();
  assert.equal(await page.locator('.band').count(), 0);
  assert.deepEqual(await shown(page), theirs);
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('heading', { name: '某厂（未采用的一份）' }).waitFor();
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  assert.deepEqual(await sheetOf(page, host, '某厂（未采用的一份）'), mine);
  assert.deepEqual(await sheetOf(page, host, '某厂'), theirs);
  seen.check();
});

test('two pages changed one dossier: both are kept, mine as a copy', async (t) => {
  const { page, host, seen, mine, theirs } = await conflict(t);
  await page.getByRole('button', { name: '本页另存为副本（两份都留）' }).click();
  await saved(page);
  assert.equal(await page.locator('.band').count(), 0);
  assert.deepEqual(await shown(page), mine);
  await page.reload();
  await appState(page, 'ready');
  assert.deepEqual(await shown(page), mine);
  assert.deepEqual(await sheetOf(page, host, '某厂（副本）'), mine);
  assert.deepEqual(await sheetOf(page, host, '某厂'), theirs);
  seen.check();
});

test('both pages go on without a choice: nothing that is stored changes, and nothing that was typed goes', async (t) => {
  const { page, second, mine } = await conflict(t);
  await choose(second, '2-16', '', '符合');
  await saved(second);
  await deaf(page, false);
  await page.bringToFront();
  assert.deepEqual(await shown(page), mine);
  assert.equal(await page.locator('.band', { hasText: '未保存' }).count(), 1);
  const file = await fileFrom(page, () => page.locator('.band').getByRole('button', { name: '下载备份' }).click());
  assert.match(JSON.parse(file.text).内容[0].填写.join('\n'), /2-1 /);
});

test('both pages are changed in the same moment: each is stored, or says that it is not', async (t) => {
  const { page, context } = await openSheet(t, 2, { unit: '某厂' });
  const second = await context.newPage();
  await goTo(second, page.url());
  for (const [word, number] of [['符合', 0], ['不符合', 1], ['符合', 2]]) {
    await Promise.all([choose(page, '2-11', '', word), fill(second, '2-1', { defects: number })]);
    const states = [];
    for (const it of [page, second]) {
      await it.bringToFront();
      await it.locator('.band, .saved.good').first().waitFor();
    }
    for (const it of [page, second]) {
      await it.bringToFront();
      states.push(await it.locator('.band').count() ? '未保存' : '已保存');
    }
    const answers = async (it) => [
      await it.locator('[id="2-11"] .seg label', { hasText: new RegExp(`^${word}$`) }).locator('input').isChecked(),
      (await it.locator('[id="2-1"] input[type=text]').first().inputValue()) === String(number),
    ];
    const third = await context.newPage();
    await goTo(third, page.url());
    const stored = await answers(third);
    await third.close();
    for (const [i, it] of [page, second].entries()) {
      if (states[i] === '已保存') assert.ok(stored[i], `page ${i + 1} says it is saved and it is not`);
      else await it.getByRole('button', { name: '载入另一页的' }).click();
    }
  }
});

test('a page without unsaved work shows what another page saved', async (t) => {
  const { page, context, host, seen } = await openSheet(t, 2, { unit: '某厂' });
  const second = await context.newPage();
  await goTo(second, page.url());
  await choose(second, '2-11', '', '符合');
  await saved(second);
  await page.locator('.sum .big b', { hasText: /^\d+$/ }).waitFor();
  await page.waitForFunction((points) => document.querySelector('.sum .big b').textContent === points, (await shown(second)).points);
  assert.deepEqual(await shown(page), await shown(second));
  await fill(page, '2-1', { defects: 0 });
  await saved(page);
  assert.equal(await page.locator('.band').count(), 0);
  await goTo(second, `${host.url}mine/`);
  await goTo(page, `${host.url}start/social/`);
  await newDossier(page, '某协会');
  await second.getByRole('link', { name: '某协会' }).waitFor();
  seen.check();
});

const slots = (all) => Object.keys(all).filter((it) => it.startsWith('zp1/doc/'));
const newer = (name) => ({ [name]: 'ZP9.99.1.1800000000.0.4.123.AAAA' });

test('a newer program saves while a page is open: the page stops writing and says why', async (t) => {
  const { page, context, host } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const other = await context.newPage();
  await other.goto(`${host.url}about/`);
  await put(other, newer(slots(await kept(other))[0]));
  const before = await kept(other);
  await page.locator('.band', { hasText: '由较新版本的程序保存，本页只能看，不能修改' }).waitFor();
  await page.locator('main').getByRole('link', { name: '打印评估表' }).waitFor();
  assert.equal(await page.locator('main').locator('input, textarea').count(), 0);
  for (const key of ['Control+z', 'Control+y', 'Control+s']) await page.keyboard.press(key);
  await page.goBack();
  assert.deepEqual(await kept(other), before);
});

test('a newer program saves over unsaved work: nothing is written, and the work can be handed out', async (t) => {
  const { page, context, host } = await openSheet(t, 2, { unit: '某厂', before: deafened });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  await deaf(page, true);
  const other = await context.newPage();
  await other.goto(`${host.url}about/`);
  await put(other, newer(slots(await kept(other))[0]));
  const before = await kept(other);
  await fill(page, '2-1', { defects: 3 });
  await page.locator('.band', { hasText: '由较新版本的程序保存' }).waitFor();
  assert.equal(await page.locator('.saved .state').textContent(), '未保存');
  const file = await fileFrom(page, () => page.locator('.band').getByRole('button', { name: '下载备份' }).click());
  assert.match(JSON.parse(file.text).内容[0].填写.join('\n'), /2-1 /);
  assert.deepEqual(await kept(other), before);
});

for (const [who, where] of [['this page’s own console', ''], ['another site of the same host', 'about/']]) {
  test(`${who} clears the storage: the next save brings everything back and says so`, async (t) => {
    const { page, context, host, seen } = await openSheet(t, 2, { unit: '某厂' });
    await choose(page, '2-11', '', '符合');
    await saved(page);
    const other = where ? await context.newPage() : page;
    if (where) await other.goto(host.url + where);
    await other.evaluate(() => localStorage.clear());
    await fill(page, '2-1', { defects: 0 });
    await page.locator('.told', { hasText: '浏览器里的数据被清理过，这份自评已按本页的内容重新保存' }).waitFor();
    await saved(page);
    const before = await shown(page);
    await goTo(page, page.url());
    assert.deepEqual(await shown(page), before);
    seen.check();
  });
}

test('what others keep under the same host is not touched by anything one does here', async (t) => {
  const theirs = { other: '1', zp: '2', 'zp2/doc/x/a': '3', 'doc/x/a': '4', 'ZP1/doc/x/a': '5', '': '6' };
  const before = (page) => page.addInitScript((theirs) => {
    if (sessionStorage.getItem('there')) return;
    sessionStorage.setItem('there', '');
    for (const [key, text] of Object.entries(theirs)) localStorage.setItem(key, text);
  }, theirs);
  const { page, host } = await openSheet(t, 2, { unit: '某厂', before });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const file = await fileFrom(page, () => page.keyboard.press('Control+s'));
  await goTo(page, `${host.url}mine/`);
  await openFile(page, file.text);
  await page.getByRole('button', { name: '恢复为新的自评', exact: true }).click();
  for (const left of [1, 0]) {
    await page.getByRole('button', { name: '移到回收站' }).first().click();
    await page.getByRole('button', { name: '彻底删除' }).click();
  await page.getByRole('button', { name: '确认彻底删除' }).click();
    await page.waitForFunction((left) => document.querySelectorAll('ul.sheets h3').length === left, left);
  }
  assert.deepEqual(await kept(page), theirs);
});

// Has the disk a record of this revision or a later one? Chromium writes what there is every few seconds.
async function written(folder, revision) {
  const logs = join(folder, 'Default/Local Storage/leveldb');
  const files = (await readdir(logs)).filter((it) => /\.(log|ldb)$/.test(it));
  const texts = await Promise.all(files.map((it) => readFile(join(logs, it), 'latin1')));
  return texts.some((text) => [...text.matchAll(/ZP[23]\.(\d+)\./g)].some(([, it]) => revision <= Number(it)));
}

test('the browser is killed while somebody types: what the disk had is there, and nothing is damaged', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const folder = await profile(t);
  let context = await launch({ profile: folder });
  let page = await context.newPage();
  await goTo(page, host.url + startOf(2));
  await begin(page, 2, '某厂');
  const field = page.locator('[id="2-1"] input[type=text]').first();
  const type = async (n) => {
    await field.fill(String(n));
    await field.blur();
    await saved(page);
  };
  await type(1);
  const first = Math.max(...Object.values(await kept(page, 'zp1/doc/')).map((it) => Number(it.split('.')[1])));
  let n = 1;
  while (!(await written(folder, first))) await type((n += 1));
  // and some more, of which nobody knows how many get there
  for (let more = 0; more < 3; more += 1) await type((n += 1));
  await crash(folder);
  await context.close().catch(() => {});
  context = await launch({ profile: folder });
  t.after(() => context.close());
  page = await context.newPage();
  await goTo(page, `${host.url}mine/`);
  assert.equal(await page.getByText('损坏').count(), 0);
  await page.getByRole('link', { name: '某厂' }).click();
  await page.getByRole('link', { name: '附件2' }).first().click();
  await page.locator('.sum').waitFor();
  assert.equal(await page.locator('.band').count(), 0);
  const there = Number(await page.locator('[id="2-1"] input[type=text]').first().inputValue());
  assert.ok(1 <= there && there <= n, `${there} of 1 to ${n}`);
  await choose(page, '2-11', '', '符合');
  await saved(page);
});

for (const [how, options] of [['read anew', {}], ['kept alive', { ignoreDefaultArgs: ['--disable-back-forward-cache'] }]]) {
  test(`back to a page that was ${how}: it shows what another page saved meanwhile`, async (t) => {
    const { page, context, host } = await openSheet(t, 2, { unit: '某厂', browser: options });
    const address = page.url();
    await page.goto(`${host.url}about/`);
    const second = await context.newPage();
    await goTo(second, address);
    await choose(second, '2-11', '', '符合');
    await saved(second);
    const points = (await shown(second)).points;
    await page.bringToFront();
    // a page that was kept alive is not loaded
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction((points) => document.querySelector('.sum .big b')?.textContent === points, points);
    await page.goForward({ waitUntil: 'commit' });
    await page.getByRole('heading', { name: '使用说明', level: 1 }).waitFor();
    await page.goBack({ waitUntil: 'commit' });
    await appState(page, 'ready');
    await fill(page, '2-1', { defects: 0 });
    await saved(page);
    assert.equal(await page.locator('.band').count(), 0);
  });
}
