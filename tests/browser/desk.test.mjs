// The desk of a centre: a thousand records in one table, damaged ones told, files out.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { cases, codes, engine, links, ziping } from './engine.mjs';
import { axe, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { pdfText } from './pdf.mjs';
import { fileFrom } from './sheet.mjs';

const ready = ['ready', 'fallback'];
const variants = [
  [],
  ['两个考场租期各一'],
  ['办公场所租赁'],
  ['其他制度五个'],
  ['不是技工院校是否决项'],
  ['没有专项费用是否决项'],
];

// A thousand assessments of annex 3, no two the same, as codes and links, and the 20 of them that are damaged.
function thousand(root) {
  const sheets = Array.from({ length: 1000 }, (_, i) => {
    const answers = { ...cases3[i % variants.length] };
    for (let bit = 0; bit < 10; bit++) if (((i / variants.length) >> bit) & 1) delete answers[`3-${20 + bit}`];
    return { rubric: '3', answers };
  });
  const as = [codes(sheets), links(sheets, root)];
  const all = sheets.map((_, i) => as[i % 2][i]);
  for (let i = 10; i < 1000; i += 50) all[i] = damaged(all[i]);
  return { sheets, all };
}
const cases3 = variants.map((names) => cases(3, ...names));

// A letter in the middle is another one.
function damaged(text) {
  const at = text.slice(0, -3).lastIndexOf(text.slice(0, -3).match(/[\w-](?=[^\w-]*$)/)[0]);
  const other = text[at] === 'A' ? 'B' : 'A';
  return text.slice(0, at) + other + text.slice(at + 1);
}

const paste = async (page, text) => {
  await page.locator('#pile').fill(text);
  await page.getByRole('button', { name: '加入汇总' }).click();
};

test('a thousand records, 20 of them damaged, become one table while the page goes on', async (t) => {
  const { page, host, seen } = await visit(t, 'desk/', { app: ready });
  const { all, sheets } = thousand(host.url);
  await page.locator('#pile').fill(all.join('\n'));
  // how long the page stood still at the most
  await page.evaluate(() => {
    window.still = 0;
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      window.still = Math.max(window.still, now - last);
      last = now;
      setTimeout(look, 0);
    };
    look();
  });
  await page.getByRole('button', { name: '加入汇总' }).click();
  await page.getByText('980 份自评，980 张自评表，20 份未能打开').waitFor();
  t.diagnostic(`the page stood still for ${Math.round(await page.evaluate(() => window.still))} ms at the most`);
  assert.equal(await page.locator('.unopened li').count(), 20);
  assert.match(await page.locator('.unopened li').first().innerText(), /第 \d+ 行有误|内容有改动/);
  assert.match(await page.locator('table.pile caption').innerText(), /显示 980 张/);
  // the points of the first line are the engine's
  await page.getByRole('columnheader').getByRole('button', { name: '得分', exact: true }).click();
  await page.getByRole('columnheader').getByRole('button', { name: '得分', exact: true }).click();
  const best = Math.max(...variants.map((_, i) => engine(3, cases3[i]).base_total));
  assert.equal(Number(await page.locator('table.pile tbody tr td.num').first().innerText()), best);
  assert.equal(await page.locator('th[aria-sort=descending]').innerText(), '得分');
  await page.getByLabel('结论').selectOption({ label: '触发否决' });
  const whole = sheets.filter((_, i) => i % 50 !== 10).map((it) => JSON.stringify(it)).join('\n');
  const results = ziping(['score'], whole).trimEnd().split('\n').map((it) => JSON.parse(it));
  // one that is not filled in to its end counts too
  const vetoed = results.filter((it) => it.filing_vetoes.length).length;
  assert.ok(0 < vetoed && vetoed < 980);
  await page.getByText(`显示 ${vetoed} 张自评表`).waitFor();
  await page.locator('.failing tr').first().waitFor();
  await axe(page);
  seen.check();
});

test('the table leaves as XLSX and as CSV, and 清空 can be taken back', async (t) => {
  const { page, host } = await visit(t, 'desk/', { app: ready });
  const sheets = variants.map((_, i) => ({ rubric: '3', answers: cases3[i] }));
  await paste(page, links(sheets, host.url).join('\n'));
  await page.getByText(`${sheets.length} 份自评`).waitFor();
  const csv = await fileFrom(page, () => page.getByRole('button', { name: '导出 CSV' }).click());
  assert.match(csv.name, /^自评汇总-\d{8}\.csv$/);
  const lines = csv.text.trimEnd().split('\r\n');
  assert.ok(csv.text.startsWith('\ufeff'));
  assert.equal(lines.length, 1 + sheets.length);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 XLSX' }).click();
  const file = await coming;
  assert.match(file.suggestedFilename(), /\.xlsx$/);
  const bytes = await readFile(await file.path());
  assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
  assert.ok(bytes.includes('xl/worksheets/sheet3.xml'));
  await page.getByRole('button', { name: '清空' }).first().click();
  await page.getByText(`${sheets.length} 份自评`).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '撤销清空' }).click();
  await page.getByText(`${sheets.length} 份自评`).waitFor();
});

test('files are chosen, what is no record is told, and the same record twice is found', async (t) => {
  const { page, host } = await visit(t, 'desk/', { app: ready });
  const [code] = codes([{ rubric: '3', answers: cases3[0] }]);
  const [link] = links([{ rubric: '3', answers: cases3[0] }], host.url);
  const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.setInputFiles('#piles', [file('甲.txt', `自评码：${code}\n`), file('乙.txt', link), file('丙.txt', '今天天气很好')]);
  await page.getByText('2 份自评，2 张自评表，1 份未能打开').waitFor();
  assert.match(await page.locator('.unopened li').innerText(), /丙\.txt.*这里没有自评码/s);
  assert.equal(await page.locator('table.pile tbody').getByText('另有完全相同的一份').count(), 2);
});

test('records stand among words, in files of Windows, and are dropped anywhere on the page', async (t) => {
  const { page, host, seen } = await visit(t, 'desk/', { app: ready });
  const [one, two, three] = codes(variants.slice(0, 3).map((_, i) => ({ rubric: '3', answers: cases3[i] })));
  const [link, other] = links(variants.slice(3, 5).map((_, i) => ({ rubric: '3', answers: cases3[i + 3] })), host.url);
  await paste(page, `第二机械公司：${one}，请查收\n2. ${two} 谢谢\n甲：${link}；乙：${other}`);
  await page.getByText('4 份自评，4 张自评表，0 份未能打开').waitFor();
  // 第一：, as GBK
  const gbk = Buffer.concat([Buffer.from([0xb5, 0xda, 0xd2, 0xbb, 0xa3, 0xba]), Buffer.from(three)]);
  const workbook = Buffer.from('PK\x03\x04\0\0xl/workbook.xml');
  await page.setInputFiles('#piles', [
    { name: '国标.txt', mimeType: 'text/plain', buffer: gbk },
    { name: '表.xlsx', mimeType: 'application/octet-stream', buffer: workbook },
  ]);
  await page.getByText('5 份自评，5 张自评表，1 份未能打开').waitFor();
  assert.match(await page.locator('.unopened li').innerText(), /表\.xlsx.*这是 Excel、WPS 的文件/s);
  assert.equal(await page.locator('.unopened code').innerText(), '');
  const taken = await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    return !document.querySelector('h1').dispatchEvent(event);
  }, one);
  assert.ok(taken, 'the browser does not open it elsewhere');
  await page.getByText('6 份自评，6 张自评表，1 份未能打开').waitFor();
  seen.check();
});

test('where nothing was opened that is said, and there is nothing to filter', async (t) => {
  const { page } = await visit(t, 'desk/', { app: ready });
  await paste(page, damaged(codes([{ rubric: '3', answers: cases3[0] }])[0]));
  await page.getByText('0 份自评，0 张自评表，1 份未能打开').waitFor();
  await page.getByRole('heading', { name: '未能打开（1）' }).waitFor();
  assert.equal(await page.getByText('没有符合筛选条件').count(), 0);
  assert.equal(await page.getByRole('search', { name: '筛选汇总表' }).count(), 0);
});

test('what is filtered is seen: after another batch the fields say it, after 清空 it is over', async (t) => {
  const { page } = await visit(t, 'desk/', { app: ready });
  const all = codes(variants.map((_, i) => ({ rubric: '3', answers: cases3[i] })));
  await paste(page, all.slice(0, 3).join('\n'));
  await page.getByLabel('只看重复的').check();
  await page.getByText('没有符合筛选条件的自评表').waitFor();
  await page.getByLabel('附件', { exact: true }).selectOption('3');
  await paste(page, all.slice(3).join('\n'));
  await page.getByText('6 份自评').waitFor();
  assert.ok(await page.getByLabel('只看重复的').isChecked());
  assert.equal(await page.getByLabel('附件', { exact: true }).inputValue(), '3');
  assert.equal(await page.locator('table.pile').count(), 0);
  await page.getByRole('button', { name: '清空' }).first().click();
  await page.getByText('6 份自评').waitFor({ state: 'detached' });
  await paste(page, all[0]);
  await page.getByText('显示 1 张自评表').waitFor();
  assert.ok(!(await page.getByLabel('只看重复的').isChecked()));
});

test('paper has every line, the heads of the columns on each page, and lies on its side', async (t) => {
  const { page } = await visit(t, 'desk/', { app: ready });
  const sheets = Array.from({ length: 230 }, (_, i) => ({ rubric: '3', answers: { '3-3': { defects: i } } }));
  await paste(page, codes(sheets).join('\n'));
  await page.getByText('230 张自评表中的前 200 张').waitFor();
  await page.evaluate(() => (window.print = () => (document.title = '已印')));
  await page.getByRole('button', { name: '打印' }).click();
  await page.waitForFunction(() => document.title === '已印');
  assert.equal(await page.locator('table.pile tbody tr').count(), 230);
  const text = await pdfText(page);
  const pages = text.split('\f').filter((it) => /附件3/.test(it) && /第 \d+ 条/.test(it) === false);
  assert.ok(pages.length > 2);
  for (const it of pages.slice(0, -1)) assert.match(it, /单位.*得分.*结论/);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.match(pdf, /\/MediaBox \[0 0 84[12][\d.]* 59[45][\d.]*\]/);
});

test('in the browser of a chat there is no file to save, and a way out is told', async (t) => {
  const userAgent = 'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.40';
  const { page } = await visit(t, 'desk/', { app: ready, browser: { userAgent } });
  await paste(page, codes([{ rubric: '3', answers: cases3[0] }]).join('\n'));
  await page.getByText('1 份自评').waitFor();
  assert.ok(await page.getByText('在浏览器打开').isVisible());
  for (const name of ['导出 XLSX', '导出 CSV', '打印']) assert.equal(await page.getByRole('button', { name }).count(), 0, name);
});

for (const width of [360, 1366]) {
  test(`the desk fits ${width} px`, async (t) => {
    const { page, host } = await visit(t, 'desk/', { app: ready, browser: { viewport: { width, height: 768 } } });
    await paste(page, links(variants.map((_, i) => ({ rubric: '3', answers: cases3[i] })), host.url).join('\n'));
    await page.locator('table.pile tbody tr').first().waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} px too wide`);
    await axe(page);
  });
}
