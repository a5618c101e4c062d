// 接着填 on the home page: it follows what was saved last, believes nothing that lies in the storage, and stands there
// without a program of ours.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { axe, dist, launch, serve, visit, watch } from './harness.mjs';
import { chromium86 } from './kernels.mjs';
import { test } from './limit.mjs';
import { begin, choose, goTo, newDossier, openSheet, put, saved } from './sheet.mjs';

const LAST = 'zp1/last';
const links = (page) => page.evaluate(() => [...document.querySelectorAll('#going > *')].map((it) => [it.textContent, it.getAttribute('href')]));
const to = (id, name) => [[`接着填：${name}`, `dossier/?of=${id}`], ['全部自评', 'mine/']];
const toAll = [['接着填', 'mine/']];
const idOf = (page) => new URL(page.url()).searchParams.get('of').split('-')[0];
const inList = (page, name) => page.getByRole('listitem').filter({ hasText: name });
const until = (page, words) => page.waitForFunction((words) => document.getElementById('going')?.textContent === words, words);

test('it leads to the dossier saved last, not to the bin, and to nothing where there is nothing', async (t) => {
  const { page, host, seen } = await visit(t);
  assert.deepEqual(await links(page), []);
  assert.equal(await page.locator('#going').isVisible(), false);
  // whoever only looked at the start has nothing to go on with
  await goTo(page, `${host.url}start/employer/`);
  await page.waitForFunction((last) => localStorage.getItem(last) === '', LAST);
  await goTo(page, host.url);
  assert.match(JSON.stringify(await page.evaluate(() => indexedDB.databases())), /"zp1"/);
  assert.deepEqual(await links(page), []);
  await goTo(page, `${host.url}start/employer/`);
  await newDossier(page, '某厂');
  const factory = idOf(page);
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to(factory, '某厂'));
  for (const [width, height] of [[1366, 768], [360, 640]]) {
    await page.setViewportSize({ width, height });
    assert.deepEqual(await axe(page), []);
  }
  await goTo(page, `${host.url}start/social/`);
  await newDossier(page, '某协会');
  const society = idOf(page);
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to(society, '某协会'));
  // by its link to the dossier, which is given another name, and back to the one before
  await page.getByRole('link', { name: '接着填：某协会' }).click();
  await page.getByLabel('申请单位名称').fill('某协会的');
  await saved(page);
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to(society, '某协会的'));
  await goTo(page, `${host.url}dossier/?of=${factory}`);
  await page.getByLabel('申请单位名称').fill('');
  await saved(page);
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to(factory, '未填单位'));
  // into the bin, out of it, and away for good
  await goTo(page, `${host.url}mine/`);
  await inList(page, '未填单位').getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('heading', { name: '回收站' }).waitFor();
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to(society, '某协会的'));
  await goTo(page, `${host.url}mine/`);
  await inList(page, '某协会的').getByRole('button', { name: '移到回收站' }).click();
  await page.getByText('还没有自评。').waitFor();
  await goTo(page, host.url);
  assert.deepEqual(await links(page), []);
  await goTo(page, `${host.url}mine/`);
  await inList(page, '未填单位').getByRole('button', { name: '恢复', exact: true }).click();
  await page.getByRole('link', { name: '未填单位' }).waitFor();
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to(factory, '未填单位'));
  await goTo(page, `${host.url}mine/`);
  await inList(page, '未填单位').getByRole('button', { name: '移到回收站' }).click();
  await inList(page, '未填单位').getByRole('button', { name: '彻底删除' }).click();
  await page.getByRole('button', { name: '确认彻底删除' }).click();
  await inList(page, '未填单位').waitFor({ state: 'detached' });
  await goTo(page, host.url);
  assert.deepEqual(await links(page), []);
  seen.check();
});

test('a page that stays open follows the other tabs, and is right when one comes back to it', async (t) => {
  const { page, context, host } = await openSheet(t, 2, { unit: '某厂' });
  const id = idOf(page);
  const home = await context.newPage();
  await home.goto(host.url);
  assert.deepEqual(await links(home), to(id, '某厂'));
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByLabel('申请单位名称').fill('某总厂');
  await until(home, '接着填：某总厂全部自评');
  // what this very tab wrote is told to no listener; coming back is
  await put(home, { [LAST]: `dossier/?of=${id} 改过` });
  await home.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  assert.deepEqual(await links(home), to(id, '改过'));
});

const RECORD = 'ZP2.1.1.1800000000.0.4.123.AAAA';

test('data from before the line was kept leads to the list of all', async (t) => {
  const { page, host } = await openSheet(t, 2, { unit: '某厂' });
  const id = idOf(page);
  await put(page, { [LAST]: null });
  await goTo(page, host.url);
  assert.deepEqual(await links(page), toAll);
  await page.getByRole('link', { name: '接着填' }).click();
  await page.getByRole('link', { name: '某厂' }).click();
  await page.getByLabel('申请单位名称').fill('某总厂');
  await saved(page);
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to(id, '某总厂'));
});

const lines = {
  'a script': 'javascript:alert(1) 某厂',
  'another host': '//other.test/?of=k1 某厂',
  'an absolute address': 'https://other.test/dossier/?of=k1 某厂',
  'a page above': '../dossier/?of=k1 某厂',
  'another page': 'mine/ 某厂',
  'an address that goes on': 'dossier/?of=k1&x=1 某厂',
  'an id with markup': 'dossier/?of=k1"><img 某厂',
  'a dossier that is not there': 'dossier/?of=k2 某厂',
  'an id without end': `dossier/?of=${'k'.repeat(100_000)} 某厂`,
  'no name': 'dossier/?of=k1 ',
  'no address': ' ',
  'somebody else’s JSON': '{"address":"dossier/?of=k1"}',
};
test('a line that is none of ours leads to the list of all, whatever it says', async (t) => {
  const { page, host, seen } = await visit(t);
  for (const [what, line] of Object.entries(lines)) {
    await put(page, { 'zp1/doc/k1/a': RECORD, [LAST]: line });
    await goTo(page, host.url);
    assert.deepEqual(await links(page), toAll, what);
  }
  // a name is only ever text, and no longer than a button
  const name = '<img src=x onerror=alert(1)><b>厂</b>';
  await put(page, { [LAST]: `dossier/?of=k1 ${name}` });
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to('k1', name));
  await put(page, { [LAST]: `dossier/?of=k1 ${'某'.repeat(100_000)}` });
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to('k1', '某'.repeat(100)));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  seen.check();
});

test('a dossier that is damaged, or that a newer version wrote, is looked for in the list of all', async (t) => {
  const { page, host, seen } = await visit(t);
  const line = { [LAST]: 'dossier/?of=k1 某厂' };
  for (const record of ['{}', '', 'ZP9.1.1.1800000000.0.4.123.AAAA', 'P2.1']) {
    await put(page, { ...line, 'zp1/doc/k1/a': record, 'zp1/doc/k1/b': RECORD });
    await goTo(page, host.url);
    assert.deepEqual(await links(page), toAll, record);
  }
  await put(page, { 'zp1/doc/k1/a': null });
  await goTo(page, host.url);
  assert.deepEqual(await links(page), to('k1', '某厂'));
  await put(page, { 'zp1/doc/k1/b': null });
  await goTo(page, host.url);
  assert.deepEqual(await links(page), []);
  seen.check();
});

test('an odd name stands in one line, and a long one is cut', async (t) => {
  const { page, host } = await openSheet(t, 2, { unit: `某\t厂 ${'长'.repeat(300)}` });
  const line = await page.evaluate((name) => localStorage.getItem(name), LAST);
  assert.doesNotMatch(line, /[\t\n\r]/);
  assert.equal(line.length, `dossier/?of=${idOf(page)} `.length + 100);
  await goTo(page, host.url);
  assert.equal((await links(page))[0][0].length, '接着填：'.length + 100);
});

test('where the browser keeps nothing it is said, and the dossier goes along to the home page, on, and nowhere else', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const context = await launch({ args: ['--disable-local-storage'], hosts: ['other.test'] });
  t.after(() => context.close());
  const page = await context.newPage();
  const seen = watch(page, host);
  await page.goto(host.url);
  await page.locator('.band:visible', { hasText: '浏览器禁止保存，关闭页面即丢失' }).waitFor();
  assert.deepEqual(await links(page), []);
  assert.deepEqual(await axe(page), []);
  await goTo(page, `${host.url}start/employer/`);
  await begin(page, 1, '某厂');
  await choose(page, '1-6', '', '符合');
  const id = idOf(page);
  await page.locator('.brand').click();
  await page.waitForURL(host.url);
  await until(page, '接着填：某厂全部自评');
  assert.deepEqual(await links(page), to(id, '某厂'));
  await page.getByRole('link', { name: '谁到哪里备案' }).click();
  await page.waitForURL('**/filing/');
  await page.getByRole('link', { name: '使用说明' }).click();
  await page.waitForURL('**/about/');
  await page.locator('.brand').click();
  await page.getByRole('link', { name: '接着填：某厂' }).click();
  await page.getByText('已得 2 分').first().waitFor();
  seen.check();
  await page.locator('.brand').click();
  await until(page, '接着填：某厂全部自评');
  const answered = (yes) => page.waitForEvent('dialog').then((it) => (yes ? it.accept() : it.dismiss(), it.type()));
  // to stay loses nothing
  const other = `${host.url.replace('127.0.0.1', 'other.test')}about/`;
  let asked = answered(false);
  await page.evaluate((url) => { location.href = url; }, other);
  assert.equal(await asked, 'beforeunload');
  await page.getByRole('link', { name: '接着填：某厂' }).click();
  await page.getByText('已得 2 分').first().waitFor();
  await page.locator('.brand').click();
  await until(page, '接着填：某厂全部自评');
  asked = answered(true);
  await page.evaluate((url) => { location.href = url; }, other);
  assert.equal(await asked, 'beforeunload');
  await page.waitForURL(/other\.test/);
  assert.equal(await page.evaluate(() => window.name), '');
});

test('Chromium 86 has it too', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const browser = await chromium86();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(host.url);
  await put(page, { 'zp1/doc/k1/a': RECORD, [LAST]: 'dossier/?of=k1 某厂' });
  await page.reload();
  assert.deepEqual(await links(page), to('k1', '某厂'));
  assert.deepEqual(errors, []);
});

test('without scripts the home page reads, and says what is missing', async (t) => {
  const { page } = await visit(t, '', { browser: { javaScriptEnabled: false } });
  assert.ok(await page.locator('noscript p', { hasText: '浏览器关闭了脚本，不能在线填写' }).isVisible());
  assert.equal(await page.getByRole('link', { name: '开始自评' }).count(), 3);
  for (const it of ['#going', '.band']) assert.equal(await page.locator(it).isVisible(), false);
});

test('its script has less than 1 KB, and writes nothing', () => {
  const [name] = readdirSync(join(dist, 'assets')).filter((it) => it.startsWith('going-'));
  const script = readFileSync(join(dist, 'assets', name));
  assert.ok(script.length < 1024, `${script.length} bytes`);
  assert.doesNotMatch(script.toString(), /setItem|innerHTML|eval/);
});

test('who comes for the first time sees where to begin, in a small window of an office', async (t) => {
  const { page, seen } = await visit(t);
  await page.setViewportSize({ width: 1366, height: 620 });
  const below = await page.evaluate(() => [...document.querySelectorAll('.card .btn')].map((it) => it.getBoundingClientRect().bottom));
  assert.equal(below.length, 3);
  assert.ok(below.every((it) => it <= 620), String(below));
  seen.check();
});
