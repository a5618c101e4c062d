// A field writes to the dossier, the sheet and the cell that it was made for, and to nothing else: Chromium reports the text
// of a field in use once more while its page is taken away, and by then another dossier is open.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appState, root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { goTo, kept, newDossier, openSheet, put, saved } from './sheet.mjs';

const record = readFileSync(join(root, 'tests/records/v3/employer.txt'), 'utf8').trim();

// Follows a link of the page to an address of the site, as somebody would, without loading it.
const follow = (page, url) => page.evaluate((url) => {
  const link = document.createElement('a');
  link.href = url;
  document.querySelector('main').append(link);
  link.click();
}, url);
const at = (page, url) => page.waitForFunction((url) => location.href === url && document.querySelector('main h1'), url);

const pages = ['dossier/?of=ID', 'sheet/2/?of=ID-3', 'scope/?of=ID', 'roster/?of=ID', 'evidence/?of=ID', 'plan/?of=ID-3', 'versions/?of=ID-3'];
// At most so many fields of a page, from its top to its end.
const MOST = 8;

for (const path of pages) {
  test(`${path}: whoever goes back with a field in use changes nothing in the dossier that is open then`, async (t) => {
    const { page, host, seen } = await visit(t, 'about/');
    await put(page, { 'zp1/doc/one/a': record, 'zp1/doc/two/a': record });
    const [one, two] = ['one', 'two'].map((id) => host.url + path.replace('ID', id));
    await goTo(page, one);
    for (const open of ['添加考评人员', '添加材料', '全部展开']) {
      const button = page.getByRole('button', { name: open }).first();
      if (await button.count()) await button.click();
    }
    await page.keyboard.press('Control+s');
    // the fifth number of a record: how many edits no backup has; it is saved a moment after the file
    await page.waitForFunction(() => Object.entries(localStorage).some(([key, text]) => key.startsWith('zp1/doc/one/') && text.split('.')[4] === '0'));
    await follow(page, two);
    await at(page, two);
    const before = await kept(page, 'zp1/doc/one/');
    const fields = page.locator('main').locator('input[type=text], textarea').filter({ visible: true });
    const all = await fields.count();
    let typed = 0;
    for (let n = 0; n < all && typed < MOST; n += Math.max(1, Math.floor(all / MOST))) {
      await fields.nth(n).focus();
      await page.keyboard.insertText('7');
      typed += 1;
      await page.goBack();
      await at(page, one);
      await page.goForward();
      await at(page, two);
    }
    assert.ok(0 < typed);
    await follow(page, `${host.url}mine/`);
    await at(page, `${host.url}mine/`);
    assert.deepEqual(await kept(page, 'zp1/doc/one/'), before);
    assert.notEqual((await kept(page, 'zp1/doc/two/'))['zp1/doc/two/b'], undefined);
    seen.check();
  });
}

test('from one dossier to another by way of the list, and back twice: each keeps its name', async (t) => {
  const { page, host, seen } = await visit(t, 'start/social/', { app: 'ready' });
  await newDossier(page, '甲');
  const one = page.url();
  await goTo(page, `${host.url}start/social/`);
  await newDossier(page, '乙');
  await goTo(page, one);
  await page.getByRole('link', { name: '我的自评' }).first().click();
  await page.getByRole('link', { name: '乙', exact: true }).click();
  await page.getByRole('heading', { name: '乙', level: 1 }).waitFor();
  await page.getByLabel('申请单位名称').focus();
  await page.keyboard.press('End');
  await page.keyboard.insertText('二');
  await page.evaluate(() => history.go(-2));
  await page.getByRole('heading', { name: '甲', level: 1 }).waitFor();
  await goTo(page, `${host.url}mine/`);
  assert.deepEqual((await page.locator('ul.sheets h3').allTextContents()).sort(), ['乙二', '甲']);
  seen.check();
});

test('a word that an input method has not finished goes into the dossier that it was typed in', async (t) => {
  const { page, context, host } = await visit(t, 'about/');
  await put(page, { 'zp1/doc/one/a': record, 'zp1/doc/two/a': record });
  const [one, two] = ['one', 'two'].map((id) => `${host.url}dossier/?of=${id}`);
  await goTo(page, one);
  await follow(page, two);
  await at(page, two);
  const before = await kept(page, 'zp1/doc/one/');
  await page.getByLabel('联系人').fill('');
  await page.getByLabel('联系人').focus();
  const keys = await context.newCDPSession(page);
  await keys.send('Input.imeSetComposition', { text: '王', selectionStart: 1, selectionEnd: 1 });
  await page.evaluate(() => history.back());
  await at(page, one);
  assert.equal(await page.getByLabel('联系人').inputValue(), '联系人甲');
  await follow(page, two);
  await at(page, two);
  assert.equal(await page.getByLabel('联系人').inputValue(), '王');
  assert.deepEqual(await kept(page, 'zp1/doc/one/'), before);
});

test('another page of the dossier puts a paper above the one being typed in: the text stays with its own', async (t) => {
  const { page, context, host } = await visit(t, 'about/');
  await put(page, { 'zp1/doc/one/a': record });
  await goTo(page, `${host.url}evidence/?of=one`);
  const papers = () => page.locator('main label.paper input').evaluateAll((all) => all.map((it) => it.value));
  await page.getByRole('button', { name: /添加材料/ }).last().click();
  const last = page.locator('main label.paper input').last();
  await last.fill('合同');
  await saved(page);
  const n = (await papers()).length;
  const second = await context.newPage();
  await goTo(second, page.url());
  await second.getByRole('button', { name: /添加材料/ }).first().click();
  await page.bringToFront();
  await last.focus();
  await page.keyboard.press('End');
  await page.keyboard.insertText('书');
  await second.bringToFront();
  await saved(second);
  await page.bringToFront();
  await page.waitForFunction((n) => document.querySelectorAll('main label.paper input').length === n, n + 1);
  const all = await papers();
  assert.equal(all.filter((it) => it.startsWith('合同')).length, 1, all.join());
  assert.match(all.at(-1), /^合同/);
});
