// 佐证材料清单: proposed from the row's own words, adopted, made ready, put in another order, exported, printed.

import assert from 'node:assert/strict';
import { axe } from './harness.mjs';
import { test } from './limit.mjs';
import { pdfPages } from './pdf.mjs';
import { fileFrom, goTo, openSheet, saved } from './sheet.mjs';

// A new dossier with its public sheet, and its list of papers.
async function openList(t, annex = 1) {
  const it = await openSheet(t, annex, { unit: '某厂' });
  const of = new URL(it.page.url()).searchParams.get('of').split('-')[0];
  await goTo(it.page, `${it.host.url}evidence/?of=${of}`);
  return { ...it, of };
}

const count = (page) => page.locator('#count').innerText();
const row = (page, n) => page.locator(`#p-1-${n}`);
const field = (page, n, name) => row(page, n).getByRole('textbox', { name });

test('a proposal becomes a paper by one press, is filled in, ready, undone', async (t) => {
  const { page, seen } = await openList(t);
  assert.match(await count(page), /共 0 份材料，已备 0 份，缺 0 份；还有 49 项没有写材料/);
  assert.match(await row(page, 1).innerText(), /由评估标准文字提取的建议，请核对/);
  await page.getByRole('button', { name: '采用 营业执照' }).click();
  assert.equal(await field(page, 1, '材料名称').inputValue(), '营业执照');
  // the focus goes on to what comes next: is it ready?
  const ready = row(page, 1).getByRole('checkbox', { name: '已备' });
  await page.waitForFunction(() => document.activeElement?.type === 'checkbox');
  await page.keyboard.press('Space');
  assert.ok(await ready.isChecked());
  assert.equal(await page.getByRole('button', { name: '采用 营业执照' }).count(), 0);
  await field(page, 1, '存放处').fill('档案室');
  await field(page, 1, '责任人').fill('某人');
  await field(page, 1, '页码').fill('3-4');
  assert.match(await count(page), /共 1 份材料，已备 1 份，缺 0 份；还有 48 项没有写材料/);
  // another paper of the same row, without a name at first
  await page.getByRole('button', { name: '1-1 添加材料' }).click();
  await page.waitForFunction(() => document.activeElement?.value === '' && document.activeElement.type === 'text');
  await page.keyboard.type('法人证书');
  assert.match(await count(page), /共 2 份材料，已备 1 份，缺 1 份/);
  await row(page, 1).getByRole('button', { name: '删除' }).nth(1).click();
  assert.match(await count(page), /共 1 份材料/);
  await page.waitForFunction(() => document.activeElement.id === 'p-1-1');
  await page.locator('.told').getByRole('button', { name: '撤销' }).click();
  assert.equal(await field(page, 1, '材料名称').nth(1).inputValue(), '法人证书');
  await saved(page);
  await page.reload();
  assert.equal(await field(page, 1, '存放处').first().inputValue(), '档案室');
  assert.equal(await field(page, 1, '材料名称').nth(1).inputValue(), '法人证书');
  seen.check();
});

test('all proposals of a sheet, a paper of many rows ready at once, missing ones first', async (t) => {
  const { page, seen } = await openList(t);
  await page.getByRole('button', { name: /全部采用建议/ }).press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'proofs-1');
  assert.match(await count(page), /共 32 份材料（用在 45 处），已备 0 份，缺 32 份；还有 7 项没有写材料/);
  await row(page, 4).getByRole('checkbox', { name: '已备' }).check();
  assert.ok(await row(page, 22).getByRole('checkbox', { name: '已备' }).isChecked(), '实施方案 is one paper');
  assert.match(await count(page), /已备 1 份，缺 31 份/);
  await page.getByRole('button', { name: '未备的在前' }).click();
  const ids = () => page.locator('.rows > li').evaluateAll((all) => all.map((it) => it.id));
  const first = await ids();
  assert.equal(first.length, 49);
  assert.ok(first.indexOf('p-1-3') < first.indexOf('p-1-4') && first.indexOf('p-1-49') < first.indexOf('p-1-4'));
  // what becomes ready stays where it is while somebody works on it
  await row(page, 1).getByRole('checkbox', { name: '已备' }).check();
  assert.deepEqual(await ids(), first);
  await page.getByRole('button', { name: '按申报顺序' }).click();
  assert.deepEqual((await ids()).slice(0, 3), ['p-1-1', 'p-1-2', 'p-1-3']);
  // one press took them, one takes them back
  for (let n = 0; n < 3; n += 1) await page.getByRole('button', { name: '撤销', exact: true }).first().click();
  assert.match(await count(page), /共 0 份材料/);
  seen.check();
});

test('by method: what is looked at, visited and asked, and the way back to its row', async (t) => {
  const { page, seen } = await openList(t);
  await page.getByRole('button', { name: '采用 营业执照' }).click();
  await page.getByRole('button', { name: '按评估方式' }).click();
  const part = (name) => page.locator('section', { has: page.getByRole('heading', { name }) });
  assert.match(await part(/^查看、查阅/).innerText(), /1-1\s+企业资质\s*查看营业执照\s+营业执照（未备）/);
  assert.match(await part(/^现场考察/).innerText(), /1-16\s+评价档案存放场所\s*现场考察\s+还没有写材料/);
  assert.match(await part(/^访谈咨询/).innerText(), /1-5\s+用人单位基本概况/);
  assert.ok((await part(/^访谈咨询/).locator('li').count()) === 3, 'the rows of the merged cell as well');
  assert.deepEqual(await axe(page), []);
  await part(/^访谈咨询/).getByRole('button', { name: '1-6' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'p-1-6');
  seen.check();
});

test('files have the names of people only where that is ticked', async (t) => {
  const { page } = await openList(t);
  await page.getByRole('button', { name: '采用 营业执照' }).click();
  await field(page, 1, '责任人').fill('某人');
  const csv = () => fileFrom(page, () => page.getByRole('button', { name: '导出 CSV' }).click());
  const without = await csv();
  assert.match(without.name, /^佐证材料目录-某厂-\d{8}\.csv$/);
  assert.ok(without.text.includes('1,附件1 公共部分,1-1,营业执照,,,未备,'), without.text);
  await page.getByLabel('导出的文件带责任人姓名').check();
  assert.ok((await csv()).text.includes('营业执照,,某人,未备,'));
  const xlsx = await fileFrom(page, () => page.getByRole('button', { name: '导出 XLSX' }).click());
  assert.match(xlsx.name, /\.xlsx$/);
});

test('on paper it is the table of contents, with what has no paper yet; the dossier says how many are missing', async (t) => {
  const { page, host, of, seen } = await openList(t);
  await page.getByRole('button', { name: '采用 营业执照' }).click();
  await field(page, 1, '存放处').fill('档案室');
  await saved(page);
  const pages = await pdfPages(page);
  assert.equal(pages.length, 1);
  const { text } = pages[0];
  for (const it of ['佐证材料目录', '申请单位：某厂', '序号', '材料名称', '是否备齐', '页码', '营业执照', '档案室', '还没有写材料的项', '1-2、1-3']) {
    assert.ok(text.includes(it), it);
  }
  assert.doesNotMatch(text, /采用|添加材料|导出|撤销/);
  await goTo(page, `${host.url}dossier/?of=${of}`);
  await page.getByText('已列出 1 份，备齐 0 份，缺 1 份。').waitFor();
  const finding = page.locator('.findings li', { hasText: '佐证材料还缺 1 份' });
  await finding.getByRole('link', { name: '去看看' }).click();
  await page.getByRole('heading', { name: '佐证材料清单', level: 1 }).waitFor();
  seen.check();
});

test('any window: nothing hangs over, nothing for axe to object to', async (t) => {
  const { page, seen } = await openList(t);
  await page.getByRole('button', { name: /全部采用建议/ }).click();
  await page.locator('.entry').first().waitFor();
  for (const [width, height] of [[1366, 620], [360, 740]]) {
    await page.setViewportSize({ width, height });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    assert.deepEqual(await axe(page), []);
  }
  await page.getByRole('button', { name: '大字版' }).click();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  seen.check();
});
