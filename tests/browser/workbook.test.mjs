// 电子表格: downloaded, filled in elsewhere and read in again; what cannot be read is told cell by cell, and nothing is lost.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cellOf, unsigned, unzipped, withCell, zipped } from './books.mjs';
import { axe, root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { goTo, kept } from './sheet.mjs';

const app = ['ready', 'fallback'];
// The dossier with every field, as version 3 wrote it.
const FULL = readFileSync(join(root, 'tests/records/v3/employer.txt'), 'utf8').trim();
const UNIT = '平顶山市某机械有限公司';

// A page with the full dossier kept in the browser.
const opened = (t, path, options = {}) => visit(t, path, {
  app, ...options,
  before: (page) => page.addInitScript((record) => { if (!localStorage.getItem('zp1/doc/k1/a')) localStorage.setItem('zp1/doc/k1/a', record); }, FULL),
});

async function download(page, name) {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

// The workbook of the whole dossier, from its page.
async function whole(t, options) {
  const it = await opened(t, 'packet/?of=k1', options);
  await it.page.locator('#tables').waitFor();
  return { ...it, bytes: (await download(it.page, '下载工作簿（XLSX）')).bytes };
}

const choose = (page, buffer, field = '#book', name = '自评.xlsx') => page.setInputFiles(field, { name, mimeType: '', buffer });
const read = (page) => page.locator('#in-book');
const drop = (page, bytes, name = '自评.XLSX') => page.evaluate(([bytes, name]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), (it) => it.charCodeAt(0))], name));
  const over = new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true });
  const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector('h1').dispatchEvent(over);
  document.querySelector('h1').dispatchEvent(event);
  return [over.defaultPrevented, event.defaultPrevented];
}, [Buffer.from(bytes).toString('base64'), name]);

test('a workbook is looked at and kept as a dossier of its own', async (t) => {
  const { page, host, seen, bytes } = await whole(t);
  await goTo(page, `${host.url}workbook/`);
  await choose(page, bytes);
  await read(page).waitFor();
  assert.match(await read(page).innerText(), new RegExp(`^${UNIT}（用人单位，\\d 张自评表）$`));
  assert.ok(await read(page).evaluate((it) => it === document.activeElement));
  await page.getByText('考评人员 1 行', { exact: false }).waitFor();
  assert.match((await page.locator('.cells li').allInnerTexts()).join(), /^附件2[^!]*!L\d+：2-8：不能超过本项分值 6 分$/);
  for (const [width, height] of [[1366, 768], [1366, 620], [360, 640]]) {
    await page.setViewportSize({ width, height });
    assert.deepEqual(await axe(page), [], `${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/read-${width}-${height}.png`, fullPage: width === 360 });
  }
  await page.getByRole('button', { name: '另存为我的自评' }).click();
  await page.getByRole('heading', { name: UNIT, level: 1 }).waitFor();
  const ids = new Set(Object.keys(await kept(page, 'zp1/doc/')).map((it) => it.split('/')[2]));
  assert.equal(ids.size, 2);
  seen.check();
});

test('taken into the dossier that is there: one step, and what the workbook does not say stays', async (t) => {
  const { page, host, seen, bytes } = await whole(t);
  const cell = cellOf(bytes, '附件2', '2-1', '不符合（名）');
  const filled = withCell(bytes, '附件2', cell, '<v>3</v>');
  await goTo(page, `${host.url}workbook/`);
  await choose(page, filled);
  await page.getByRole('button', { name: '并入这一份' }).click();
  await page.getByText('已并入').waitFor();
  await page.getByRole('heading', { name: UNIT, level: 1 }).waitFor();
  await page.locator('.saved .state', { hasText: /^已保存/ }).waitFor();
  const again = async () => {
    await goTo(page, `${host.url}packet/?of=k1`);
    return (await download(page, '下载工作簿（XLSX）')).bytes;
  };
  const value = (bytes) => cellText(bytes, cell);
  // undone in one step, before the page is left
  await page.keyboard.press('Control+z');
  await page.getByText('已撤销一步').waitFor();
  await page.keyboard.press('Control+y');
  await page.getByText('已重做一步').waitFor();
  await page.locator('.saved .state', { hasText: /^已保存/ }).waitFor();
  assert.equal(value(await again()), '3');
  assert.notEqual(value(bytes), '3');
  seen.check();
});

test('a formula, an altered cell and what is none of ours are refused in words', async (t) => {
  const { page, host, seen, bytes } = await whole(t);
  await goTo(page, `${host.url}workbook/`);
  const cell = cellOf(bytes, '附件2', '2-1', '不符合（名）');
  const formula = withCell(bytes, '附件2', cell, '<f>1+1</f><v>2</v>');
  await choose(page, withCell(formula, '附件1', 'A1', '<is><t>另一份文件</t></is>'));
  await read(page).waitFor();
  const cells = (await page.locator('.cells li').allInnerTexts()).join('\n');
  assert.match(cells, new RegExp(`附件2[^!]*!${cell}：这里是公式，公式不读入`));
  assert.match(cells, /附件1!A1：这一格应为“.*”，现在是“另一份文件”/);
  assert.deepEqual(await axe(page), []);
  for (const [content, name, says] of [
    [zipped({ 'a.txt': 'a' }), '别的.xlsx', /没有读入：/],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), '旧.xls', /没有读入：/],
    [Buffer.from('{"份数": 1}'), '备份.json', /这不是 XLSX 电子表格/],
  ]) {
    await choose(page, content, '#book', name);
    await page.getByRole('alert').filter({ hasText: says }).waitFor();
  }
  assert.deepEqual(await axe(page), []);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/refused.png` });
  seen.check();
});

test('where the hidden worksheet was lost, the page says by which edition it reads', async (t) => {
  const { page, host, seen } = await whole(t);
  const { bytes, name } = await download(page, /^附件2.*：下载 XLSX$/);
  assert.match(name, /^附件2-.*-自评-\d{8}\.xlsx$/);
  await goTo(page, `${host.url}workbook/`);
  await choose(page, unsigned(bytes));
  await page.getByRole('note').filter({ hasText: '已按所印的标题和文字认出是哪张表，按' }).waitFor();
  assert.match(await read(page).innerText(), new RegExp(`^${UNIT}（用人单位，1 张自评表）$`));
  assert.deepEqual(await axe(page), []);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/lost.png` });
  seen.check();
});

test('a workbook chosen or dropped on any page that opens files comes to the page that reads it', async (t) => {
  const { page, host, seen, bytes } = await whole(t);
  for (const [path, field] of [['mine/', '#file'], ['open/', '#file'], ['workbook/', null]]) {
    for (const dropped of field ? [true, false] : [true]) {
      await goTo(page, `${host.url}${path}`);
      if (dropped) assert.deepEqual(await drop(page, bytes), [true, true], path);
      else await choose(page, bytes, field);
      await read(page).waitFor();
      assert.ok(page.url().endsWith('/workbook/'), path);
      assert.match(await read(page).innerText(), new RegExp(UNIT), path);
    }
  }
  // brought once
  await page.reload();
  await page.getByText('选择填好的电子表格').waitFor();
  assert.equal(await read(page).count(), 0);
  // any other file is still what the page is for
  await goTo(page, `${host.url}mine/`);
  await drop(page, Buffer.from('{}'), 'x.json');
  await page.getByText('没有打开：这不是自评的备份文件').waitFor();
  seen.check();
});

test('the table of a sheet is copied with its merged cells, title, points and notes', async (t) => {
  const { page, context, host, seen } = await opened(t, 'packet/?of=k1');
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(host.url).origin });
  await page.locator('#tables').waitFor();
  const { bytes, name } = await download(page, /^附件2.*：下载 CSV$/);
  assert.match(name, /^附件2-.*-自评-\d{8}\.csv$/);
  const csv = bytes.toString();
  assert.ok(csv.startsWith('\ufeff编号,项目,项目分解,评估内容,评估标准,分值,得分,备注\r\n'), csv.slice(0, 80));
  assert.match(csv, /\r\n"2-1\t",/);
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('link', { name: UNIT }).first().click();
  await page.getByRole('heading', { name: UNIT, level: 1 }).waitFor();
  await page.locator('a[href*="sheet/2/"]').first().click();
  await page.locator('fieldset[id="2-1"]').waitFor();
  await goTo(page, page.url().replace('/sheet/', '/rubric/'));
  await page.getByRole('button', { name: '复制成表格' }).click();
  await page.getByText('已复制').waitFor();
  seen.check();
  const [html, text] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return Promise.all(['text/html', 'text/plain'].map(async (it) => (await item.getType(it)).text()));
  });
  const table = await page.evaluate((html) => {
    const it = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
    // a grid without holes: each line has as many columns as the head, merged cells counted
    const grid = [];
    [...it.rows].forEach((row, r) => [...row.cells].forEach((cell) => {
      grid[r] ??= [];
      let c = 0;
      while (grid[r][c] !== undefined) c += 1;
      for (let y = 0; y < cell.rowSpan; y += 1) for (let x = 0; x < cell.colSpan; x += 1) (grid[r + y] ??= [])[c + x] = cell.textContent;
    }));
    return { grid, spans: it.querySelectorAll('[rowspan]').length, first: it.rows[0].textContent };
  }, html);
  assert.ok(table.grid.every((it) => it.length === 8 && it.every((cell) => cell !== undefined)), JSON.stringify(table.grid.map((it) => it.length)));
  assert.ok(4 < table.spans && table.first.includes('技术评估要点'), table.first);
  const all = table.grid.flat().join('\n');
  for (const it of [UNIT, '车工（数控车床）', '备注癸', '2-1 ']) assert.ok(all.includes(it), it);
  // points as the page shows them
  const points = await page.locator('table.official tbody tr:not(.leaf) td:nth-last-child(2)').allInnerTexts();
  const copied = table.grid.filter((it) => /^\d-\d+ /.test(it[2])).map((it) => it[6]);
  assert.deepEqual(copied, points.filter((_, n) => n < copied.length));
  const lines = text.trimEnd().split(/\r?\n/);
  assert.ok(lines.every((it) => it.split('\t').length === 8) && lines[0].startsWith('编号\t项目'), lines[0]);
  assert.equal(await page.getByRole('link', { name: '下载电子表格（XLSX）' }).getAttribute('href').then((it) => it.endsWith('packet/?of=k1#tables')), true);
  for (const [width, height] of [[1366, 768], [360, 640]]) {
    await page.setViewportSize({ width, height });
    assert.deepEqual(await axe(page), []);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/form-${width}.png` });
  }
  await page.getByRole('link', { name: '下载电子表格（XLSX）' }).click();
  await page.locator('#tables').waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/packet-360.png` });
  // the styles in the copied table are for other programs; the policy refuses them where this test looks at it
  seen.refused.length = 0;
  seen.check();
});

// What stands in a cell of annex 2.
function cellText(bytes, name) {
  const parts = unzipped(bytes);
  const names = [...parts['xl/workbook.xml'].matchAll(/<sheet name="([^"]*)"/g)].map((it) => it[1]);
  const text = parts[`xl/worksheets/sheet${names.findIndex((it) => it.startsWith('附件2')) + 1}.xml`];
  return text.match(new RegExp(`<c r="${name}"[^>]*>(.*?)</c>`, 's'))?.[1].replaceAll(/<[^>]*>/g, '');
}
