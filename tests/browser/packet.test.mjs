// 申报材料: what is ticked becomes one Word document and one print job, with every field of the dossier in both.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipped } from './books.mjs';
import { axe, root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { pdfPages } from './pdf.mjs';
import { openSheet, saved } from './sheet.mjs';

const ready = ['ready', 'fallback'];
// The dossier with every field of tests/it/every_field.rs, as version 3 wrote it.
const FULL = readFileSync(join(root, 'tests/records/v3/employer.txt'), 'utf8').trim();
const WORDS = [
  '平顶山市某机械有限公司', '平顶山市湛河区', '联系人甲', '0375-1234567', '2026-11-20', '640人', '考评员乙', '专家丙', '高级技师',
  '数控车床丁', '责任人戊', '2026-12-31', '进行中', '营业执照副本', '档案室己柜', '保管人庚', '7-9', '初评辛', '旧备注壬', '备注癸',
  '责任人子', '2027-01-15', '已办', '应急预案', '车工（数控车床）', '6-18-01-01',
];
const USUAL = ['封面', '目录', '备案路径和各表自评结论', '评价范围申报表', '实施方案提纲', '评估表（已填各表）', '整改清单', '佐证材料清单', '名册（考评人员、专家、设备）'];

// The page of the full dossier.
async function full(t, options = {}) {
  const before = async (page) => {
    await page.addInitScript((record) => { if (!localStorage.getItem('zp1/doc/k1/a')) localStorage.setItem('zp1/doc/k1/a', record); }, FULL);
    await options.before?.(page);
  };
  const it = await visit(t, 'packet/?of=k1', { app: ready, ...options, before });
  await it.page.locator('.ticks').waitFor();
  return it;
}

async function document(page) {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 Word 文档' }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), parts: unzipped(await readFile(await file.path())) };
}

const textOf = (xml) => xml.replaceAll(/<[^>]*>/g, '').replaceAll(/\s/g, '').replaceAll('&quot;', '"');
const tick = (page, name) => page.locator('.ticks').getByLabel(name, { exact: true });

test('every field is in the document and on paper, and what is not ticked is in neither', async (t) => {
  const { page, seen } = await full(t);
  for (const it of USUAL) assert.ok(await tick(page, it).isChecked(), it);
  await tick(page, '历次版本（自己留存）').check();
  const { name, parts } = await document(page);
  assert.match(name, /^申报材料-平顶山市某机械有限公司-\d{8}\.docx$/);
  assert.deepEqual(Object.keys(parts).slice(0, 4), ['[Content_Types].xml', '_rels/.rels', 'docProps/core.xml', 'word/document.xml']);
  const text = textOf(parts['word/document.xml']);
  // the browser's own reader takes all of it for XML
  const bad = await page.evaluate((all) => all.filter((it) => new DOMParser().parseFromString(it, 'application/xml').querySelector('parsererror')), Object.values(parts));
  assert.deepEqual(bad, []);
  const pages = await pdfPages(page);
  // words of a narrow column are cut by the end of a line on paper, so they are looked for in what is laid out there
  const paper = textOf(await page.locator('.packet-papers').evaluate((it) => it.textContent));
  for (const it of WORDS) {
    assert.ok(text.includes(it), `${it} in the document`);
    assert.ok(paper.includes(it), `${it} on paper`);
  }
  assert.ok(pages[0].text.includes('申报材料') && pages[0].text.includes('豫职鉴〔2020〕16号') && !pages[0].text.includes('目录'));
  assert.ok(pages[1].text.includes('目录') && pages[1].text.includes('第13份') && !pages[1].text.includes('更新域'));
  assert.doesNotMatch(pages.map((it) => it.text).join(''), /下载Word文档|交哪些材料/);
  // each paper begins a page, and says which it is
  const begins = Array.from({ length: 13 }, (_, n) => pages.findIndex((it) => it.text.includes(`第${n + 1}份，共13份`)));
  assert.ok(begins.every((it, n) => (n === 0 ? 2 : begins[n - 1] + 1) <= it), String(begins));
  // the plan and the proofs have many columns and lie across
  for (const it of pages) assert.equal(it.size[1] < it.size[0], /整改清单（|佐证材料清单/.test(it.text) && !it.text.includes('目录'), it.text.slice(0, 60));
  for (const it of ['名册（考评人员、专家、设备）', '历次版本（自己留存）']) await tick(page, it).uncheck();
  const less = textOf((await document(page)).parts['word/document.xml']);
  const lessPaper = (await pdfPages(page)).map((it) => it.text).join('');
  for (const it of ['考评员乙', '专家丙', '数控车床丁', '初评辛']) assert.ok(!less.includes(it) && !lessPaper.includes(it), it);
  assert.ok(less.includes('营业执照副本'));
  // the same dossier as a workbook
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载工作簿（XLSX）' }).click();
  const book = await coming;
  assert.match(book.suggestedFilename(), /^平顶山市某机械有限公司-自评-\d{8}\.xlsx$/);
  assert.ok('xl/workbook.xml' in unzipped(await readFile(await book.path())));
  seen.check();
});

test('a new dossier: what is missing is said with a way to it, and the rest can be had', async (t) => {
  const { page, seen } = await openSheet(t, 3, { unit: '某校' });
  await saved(page).catch(() => {});
  await page.getByRole('link', { name: '返回档案' }).first().click();
  await page.getByRole('link', { name: '申报材料' }).click();
  await page.locator('.ticks').waitFor();
  for (const it of ['还没有名册', '还没有整改清单', '还没有佐证材料清单', '还没有填写评价范围申报表']) assert.ok(await page.getByText(it).isVisible(), it);
  assert.ok(await tick(page, '名册（考评人员、专家、设备）').isDisabled());
  const { parts } = await document(page);
  const text = textOf(parts['word/document.xml']);
  for (const it of ['实施方案', '附件3公共部分', '某校', '【提示】']) assert.ok(text.includes(it), it);
  for (const it of ['封面', '目录', '备案路径和各表自评结论', '实施方案提纲', '评估表（已填各表）']) await tick(page, it).uncheck();
  await page.getByText('没有勾选任何材料').waitFor();
  await page.getByRole('button', { name: '下载 Word 文档' }).click();
  await page.getByText('请先勾选要交的材料').waitFor();
  await page.locator('.ticks li', { hasText: '名册' }).getByRole('link', { name: '去填写' }).click();
  await page.waitForURL(/roster\/\?of=/);
  seen.check();
});

test('in the browser of a chat nothing is offered that does nothing', async (t) => {
  const userAgent = 'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.40';
  const { page } = await full(t, { browser: { userAgent } });
  assert.ok(await page.getByText('在浏览器打开').isVisible());
  for (const name of ['下载 Word 文档', '打印所选材料', '下载工作簿', '下载备份文件']) assert.equal(await page.getByRole('button', { name }).count(), 0, name);
});

for (const [width, height, large] of [[360, 740, false], [1366, 620, false], [1366, 768, true]]) {
  test(`the page fits ${width} by ${height}${large ? ' in large print' : ''}`, async (t) => {
    const { page } = await full(t, { browser: { viewport: { width, height } } });
    if (large) await page.locator('#large').click();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} px too wide`);
    assert.deepEqual(await axe(page), []);
  });
}
