// Two pages of one dossier, a newer program beside this one, data cleared under its hands, a browser that is killed: no
// answer is lost without a word.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appState, axe, crash, launch, profile, serve } from './harness.mjs';
import { test } from './limit.mjs';
import { begin, choose, fileFrom, fill, goTo, kept, mirror, newDossier, openFile, openSheet, put, saved, shown, startOf } from './sheet.mjs';

// A page that hears nothing of the others while `deaf`, as one in the background may.
const deafened = (page) => page.addInitScript(() => {
  window.deaf = false;
  for (const it of ['storage', 'focus', 'visibilitychange', 'pageshow']) {
    window.addEventListener(it, (event) => window.deaf && event.stopImmediatePropagation(), true);
  }
});
const deaf = (page, it) => page.evaluate((it) => { window.deaf = it; }, it);

// One sheet in two pages. The first did not hear that the second has answered 2-11.
async function twoPages(t) {
  const it = await openSheet(t, 2, { unit: '某厂', before: deafened });
  const { page, context } = it;
  const second = await context.newPage();
  await goTo(second, page.url());
  await deaf(page, true);
  await choose(second, '2-11', '', '符合');
  await saved(second);
  return { ...it, second };
}
// Both answer 2-11, each in its own way, and the first also 2-1.
async function conflict(t) {
  const it = await twoPages(t);
  const { page } = it;
  await choose(page, '2-11', '', '不符合');
  await page.locator('.band:visible', { hasText: '改成了不同的内容' }).waitFor();
  await fill(page, '2-1', { defects: 0 });
  await page.locator('.saved .state', { hasText: /^未保存$/ }).waitFor();
  return it;
}
const answer = (page) => page.locator('[id="2-11"] .seg label').filter({ has: page.locator('input:checked') }).textContent();
const defects = (page) => page.locator('[id="2-1"] input[type=text]').first().inputValue();
const undo = (page) => page.keyboard.press('Control+z');

test('two pages changed different rows: both are there in both, nothing is asked, and undoing takes back one’s own', async (t) => {
  const { page, second, host, seen } = await twoPages(t);
  await fill(page, '2-1', { defects: 0 });
  await page.locator('.told', { hasText: '两边的修改已合并' }).waitFor();
  await saved(page);
  assert.deepEqual([await answer(page), await defects(page), await page.locator('.band:visible').count()], ['符合', '0', 0]);
  await second.waitForFunction(() => document.querySelector('[id="2-1"] input[type=text]').value === '0');
  assert.equal(await answer(second), '符合');
  // what the other page did is not undone with it, in either page
  await undo(page);
  await saved(page);
  assert.deepEqual([await answer(page), await defects(page)], ['符合', '']);
  await second.waitForFunction(() => document.querySelector('[id="2-1"] input[type=text]').value === '');
  await second.bringToFront();
  await undo(second);
  await saved(second);
  assert.equal(await second.locator('[id="2-11"] .seg input:checked').count(), 0);
  await goTo(page, `${host.url}mine/`);
  assert.equal(await page.getByRole('heading', { name: '回收站' }).count(), 0);
  seen.check();
});

for (const [button, word] of [['用本页的', '不符合'], ['用另一页的', '符合']]) {
  test(`two pages answered one row differently: which row, both answers, and “${button}” is one click`, async (t) => {
    const { page, second, seen } = await conflict(t);
    const line = page.locator('.band li');
    assert.equal(await line.count(), 1);
    assert.match(await line.textContent(), /2-11 .*本页“不符合”.*另一页“符合”/);
    assert.deepEqual(await axe(page), []);
    // what needs no choice is stored already
    await second.waitForFunction(() => document.querySelector('[id="2-1"] input[type=text]').value === '0');
    await line.getByRole('button', { name: button }).click();
    await saved(page);
    assert.deepEqual([await answer(page), await page.locator('.band:visible').count()], [word, 0]);
    await page.reload();
    await appState(page, 'ready');
    assert.deepEqual([await answer(page), await defects(page)], [word, '0']);
    seen.check();
  });
}

test('two pages answered one row differently, and neither is given up: this page’s becomes a copy, which undoing leaves alone', async (t) => {
  const { page, host, seen } = await conflict(t);
  const there = page.url();
  await page.getByRole('button', { name: '都不放弃：本页的另存为副本' }).click();
  await page.waitForFunction((there) => location.href !== there, there);
  await page.getByRole('link', { name: '某厂（副本）' }).first().waitFor();
  assert.deepEqual([await answer(page), await page.locator('.band:visible').count()], ['不符合', 0]);
  await undo(page);
  await page.getByRole('link', { name: '某厂（副本）' }).first().waitFor();
  await page.goBack();
  await page.waitForFunction((there) => location.href === there, there);
  assert.equal(await answer(page), '符合');
  await goTo(page, `${host.url}mine/`);
  assert.deepEqual((await page.locator('ul.sheets h3').allTextContents()).sort(), ['某厂', '某厂（副本）']);
  seen.check();
});

test('nobody chooses: what the other page saved stays, and this page’s answer waits and can be handed out', async (t) => {
  const { page, second } = await conflict(t);
  await choose(second, '2-16', '', '符合');
  await saved(second);
  await deaf(page, false);
  await page.bringToFront();
  assert.equal(await page.locator('.band li').count(), 1);
  assert.match(await page.locator('.band li').textContent(), /本页“不符合”/);
  await page.getByRole('button', { name: '用本页的' }).click();
  await saved(page);
  await second.waitForFunction(() => document.querySelectorAll('[id="2-11"] .seg input')[1].checked);
});

test('both pages are changed in the same moment: both changes are there', async (t) => {
  const { page, context } = await openSheet(t, 2, { unit: '某厂' });
  const second = await context.newPage();
  await goTo(second, page.url());
  for (const [word, number] of [['符合', 0], ['不符合', 1], ['符合', 2]]) {
    await Promise.all([choose(page, '2-11', '', word), fill(second, '2-1', { defects: number })]);
    for (const it of [page, second]) {
      await it.bringToFront();
      await saved(it);
      assert.equal(await it.locator('.band:visible').count(), 0);
    }
    await page.bringToFront();
    for (const it of [page, second]) {
      await it.waitForFunction(([word, number]) => {
        const chosen = document.querySelector('[id="2-11"] .seg input:checked');
        return chosen?.parentNode.textContent === word && document.querySelector('[id="2-1"] input[type=text]').value === String(number);
      }, [word, number]);
    }
  }
});

test('another page saves while an input method is at work: the word stays, and what was saved comes after it', async (t) => {
  const { page, context } = await openSheet(t, 2, { unit: '某厂' });
  const second = await context.newPage();
  await goTo(second, page.url());
  const field = page.getByLabel('职业（工种/方向）名称');
  await page.bringToFront();
  await field.focus();
  const keys = await context.newCDPSession(page);
  await keys.send('Input.imeSetComposition', { text: '车', selectionStart: 1, selectionEnd: 1 });
  await second.evaluate(() => document.querySelectorAll('[id="2-11"] .seg input')[0].click());
  await second.locator('.saved .state', { hasText: /^已保存/ }).waitFor();
  assert.equal(await field.inputValue(), '车');
  await keys.send('Input.insertText', { text: '车工' });
  await page.waitForFunction(() => document.querySelector('[id="2-11"] .seg input:checked'));
  await saved(page);
  assert.equal(await field.inputValue(), '车工');
});

test('a dossier is put into the bin beside an open page: said at once, and whoever goes on with it takes it out', async (t) => {
  const { page, context, host } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const second = await context.newPage();
  await goTo(second, `${host.url}mine/`);
  const bin = async () => {
    await second.bringToFront();
    await second.getByRole('button', { name: '移到回收站' }).click();
    await second.getByRole('heading', { name: '回收站' }).waitFor();
    await page.bringToFront();
    await page.locator('.band:visible', { hasText: '这份自评在回收站里' }).waitFor();
  };
  await bin();
  await page.locator('.band:visible').getByRole('button', { name: '取出' }).click();
  await second.getByRole('link', { name: '某厂' }).waitFor();
  await bin();
  await fill(page, '2-1', { defects: 0 });
  await page.locator('.told', { hasText: '已从回收站取出' }).waitFor();
  await saved(page);
  assert.equal(await page.locator('.band:visible').count(), 0);
  await second.getByRole('link', { name: '某厂' }).waitFor();
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
  assert.equal(await page.locator('.band:visible').count(), 0);
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
  await page.locator('.band:visible', { hasText: '由较新版本的程序保存，本页只能看，不能修改' }).waitFor();
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
  await page.locator('.band:visible', { hasText: '由较新版本的程序保存' }).waitFor();
  assert.equal(await page.locator('.saved .state').textContent(), '未保存');
  const file = await fileFrom(page, () => page.locator('.band:visible').getByRole('button', { name: '下载备份' }).click());
  assert.match(JSON.parse(file.text).内容[0].填写.join('\n'), /2-1 /);
  assert.deepEqual(await kept(other), before);
});

for (const [who, where] of [['this page’s own console', ''], ['another site of the same host', 'about/']]) {
  test(`${who} clears the storage: everything is written again and said, by the next change, by looking at the page, or by leaving it`, async (t) => {
    const { page, context, host, seen } = await openSheet(t, 2, { unit: '某厂' });
    await choose(page, '2-11', '', '符合');
    await saved(page);
    const other = where ? await context.newPage() : page;
    if (where) await other.goto(host.url + where);
    const told = page.locator('.told', { hasText: '浏览器里的数据被清理过，这份自评已按本页的内容重新保存' });
    const clear = () => other.evaluate(() => localStorage.clear());
    await clear();
    await fill(page, '2-1', { defects: 0 });
    await told.waitFor();
    await saved(page);
    await clear();
    if (!where) await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.waitForFunction(() => Object.keys(localStorage).some((it) => it.startsWith('zp1/doc/')));
    await clear();
    await page.getByRole('link', { name: '返回档案' }).first().click();
    await page.getByRole('heading', { name: '某厂', level: 1 }).waitFor();
    await page.goBack();
    await page.locator('.sum').waitFor();
    const before = await shown(page);
    await clear();
    await page.reload();
    await appState(page, 'ready');
    assert.deepEqual(await shown(page), before);
    assert.equal(await defects(page), '0');
    seen.check();
  });
}

test('all data of the site are cleared beside an open page: said, and written again in both stores', async (t) => {
  const { page, context, host, seen } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const id = /of=([^&-]+)/.exec(page.url())[1];
  const cdp = await context.newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin: new URL(host.url).origin, storageTypes: 'all' });
  // whoever did so comes back to the page
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.locator('.told', { hasText: '浏览器里的数据被清理过，这份自评已按本页的内容重新保存' }).waitFor();
  await fill(page, '2-1', { defects: 0 });
  await saved(page);
  const then = await shown(page);
  await page.reload();
  await appState(page, 'ready');
  assert.deepEqual(await shown(page), then);
  // where the database was closed while it was being written the page said that there is no second copy; a new page makes it
  await fill(page, '2-2', { defects: 0 });
  await saved(page);
  await page.locator('.saved', { hasText: '只存得下一份' }).waitFor({ state: 'detached' });
  const records = Object.values(await kept(page, `zp1/doc/${id}/`));
  assert.ok(records.includes((await mirror(page))[`doc/${id}`]));
  const before = await shown(page);
  // and the mirror brings back the whole
  await page.goto(`${host.url}about/`);
  await page.evaluate(() => localStorage.clear());
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('link', { name: '某厂' }).click();
  await page.getByRole('link', { name: '附件2' }).first().click();
  await page.locator('.sum').waitFor();
  assert.deepEqual(await shown(page), before);
  seen.check();
});

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

// Has the disk a record of this revision or a later one? Chromium writes what localStorage has every few seconds.
async function written(folder, revision) {
  const logs = join(folder, 'Default/Local Storage/leveldb');
  const files = (await readdir(logs)).filter((it) => /\.(log|ldb)$/.test(it));
  const texts = await Promise.all(files.map((it) => readFile(join(logs, it), 'latin1')));
  return texts.some((text) => [...text.matchAll(/ZP[23]\.(\d+)\./g)].some(([, it]) => revision <= Number(it)));
}

test('the browser is killed after somebody typed: all that was called saved is there, and nothing is damaged', async (t) => {
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
  // and some more, which only the mirror is sure to have on disk
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
  assert.equal(await page.locator('.band:visible').count(), 0);
  // what comes from the mirror comes a moment after the page
  await page.waitForFunction((n) => document.querySelector('[id="2-1"] input[type=text]').value === n, String(n)).catch(() => {});
  assert.equal(Number(await defects(page)), n);
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
    assert.equal(await page.locator('.band:visible').count(), 0);
  });
}
