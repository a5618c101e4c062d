// 名册: lists typed and pasted, what follows from them taken with one press, on paper and in files; names stay here.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { axe, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { pdfText } from './pdf.mjs';
import { begin, fileFrom, openFile } from './sheet.mjs';

const [EXAMINERS, EXPERTS, EQUIPMENT] = [0, 1, 2];
const [NAME, OCCUPATION] = [0, 1];
const saved = (page) => page.locator('.saved.good').waitFor();
const cell = (page, list, row, column) => page.locator(`#list-${list} .people tbody tr`).nth(row).locator('td').nth(column).locator('input, select');
const paste = (page, list, text) => page.locator(`#list-${list} details.bring`).evaluate((it) => { it.open = true; })
  .then(() => page.locator(`#paste-${list}`).fill(text));
const names = (page, list) => page.locator(`#list-${list} .people tbody tr`).evaluateAll((rows) => rows.map((it) => it.querySelector('input').value));

// A new dossier of an employer with a sheet for 车工, at its roster.
async function openRoster(t, options = {}) {
  const it = await visit(t, 'start/employer/', { app: ['ready', 'fallback'], ...options });
  const { page } = it;
  await begin(page, 2, '某某机械有限公司');
  const sheet = page.url();
  await page.getByRole('link', { name: '返回档案' }).first().click();
  await page.getByRole('link', { name: '填写、采用和打印名册' }).click();
  await page.getByRole('heading', { name: '名册', level: 1 }).waitFor();
  return { ...it, sheet };
}

const FIVE = '姓名\t聘用协议\t聘书\t任职条件\t考评员证\n' +
  ['赵一\t√\t×\t√\t√', '钱二\t√\t√\t√\t√', '孙三\t√\t√\t√\t√', '李四\t√\t√\t√\t√', '周五\t√\t√\t√\t×'].join('\n');

test('a list is pasted, looked at, added, taken over into the sheet with one press, and undone', async (t) => {
  const { page, seen, sheet } = await openRoster(t);
  await paste(page, EXAMINERS, `${FIVE}\n合计\t5\t4\t5\t4`);
  await page.getByText('读出 5 行').waitFor();
  await page.locator('.left').getByText('合计行').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: '加入名册（5 行）' }).click();
  await page.getByText('已加入考评人员 5 行，1 行没有加入。').waitFor();
  assert.deepEqual(await names(page, EXAMINERS), ['赵一', '钱二', '孙三', '李四', '周五']);
  const offers = page.locator('.follows .offers').last();
  await offers.getByText('聘任 5 人，其中符合条件 3 人').waitFor();
  await offers.getByText('赵一（无聘书）').first().waitFor();
  await page.getByRole('button', { name: '采用 2-1 不符合 1 名' }).click();
  await page.getByText('2-1 已填为“不符合 1 名”。').waitFor();
  await page.waitForFunction(() => /^offer-\d+-2-1$/.test(document.activeElement.id));
  await page.getByRole('button', { name: /^全部采用（3 项）/ }).click();
  await page.getByText('已采用 3 项。').waitFor();
  await page.waitForFunction(() => /^of-\d+$/.test(document.activeElement.id));
  assert.equal(await page.locator('.follows .offers').last().getByText('与自评表一致').count(), 4);
  await saved(page);
  // the sheet has the numbers, and a row says so where the list says something else later
  await page.goto(sheet);
  await page.locator('fieldset[id="2-4"]').getByText('聘任 5 人').or(page.locator('fieldset[id="2-4"] output')).first().waitFor();
  assert.equal(await page.locator('fieldset[id="2-1"] input[inputmode]').inputValue(), '1');
  assert.equal(await page.locator('.listed').count(), 0);
  await page.locator('fieldset[id="2-1"] input[inputmode]').fill('3');
  await page.locator('fieldset[id="2-1"] .listed').getByText('名册：不符合 1 名').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.locator('fieldset[id="2-1"]').getByRole('button', { name: '采用' }).click();
  assert.equal(await page.locator('fieldset[id="2-1"] input[inputmode]').inputValue(), '1');
  assert.equal(await page.locator('.listed').count(), 0);
  seen.check();
});

test('while nothing is listed, all three lists are printed with lines to write on', async (t) => {
  const { page } = await openRoster(t);
  const text = (await pdfText(page)).replaceAll(/\s/g, '');
  for (const it of ['考评人员名册', '专家名册', '设备清单', '申请单位：某某机械有限公司', '负责人（签字）']) assert.ok(text.includes(it), it);
  assert.equal(await page.locator('.printed tbody tr').count(), 36);
});

test('entries are typed, answered at once, removed and taken back; an unsaid cell gives no number', async (t) => {
  const { page, seen } = await openRoster(t);
  await cell(page, EXPERTS, 0, NAME).fill('吴六');
  await cell(page, EXPERTS, 0, OCCUPATION).fill('车工');
  await cell(page, EXPERTS, 0, OCCUPATION).press('Enter');
  await cell(page, EXPERTS, 1, NAME).fill('郑七');
  await cell(page, EXPERTS, 1, NAME).blur();
  const fill = page.locator(`#list-${EXPERTS} .fill-in`);
  await fill.getByRole('button', { name: '没有说明的聘书都填“有”' }).click();
  await page.getByText('专家里没有说明的聘书都填了“有”。').waitFor();
  assert.equal(await cell(page, EXPERTS, 1, 5).inputValue(), '1');
  await page.locator('.follows').getByText('待补').first().waitFor();
  await page.getByRole('button', { name: '删除专家第 1 行' }).click();
  assert.deepEqual(await names(page, EXPERTS), ['郑七']);
  await page.locator('.said').getByRole('button', { name: '撤销' }).click();
  assert.deepEqual(await names(page, EXPERTS), ['吴六', '郑七']);
  await cell(page, EQUIPMENT, 0, NAME).fill('车床');
  await cell(page, EQUIPMENT, 0, 2).fill('三台');
  await cell(page, EQUIPMENT, 0, 3).fill('好');
  await page.locator(`#list-${EQUIPMENT}`).getByText('请填整数').waitFor();
  await cell(page, EQUIPMENT, 0, 3).fill('3');
  await cell(page, EQUIPMENT, 0, 3).blur();
  await page.locator('.follows').getByText('车床（陈旧）').waitFor();
  await saved(page);
  await page.reload();
  await page.locator(`#list-${EQUIPMENT} .people`).waitFor();
  assert.deepEqual(await names(page, EXPERTS), ['吴六', '郑七']);
  assert.equal(await cell(page, EQUIPMENT, 0, 2).inputValue(), '3');
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 768 });
    assert.deepEqual(await axe(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
  }
  seen.check();
});

test('two hundred people are listed, typed into and printed with their unit and numbers', async (t) => {
  const { page } = await openRoster(t);
  const many = Array.from({ length: 200 }, (_, n) => `考评${n + 1}\t√\t√\t√\t√`).join('\n');
  await paste(page, EXAMINERS, `姓名\t聘用协议\t聘书\t任职条件\t考评员证\n${many}`);
  await page.getByRole('button', { name: '加入名册（200 行）' }).click();
  await page.getByText('这里只列前 60 行，共 200 行。').waitFor();
  await page.getByRole('button', { name: '显示全部' }).click();
  assert.equal((await names(page, EXAMINERS)).length, 200);
  await cell(page, EXAMINERS, 199, NAME).fill('末一人');
  await cell(page, EXAMINERS, 199, NAME).blur();
  await page.locator('.follows').getByText('聘任 200 人，其中符合条件 200 人').waitFor();
  const text = await pdfText(page);
  for (const words of ['考评人员名册', '申请单位：某某机械有限公司', '末一人', '负责人（签字）']) assert.ok(text.includes(words), words);
  assert.ok(!text.includes('由名册得出') && !text.includes('专家名册'));
  assert.ok(2 < text.split('培训考核').length, 'heads are repeated');
});

test('a file to send has no names unless they are ticked; a backup has them, in words too', async (t) => {
  const { page, host } = await openRoster(t);
  await paste(page, EXAMINERS, FIVE);
  await page.getByRole('button', { name: '加入名册（5 行）' }).click();
  await saved(page);
  const backup = await fileFrom(page, () => page.locator('.saved').getByRole('button', { name: '下载备份' }).click());
  assert.ok(backup.text.includes('名册 考评人员：赵一 聘用协议 有 聘书 无 任职条件 符合 考评员证书 有'), backup.text.slice(0, 900));
  const id = new URL(page.url()).searchParams.get('of');
  await page.goto(`${host.url}share/?of=${id}`);
  const send = page.getByRole('button', { name: '下载自评文件' });
  const tick = page.getByLabel('带上名册、责任人和材料存放处（含姓名）');
  assert.equal(await tick.isChecked(), false);
  const open = async (text) => {
    const { page: other } = await visit(t, 'open/', { app: ['ready', 'fallback'], host });
    await openFile(other, text);
    await other.getByText('由自评文件打开').waitFor();
  };
  const bare = await fileFrom(page, () => send.click());
  assert.ok(!bare.text.includes('赵一') && bare.text.includes('某某机械有限公司'));
  await open(bare.text);
  await tick.check();
  const named = await fileFrom(page, () => send.click());
  assert.ok(named.text.includes('赵一'));
  assert.ok(bare.text.length < named.text.length, 'the record without names is shorter');
  await open(named.text);
});

test('the exported workbook is read back from the file; what is none is refused in words', async (t) => {
  const { page, seen } = await openRoster(t);
  await paste(page, EXAMINERS, FIVE);
  await page.getByRole('button', { name: '加入名册（5 行）' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 XLSX' }).click()]);
  const file = await download.path();
  await page.locator('#file-0').setInputFiles({ name: '名册.xlsx', mimeType: 'application/zip', buffer: await readFile(file) });
  await page.getByText('读出 5 行').waitFor();
  await page.getByRole('button', { name: '替换原有的 5 行' }).click();
  await page.getByText('已加入考评人员 5 行。').waitFor();
  assert.deepEqual(await names(page, EXAMINERS), ['赵一', '钱二', '孙三', '李四', '周五']);
  await page.locator('#file-1').setInputFiles({ name: '别的.xlsx', mimeType: 'application/zip', buffer: Buffer.from('PK别的文件') });
  await page.locator('#list-1 [role="status"]').filter({ hasText: /电子表格/ }).waitFor();
  seen.check();
});
