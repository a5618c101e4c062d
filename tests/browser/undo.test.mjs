// Ctrl+Z takes back what was done last, Ctrl+Y and Ctrl+Shift+Z do it again: in every kind of field, from page to page.

import assert from 'node:assert/strict';
import { appState } from './harness.mjs';
import { test } from './limit.mjs';
import { choose, fill, kept, note, openSheet, saved, shown } from './sheet.mjs';

const undo = (page) => page.keyboard.press('Control+z');
const redos = ['Control+y', 'Control+Shift+z'];
const told = (page, words) => page.locator('.told', { hasText: words }).waitFor();

// What is typed from here on is typed in one moment: the page's clock tells the same time, however long it takes.
const moment = (page) => page.clock.setFixedTime(Date.now());

// Undoes and does again by both keys, with what the page shows before and after.
async function thereAndBack(page, read, before, after) {
  assert.deepEqual(await read(), after);
  for (const redo of redos) {
    await undo(page);
    await told(page, '已撤销一步');
    assert.deepEqual(await read(), before);
    await page.keyboard.press(redo);
    await told(page, '已重做一步');
    assert.deepEqual(await read(), after);
  }
  await saved(page);
}

test('a choice is taken back and done again', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  await choose(page, '2-11', '', '符合');
  const marked = () => page.locator('[id="2-11"] .seg input').evaluateAll((all) => all.map((it) => it.checked));
  const first = await marked();
  await choose(page, '2-11', '', '不符合');
  await thereAndBack(page, marked, first, await marked());
  await undo(page);
  await undo(page);
  assert.deepEqual(await marked(), first.map(() => false));
  await told(page, '已撤销一步：2-11');
  seen.check();
});

test('a number is taken back and done again, and so is the result', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  const blank = await shown(page);
  await fill(page, '2-1', { defects: 2 });
  await thereAndBack(page, () => shown(page), blank, await shown(page));
  const field = page.locator('[id="2-1"] input[type=text]').first();
  assert.equal(await field.inputValue(), '2');
  await undo(page);
  assert.equal(await field.inputValue(), '');
  seen.check();
});

test('what is typed without a pause into a note is one step', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  await moment(page);
  const field = await note(page, 1);
  await field.focus();
  await page.keyboard.type('聘书见附页');
  await thereAndBack(page, () => field.inputValue(), '', '聘书见附页');
  seen.check();
});

test('two fields are two steps, however fast one types', async (t) => {
  const { page } = await openSheet(t, 2);
  const [one, two] = [await note(page, 1), await note(page, 4)];
  await moment(page);
  await one.focus();
  await page.keyboard.type('甲乙');
  await two.focus();
  await page.keyboard.type('丙丁');
  await undo(page);
  assert.deepEqual([await one.inputValue(), await two.inputValue()], ['甲乙', '']);
  await undo(page);
  assert.deepEqual([await one.inputValue(), await two.inputValue()], ['', '']);
});

test('the header of a sheet is taken back and done again', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  await moment(page);
  const field = page.getByLabel('职业（工种/方向）名称');
  await field.focus();
  await page.keyboard.type('车工');
  await thereAndBack(page, () => field.inputValue(), '', '车工');
  await told(page, '已重做一步：附件2 表头');
  seen.check();
});

test('the name of the unit is taken back and done again', async (t) => {
  const { page, seen } = await openSheet(t, 2, { unit: '某厂' });
  await page.getByRole('link', { name: '返回档案' }).click();
  const field = page.getByLabel('申请单位名称');
  await field.focus();
  await moment(page);
  await page.keyboard.press('End');
  await page.keyboard.type('分厂');
  const read = async () => [await field.inputValue(), await page.locator('h1').textContent()];
  await thereAndBack(page, read, ['某厂', '某厂'], ['某厂分厂', '某厂分厂']);
  seen.check();
});

test('a sheet that was removed comes back with all its answers', async (t) => {
  const { page, seen } = await openSheet(t, 2, { unit: '某厂' });
  await fill(page, '2-1', { defects: 0 });
  const before = await shown(page);
  await page.getByRole('link', { name: '返回档案' }).click();
  const sheet = page.getByRole('link', { name: '附件2 未填职业名称' });
  await sheet.waitFor();
  await page.getByRole('button', { name: '删除' }).click();
  await thereAndBack(page, () => sheet.count(), 1, 0);
  await undo(page);
  await sheet.click();
  await page.locator('.sum').waitFor();
  assert.deepEqual(await shown(page), before);
  seen.check();
});

test('steps go along from the sheet to the dossier and back, and to a page loaded anew', async (t) => {
  const { page, seen } = await openSheet(t, 2, { unit: '某厂' });
  const blank = await shown(page);
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const after = await shown(page);
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByLabel('申请单位名称').waitFor();
  await appState(page, 'ready');
  await undo(page);
  await told(page, '已撤销一步：2-11');
  await saved(page);
  await page.getByRole('link', { name: '附件2' }).first().click();
  await page.locator('.sum').waitFor();
  await appState(page, 'ready');
  assert.deepEqual(await shown(page), blank);
  await page.reload();
  await appState(page, 'ready');
  await page.keyboard.press('Control+y');
  await told(page, '已重做一步：2-11');
  assert.deepEqual(await shown(page), after);
  await undo(page);
  assert.deepEqual(await shown(page), blank);
  seen.check();
});

test('in the search field the keys are the browser’s, and the dossier stays as it is', async (t) => {
  const { page } = await openSheet(t, 2);
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const before = await kept(page);
  await page.locator('#q').focus();
  await page.keyboard.type('考评');
  await undo(page);
  assert.notEqual(await page.locator('#q').inputValue(), '考评');
  for (const redo of redos) await page.keyboard.press(redo);
  assert.deepEqual(await kept(page), before);
  assert.equal(await page.locator('.told').textContent(), '');
});

test('where nothing was done the buttons are off and the keys do nothing', async (t) => {
  const { page, host } = await openSheet(t, 1);
  const address = page.url();
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${host.url}about/`);
  await page.goto(address);
  await appState(page, 'ready');
  const before = await kept(page);
  for (const key of ['Control+z', ...redos]) await page.keyboard.press(key);
  assert.deepEqual(await kept(page), before);
  for (const name of ['撤销', '重做']) assert.ok(await page.locator('.saved').getByRole('button', { name }).isDisabled(), name);
});

test('a new edit after undoing ends what could be done again', async (t) => {
  const { page } = await openSheet(t, 2);
  await choose(page, '2-11', '', '符合');
  await undo(page);
  await choose(page, '2-16', '', '符合');
  const before = await shown(page);
  await page.keyboard.press('Control+y');
  assert.deepEqual(await shown(page), before);
  assert.ok(await page.locator('.saved').getByRole('button', { name: '重做' }).isDisabled());
});
