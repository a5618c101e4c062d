// 已保存 means on disk: the mirror of what the browser keeps, what comes back from it, and what is said where there is none.

import assert from 'node:assert/strict';
import { stat, truncate } from 'node:fs/promises';
import { appState, axe, launch, profile, serve, visit } from './harness.mjs';
import { filesOf } from './kills.mjs';
import { test } from './limit.mjs';
import { begin, choose, goTo, kept, mirror, openSheet, plant, saved, shown, startOf } from './sheet.mjs';

const idOf = (page) => /of=([^&-]+)/.exec(page.url())[1];
const told = (page, words) => page.locator('.told', { hasText: words }).waitFor();
const revision = (text) => Number(text.split('.')[1]);
const latest = async (page) =>
  Object.values(await kept(page, 'zp1/doc/')).sort((one, two) => revision(two) - revision(one))[0];

test('what is saved is in the mirror, comes back from there whatever the storage lost, and stays removed', async (t) => {
  const { page, host, seen } = await openSheet(t, 2, { unit: '某厂' });
  const id = idOf(page);
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const before = await kept(page, 'zp1/doc/');
  await page.evaluate(() => {
    window.said = [];
    const look = () => {
      const now = document.querySelector('.saved .state').textContent;
      if (now !== window.said.at(-1)) window.said.push(now);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await choose(page, '2-11', '', '不符合');
  await saved(page);
  const said = await page.evaluate(() => window.said.filter((it, i) => i === 0 || it !== window.said[i - 1]));
  assert.deepEqual(said.slice(-3).map((it) => it.replace(/\d/g, '0')), ['正在保存', '本机浏览器已收到', '已保存 00:00']);
  assert.equal((await mirror(page))[`doc/${id}`], await latest(page));
  const now = await shown(page);

  // the end of the machine takes the storage back to what it was
  await plant(page, Object.fromEntries(Object.keys(await kept(page, 'zp1/doc/')).map((key) => [key, before[key] ?? null])));
  await goTo(page, page.url());
  await told(page, '已恢复到关闭前保存的内容');
  assert.deepEqual(await shown(page), now);

  // or to nothing, and the home page says where to go on
  await page.goto(`${host.url}about/`);
  await page.evaluate(() => localStorage.clear());
  await page.goto(host.url);
  await page.getByRole('link', { name: '接着填' }).click();
  await appState(page, 'ready');
  await told(page, '已用另存的一份恢复');
  assert.deepEqual(await axe(page), []);
  await page.getByRole('link', { name: '某厂' }).waitFor();
  assert.match(await page.evaluate(() => localStorage.getItem('zp1/last')), /某厂$/);

  // the mirror is lost: it is written again
  await mirror(page, true);
  await goTo(page, page.url());
  await told(page, '自评没有变化');
  assert.equal((await mirror(page))[`doc/${id}`], await latest(page));

  // removed for good, also where the storage goes back to before that
  const last = await kept(page, 'zp1/doc/');
  await page.getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('button', { name: '彻底删除' }).click();
  await page.getByRole('button', { name: '确认彻底删除' }).click();
  await page.getByText('还没有自评').waitFor();
  await page.waitForFunction(() => !Object.keys(localStorage).some((it) => it.startsWith('zp1/gone/')));
  assert.equal((await mirror(page))[`doc/${id}`], '');
  await plant(page, last);
  await goTo(page, page.url());
  await page.getByText('还没有自评').waitFor();
  await page.waitForFunction(() => !Object.keys(localStorage).some((it) => it.startsWith('zp1/doc/')));
  seen.check();
});

test('the rescue page hands out what only the mirror has', async (t) => {
  const { page, host } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const record = await latest(page);
  await page.goto(`${host.url}about/`);
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${host.url}rescue.html`);
  await page.locator('#kept', { hasText: /^找到 1 份自评。$/ }).waitFor();
  assert.deepEqual(JSON.parse(await page.getByLabel('全部数据').inputValue()).档案, [record]);
});

test('the browser is asked to keep the data once there are any, and once; and to write to disk before it says so', async (t) => {
  const before = (page) => page.addInitScript(() => {
    window.asked = 0;
    StorageManager.prototype.persist = async () => { window.asked += 1; return true; };
    window.begun = [];
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...all) {
      window.begun.push([all[1], all[2]?.durability]);
      return begin.apply(this, all);
    };
  });
  const { page, host, seen } = await visit(t, 'start/employer/', { app: 'ready', before });
  const asked = () => page.evaluate(() => window.asked);
  // the mirror was looked at, and there is nothing to lose
  await page.waitForFunction(() => 0 < window.begun.length);
  await goTo(page, `${host.url}mine/`);
  await page.waitForFunction(() => 0 < window.begun.length);
  await page.getByText('还没有自评').waitFor();
  assert.equal(await asked(), 0);
  await goTo(page, `${host.url}start/employer/`);
  assert.equal(await asked(), 0);
  await begin(page, 2, '某厂');
  await saved(page);
  assert.equal(await asked(), 1);
  await choose(page, '2-11', '', '符合');
  await saved(page);
  assert.equal(await asked(), 1);
  const begun = await page.evaluate(() => window.begun);
  assert.ok(begun.some((it) => it[0] === 'readwrite'));
  assert.deepEqual(begun.filter((it) => it[0] === 'readwrite' && it[1] !== 'strict'), []);
  seen.check();
});

// What assets/mirror.js promises whoever asks it.
test('the mirror answers the last question alone, in one transaction, and never before it was asked', async (t) => {
  const { page, seen } = await openSheet(t, 2, { unit: '某厂' });
  await saved(page);
  const ask = (how) => page.evaluate(async (how) => {
    const heard = [];
    const asked = (name, names, texts) => new Promise((done) => {
      let within = true;
      window.askMirror(names, (what, lost) => {
        heard.push([name, within, Array.isArray(what) ? what.filter(Boolean).sort() : what, lost]);
        if (!Array.isArray(what)) return done();
        return texts;
      });
      within = false;
    });
    const { open } = IDBFactory.prototype;
    const { put } = IDBObjectStore.prototype;
    // the second of two
    let n = 0;
    if (how === 'broken') IDBObjectStore.prototype.put = function (...all) { return ++n === 2 ? this.transaction.abort() : put.apply(this, all); };
    if (how === 'blocked') IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };
    if (how === 'twice') void asked('first', null, ['a', 'one']);
    await asked('last', how === 'all' ? null : ['a', 'b'], { written: ['a\none', 'b\ntwo'], broken: ['a\nsix', 'b\nsix'] }[how] ?? []);
    Object.assign(IDBFactory.prototype, { open });
    Object.assign(IDBObjectStore.prototype, { put });
    // what comes too late has come by the end of another question
    if (how === 'twice') await asked('after', ['none'], []);
    return heard.filter((it) => it[0] !== 'after').map((it) => (how === 'all' ? [...it.slice(0, 2), Array.isArray(it[2]) ? it[2].filter((text) => /^[ab]\n/.test(text)) : it[2], it[3]] : it));
  }, how);
  const [found, ended] = [['last', false, [], undefined], ['last', false, true, false]];
  assert.deepEqual(await ask('twice'), [found, ended], 'what comes to the first is no answer any more');
  assert.deepEqual(await ask('written'), [found, ended]);
  const both = ['last', false, ['a\none', 'b\ntwo'], undefined];
  assert.deepEqual(await ask('read'), [both, ended], 'what was written');
  const failed = ['last', false, false, false];
  assert.deepEqual(await ask('broken'), [both, failed], 'what cannot be written');
  assert.deepEqual(await ask('all'), [both, ended], 'nothing of it was written');
  // after what failed it is opened anew
  await ask('broken');
  assert.deepEqual(await ask('blocked'), [failed], 'none to be had');
  assert.deepEqual(await ask('read'), [both, ended]);
  seen.check();
});

// What each store's files in a profile are called, and what is said once they were cut off.
for (const [store, words] of [['Local Storage', /已用另存的一份恢复|已恢复到关闭前保存的内容/], ['IndexedDB', /另存的一份丢失或损坏.*自评没有变化/]]) {
  test(`the files of ${store} are cut off while the browser is closed: all is there, and it is said`, async (t) => {
    const host = await serve();
    t.after(() => host.close());
    const folder = await profile(t);
    const first = await launch({ profile: folder });
    let page = await first.newPage();
    await goTo(page, host.url + startOf(2));
    await begin(page, 2, '某厂');
    await choose(page, '2-11', '', '符合');
    await saved(page);
    const [url, now] = [page.url(), await shown(page)];
    await first.close();
    const files = await filesOf(folder, store);
    assert.ok(files.some((it) => it.endsWith('.log')), `${files}`);
    for (const it of files) await truncate(it, Math.floor((await stat(it)).size / 2));
    const second = await launch({ profile: folder });
    t.after(() => second.close());
    page = await second.newPage();
    await goTo(page, url);
    await told(page, words);
    await page.locator('.sum').waitFor();
    assert.deepEqual(await shown(page), now);
    await goTo(page, `${host.url}mine/`);
    await page.getByRole('link', { name: '某厂' }).waitFor();
  });
}

// How a browser may have no mirror: an older Firefox refuses in a private window, Safari was known not to answer.
const without = {
  refuses: () => { IDBFactory.prototype.open = () => { throw new DOMException('no', 'InvalidStateError'); }; },
  'never answers': () => { IDBFactory.prototype.open = () => ({}); },
};
for (const [how, script] of Object.entries(without)) {
  test(`a browser whose second store ${how}: everything is saved in the first, and it is said what that means`, async (t) => {
    const before = async (page) => {
      await page.clock.install();
      await page.addInitScript(script);
    };
    const { page, seen } = await openSheet(t, 2, { unit: '某厂', before });
    await choose(page, '2-11', '', '符合');
    await page.clock.runFor(5_000);
    await saved(page);
    await page.locator('.saved', { hasText: '突然断电可能丢失最近一分钟的修改' }).waitFor();
    assert.deepEqual(await axe(page), []);
    const now = await shown(page);
    await goTo(page, page.url());
    assert.deepEqual(await shown(page), now);
    seen.check();
  });
}
