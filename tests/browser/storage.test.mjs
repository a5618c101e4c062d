// Where the browser keeps nothing, has no room, refuses, or holds damaged or newer records: the page says so, nothing is
// written over, and nothing that was entered is lost without a word.

import assert from 'node:assert/strict';
import { launch, profile, serve, visit, watch } from './harness.mjs';
import { test } from './limit.mjs';
import { begin, choose, fileFrom, fill, goTo, kept, newDossier, note, openSheet, put, saved, shown } from './sheet.mjs';

const blocked = [
  ['a setting blocks site data', async (t) => ({ profile: await profile(t, { profile: { default_content_setting_values: { cookies: 2 } } }) })],
  ['a policy switches the storage off', async () => ({ args: ['--disable-local-storage'] })],
];
for (const [why, options] of blocked) {
  test(`${why}: said on every page, filled in all the same, handed out as a file, and never called saved`, async (t) => {
    const host = await serve();
    t.after(() => host.close());
    const context = await launch(await options(t));
    t.after(() => context.close());
    const page = await context.newPage();
    const seen = watch(page, host);
    const told = async () => {
      await page.locator('.band:visible', { hasText: '浏览器禁止保存，关闭页面即丢失' }).waitFor();
      assert.doesNotMatch(await page.locator('body').innerText(), /已保存/);
    };
    await goTo(page, `${host.url}start/employer/`);
    assert.equal(await page.evaluate(() => { try { return !localStorage; } catch { return true; } }), true);
    await told();
    await begin(page, 1, '某厂');
    await told();
    await choose(page, '1-6', '', '符合');
    assert.equal((await shown(page)).points, '2');
    await page.getByRole('link', { name: '返回档案' }).click();
    await page.getByText('已得 2 分').first().waitFor();
    await told();
    const file = await fileFrom(page, () => page.locator('.band:visible').getByRole('button', { name: '下载备份' }).click());
    assert.match(file.name, /^自评备份-某厂-\d{8}\.json$/);
    assert.equal(JSON.parse(file.text).份数, 1);
    await told();
    seen.check();
  });
}

test('where the browser keeps nothing, a dossier can be begun and handed out before anything else', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const context = await launch({ args: ['--disable-local-storage'] });
  t.after(() => context.close());
  const page = await context.newPage();
  const seen = watch(page, host);
  await goTo(page, `${host.url}start/social/`);
  await newDossier(page, '某协会');
  const file = await fileFrom(page, () => page.locator('.band:visible').getByRole('button', { name: '下载备份' }).click());
  assert.match(file.name, /^自评备份-某协会-/);
  seen.check();
});

test('where the browser keeps nothing, a link to another site takes nothing of a dossier along', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const context = await launch({ args: ['--disable-local-storage'], hosts: ['other.test'] });
  t.after(() => context.close());
  const page = await context.newPage();
  await goTo(page, `${host.url}start/employer/`);
  await begin(page, 1, '某厂');
  await choose(page, '1-6', '', '符合');
  assert.match(await page.evaluate(() => window.name), /ZP2/);
  const asked = page.waitForEvent('dialog').then((it) => (it.accept(), it.type()));
  await page.evaluate((url) => { location.href = url; }, `${host.url.replace('127.0.0.1', 'other.test')}about/`);
  assert.equal(await asked, 'beforeunload');
  await page.waitForURL(/other\.test/);
  assert.equal(await page.evaluate(() => window.name), '');
});

// Fills the storage to the last letter, under somebody else's names; gives what is ours.
async function fillUp(page) {
  await page.evaluate(() => {
    for (let size = 1 << 20; 1 <= size; size = Math.floor(size / 2)) {
      try { for (;;) localStorage.setItem(`pad-${Math.random()}`, 'x'.repeat(size)); } catch { /* smaller, then */ }
    }
    // names take room too
    try { for (let i = 0; ; i += 1) localStorage.setItem(i.toString(36), ''); } catch { /* full */ }
  });
  return kept(page, 'zp1/');
}

test('somebody else fills the storage: the old version stays byte for byte, not saved is said, and room makes it save again', async (t) => {
  const { page } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const before = await fillUp(page);
  await (await note(page, 1)).fill('备注'.repeat(200));
  await page.getByText('未保存：浏览器空间已满或拒绝写入').waitFor();
  assert.equal(await page.locator('.saved .state').textContent(), '未保存');
  assert.deepEqual(await kept(page, 'zp1/'), before);
  const file = await fileFrom(page, () => page.locator('.band:visible').getByRole('button', { name: '下载备份' }).click());
  assert.match(file.text, /备注：备注备注/);
  assert.equal(await page.locator('.saved .state').textContent(), '未保存');
  assert.deepEqual(await kept(page, 'zp1/'), before);
  await page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('pad-')).forEach((it) => localStorage.removeItem(it)));
  await fill(page, '2-1', { defects: 0 });
  await saved(page);
  assert.equal(await page.locator('.band:visible').count(), 0);
  await goTo(page, page.url());
  assert.equal(await page.locator('#note-1').inputValue(), '备注'.repeat(200));
});

test('somebody else fills the storage before anything of ours is there: that is said, not that the browser forbids it', async (t) => {
  const { page, host, seen } = await visit(t, 'start/employer/', { app: ['ready', 'fallback'] });
  await page.evaluate(() => localStorage.clear());
  assert.deepEqual(await fillUp(page), {});
  await goTo(page, `${host.url}start/employer/`);
  await page.getByRole('link', { name: '先不回答，以后再填' }).click();
  await page.getByLabel('申请单位名称').fill('某厂');
  const begin = page.getByRole('button', { name: '建立自评档案' });
  await begin.click();
  await page.locator('.band:visible', { hasText: '未保存：浏览器空间已满或拒绝写入' }).waitFor();
  assert.doesNotMatch(await page.locator('body').innerText(), /禁止保存|已保存/);
  assert.deepEqual(await kept(page, 'zp1/'), {});
  // what was entered is still there, and is saved once there is room
  assert.equal(await page.getByLabel('申请单位名称').inputValue(), '某厂');
  await page.evaluate(() => localStorage.clear());
  await begin.click();
  await page.getByRole('heading', { name: '某厂', level: 1 }).waitFor();
  assert.equal(await page.locator('.band:visible').count(), 0);
  await page.goto(`${host.url}rescue.html`);
  await page.locator('#kept', { hasText: /^找到 1 份自评。$/ }).waitFor();
  seen.check();
});

test('the page is loaded anew while the storage is full: what was saved is shown', async (t) => {
  const { page, host } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const before = await shown(page);
  const texts = await fillUp(page);
  await goTo(page, page.url());
  assert.deepEqual(await shown(page), before);
  await choose(page, '2-11', '', '不符合');
  await page.locator('.saved .state', { hasText: /^未保存$/ }).waitFor();
  assert.deepEqual(await kept(page, 'zp1/'), texts);
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('link', { name: '某厂' }).waitFor();
});

// A storage that refuses, or keeps something else than it was given, so many times.
const moody = (page) => page.addInitScript(() => {
  const real = Storage.prototype.setItem;
  Object.assign(window, { refuses: 0, spoils: 0 });
  Storage.prototype.setItem = function (key, text) {
    const ours = this === localStorage;
    if (ours && 0 < window.refuses) {
      window.refuses -= 1;
      throw new DOMException('no', 'QuotaExceededError');
    }
    if (ours && 0 < window.spoils) {
      window.spoils -= 1;
      return real.call(this, key, text.slice(1));
    }
    return real.call(this, key, text);
  };
});
const now = (page, mood) => page.evaluate((mood) => Object.assign(window, mood), mood);

for (const mood of ['refuses', 'spoils']) {
  test(`a storage that once ${mood} the record is asked again, and it is saved`, async (t) => {
    const { page, seen } = await openSheet(t, 2, { before: moody });
    await now(page, { [mood]: 1 });
    await choose(page, '2-11', '', '符合');
    await saved(page);
    assert.equal(await page.evaluate((mood) => window[mood], mood), 0);
    const before = await shown(page);
    await goTo(page, page.url());
    assert.deepEqual(await shown(page), before);
    seen.check();
  });

  test(`a storage that always ${mood} the record: not saved is said until it is`, async (t) => {
    const { page, seen } = await openSheet(t, 2, { before: moody });
    await now(page, { [mood]: Infinity });
    await choose(page, '2-11', '', '符合');
    await page.locator('.band:visible', { hasText: '未保存' }).waitFor();
    await fill(page, '2-1', { defects: 0 });
    await page.locator('.saved .state', { hasText: /^未保存$/ }).waitFor();
    await now(page, { [mood]: 0 });
    await fill(page, '2-1', { defects: 1 });
    await saved(page);
    assert.equal(await page.locator('.band:visible').count(), 0);
    const before = await shown(page);
    await goTo(page, page.url());
    assert.deepEqual(await shown(page), before);
    seen.check();
  });
}

const revision = (text) => Number(text.split('.')[1]);
// The names of a dossier's two records, the latest first.
const slots = (all) => Object.keys(all).filter((it) => it.startsWith('zp1/doc/')).sort((a, b) => revision(all[b]) - revision(all[a]));
// A sheet with two records, the first without the last answer.
async function twice(t, options) {
  const it = await openSheet(t, 2, { unit: '某厂', ...options });
  await choose(it.page, '2-11', '', '符合');
  await saved(it.page);
  const before = await shown(it.page);
  await fill(it.page, '2-1', { defects: 0 });
  await saved(it.page);
  const all = await kept(it.page);
  assert.equal(slots(all).length, 2);
  return { ...it, all, names: slots(all), states: [await shown(it.page), before] };
}

const damages = {
  'is garbage': () => '\u0000垃圾 {"',
  'is somebody else’s JSON': () => '{}',
  'was cut': (text) => text.slice(0, -20),
  'has one wrong letter': (text) => `${text.slice(0, 60)}${text[60] === 'A' ? 'B' : 'A'}${text.slice(61)}`,
};
for (const [how, damage] of Object.entries(damages)) {
  test(`a record that ${how}: the other one is shown with a word, and the damaged text is set aside, handed out and deleted`, async (t) => {
    const { page, host, seen, all, names, states } = await twice(t);
    const damaged = damage(all[names[0]]);
    await put(page, { [names[0]]: damaged });
    await goTo(page, page.url());
    assert.deepEqual(await shown(page), states[1]);
    await page.locator('.band:visible', { hasText: '上次保存的记录有一份损坏，现在显示的是完好的另一份' }).waitFor();
    await goTo(page, `${host.url}mine/`);
    await page.getByRole('heading', { name: '损坏的数据' }).waitFor();
    const item = page.locator('li.bad', { hasText: '一份损坏的数据' });
    const file = await fileFrom(page, () => item.getByRole('button', { name: '下载原始数据' }).click());
    assert.equal(file.text, damaged);
    await page.getByRole('link', { name: '某厂' }).waitFor();
    const good = all[names[1]];
    assert.equal((await kept(page))[names[1]], good);
    await item.getByRole('button', { name: '删除' }).click();
    await page.getByRole('heading', { name: '损坏的数据' }).waitFor({ state: 'detached', timeout: 5000 });
    assert.deepEqual(Object.keys(await kept(page, 'zp1/quar/')), []);
    assert.equal((await kept(page))[names[1]], good);
    await page.getByRole('link', { name: '某厂' }).click();
    await page.getByRole('link', { name: '附件2' }).first().click();
    await page.locator('.sum').waitFor();
    assert.deepEqual(await shown(page), states[1]);
    seen.check();
  });
}

test('after a damaged record the next edit saves, and the damaged text is still there', async (t) => {
  const { page, all, names } = await twice(t);
  await put(page, { [names[0]]: '{}' });
  await goTo(page, page.url());
  await choose(page, '2-11', '', '不符合');
  await saved(page);
  const now = await kept(page);
  assert.equal(now[names[1]], all[names[1]]);
  assert.deepEqual(Object.entries(now).filter(([key]) => key.startsWith('zp1/quar/')).map((it) => it[1]), ['{}']);
});

test('both records damaged: the page says so, hands them out, writes nothing, and other dossiers are well', async (t) => {
  const { page, host, seen, names } = await twice(t);
  await goTo(page, `${host.url}start/social/`);
  await newDossier(page, '某协会');
  await saved(page);
  const id = names[0].split('/')[2];
  await put(page, { [names[0]]: '{}', [names[1]]: 'ZP2.oops' });
  const before = await kept(page);
  for (const path of [`dossier/?of=${id}`, `sheet/2/?of=${id}-2`, `rubric/2/?of=${id}-2`, `scope/?of=${id}`]) {
    await goTo(page, host.url + path);
    await page.getByRole('heading', { name: '这份自评已损坏' }).waitFor();
    const file = await fileFrom(page, () => page.getByRole('button', { name: '下载原始数据' }).click());
    assert.equal(file.text, [...names].sort().map((it) => before[it]).join('\n'));
    await page.locator('main').getByRole('link', { name: '数据救援页' }).waitFor();
  }
  await goTo(page, `${host.url}mine/`);
  await page.getByText('一份自评已损坏，读不出来').waitFor();
  assert.deepEqual(await kept(page), before);
  await page.getByRole('link', { name: '某协会' }).click();
  await page.getByLabel('申请单位名称').fill('某协会的');
  await saved(page);
  assert.deepEqual([(await kept(page))[names[0]], (await kept(page))[names[1]]], names.map((it) => before[it]));
  seen.check();
});

for (const n of [1, 2]) {
  test(`a newer program's record in ${n === 1 ? 'one slot' : 'both slots'}: to be looked at, never changed`, async (t) => {
    const { page, host, seen, names } = await twice(t);
    const id = names[0].split('/')[2];
    await put(page, Object.fromEntries(names.slice(0, n).map((it, i) => [it, `ZP9.${9 - i}.1.1800000000.0.4.123.AAAA`])));
    const before = await kept(page);
    for (const path of [`dossier/?of=${id}`, `sheet/2/?of=${id}-2`, `rubric/2/?of=${id}-2`, `scope/?of=${id}`]) {
      await goTo(page, host.url + path);
      await page.getByText(/由较新版本的程序保存/).first().waitFor();
      assert.equal(await page.locator('main').locator('input, textarea, select, [contenteditable]').count(), 0, path);
      for (const key of ['Control+z', 'Control+y', 'Control+s']) await page.keyboard.press(key);
      assert.deepEqual(await kept(page), before, path);
    }
    await goTo(page, `${host.url}mine/`);
    await page.getByText('由较新版本的程序保存，不会改动它').waitFor();
    await goTo(page, host.url);
    assert.deepEqual(await kept(page), before);
    seen.check();
  });
}

test('the clock goes back by a year: the later save is the one that counts', async (t) => {
  const { page } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  await page.clock.setFixedTime(Date.now() - 365 * 86_400_000);
  await choose(page, '2-11', '', '不符合');
  await saved(page);
  const after = await shown(page);
  await goTo(page, page.url());
  assert.deepEqual(await shown(page), after);
  assert.equal(after.points, '0');
});
