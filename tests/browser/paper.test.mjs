// What is printed: the official form, blank, filled in and from the sheet itself; all papers of a dossier; the panel's
// summary. Without background graphics, as most people print.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cases } from './engine.mjs';
import { root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { linksOf } from './links.mjs';
import { pdfPages } from './pdf.mjs';
import { fillAll, goTo, note, openSheet, put, saved } from './sheet.mjs';

// Everything that a dossier can have, as version 3 wrote it.
const FULL = readFileSync(join(root, 'tests/records/v3/employer.txt'), 'utf8').trim();
const SIGNS = ['申请单位（盖章）', '负责人（签字）', '填表人（签字）', '日期'];
const SECTIONS = ['资质', '实施方案', '制度建设'];
const ROWS = [49, 23, 48, 26, 46, 22];
// Text that looks like no other: 见佐证0001见佐证0002…
const long = (n) => Array.from({ length: Math.ceil(n / 7) }, (_, i) => `见佐证${String(i).padStart(4, '0')}`).join('').slice(0, n);
// The form is fetched once the sheet is there.
const formThere = (page) => page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => /app-[\w-]*form[\w-]*\.wasm/.test(it.name)));

// What holds of every official form.
function proper(pages, annex) {
  const last = pages.at(-1);
  for (const [at, page] of pages.entries()) {
    if (page !== last) assert.ok(page.filled > 0.6, `page ${at + 1} of annex ${annex} is filled to ${page.filled}`);
    assert.ok(page.count('项目分解') === 1, `page ${at + 1} of annex ${annex} has the heads of its columns`);
    if (1 < pages.length) assert.ok(page.text.includes(`第${at + 1}页，共${pages.length}页`), `page ${at + 1} says so`);
    if (annex % 2) for (const it of SECTIONS) assert.ok(page.count(it + (it === '资质' ? '资质' : '')) <= 4);
  }
  const rows = pages.flatMap((it) => it.text.match(new RegExp(`(?<!\\d)${annex}-\\d+`, 'g')) ?? []);
  for (let n = 1; n <= ROWS[annex - 1]; n += 1) assert.ok(rows.includes(`${annex}-${n}`) || pages.some((it) => it.text.includes(`${annex}-${n}`)), `row ${annex}-${n}`);
  for (const it of SIGNS) assert.ok(last.text.includes(it), `${it} on the last page of annex ${annex}`);
  const ofLast = new Set((last.text.match(new RegExp(`${annex}-\\d+`, 'g')) ?? []).map((it) => it));
  assert.ok(pages.length === 1 || 4 <= ofLast.size || 0.5 < last.filled, `the last page has ${ofLast.size} rows`);
}

// How often the heading of a section stands on a page: with its points, in the first column.
const headings = (page, points) => page.words.filter((it) => it.x < 75 && it.text.startsWith(points)).length;

test('blank forms: a heading once a section, again after the end of a page and marked so, the heads and who signs', async (t) => {
  const { page, host } = await visit(t);
  for (let annex = 1; annex <= 6; annex += 1) {
    await page.goto(`${host.url}rubric/${annex}/`);
    const pages = await pdfPages(page);
    proper(pages, annex);
    assert.equal(pages.length, annex % 2 ? 3 : 2);
    const label = ['', '', '得分', '总分', '总分', '总分'][annex - 1];
    assert.match(pages.at(-1).text, new RegExp(`合计.{0,20}${label}|${label}.{0,20}合计`), `合计 of annex ${annex}`);
    if (annex % 2) {
      assert.equal(headings(pages[0], '65'), 1);
      assert.equal(headings(pages[1], '65'), 1);
      assert.ok(pages[1].text.includes('（续）') && !pages[0].text.includes('（续）'));
    }
    // the part of the title stands on a line of its own
    const dash = pages[0].words.find((it) => it.text.startsWith('——'));
    const title = pages[0].words.find((it) => it.text.includes('技术评估要点'));
    assert.ok(title.y + 14 <= dash.y, `${title.y} and ${dash.y}`);
  }
});

test('Ctrl+P on a sheet prints its form with all notes, and the sheet is there again afterwards', async (t) => {
  const { page, host, seen } = await openSheet(t, 1, { unit: '某厂' });
  await fillAll(page, { ...cases(1), '1-3': { met: false } });
  const notes = { 2: long(20), 3: long(42), 5: long(480), 9: long(200), 30: '一行\n又一行' };
  for (const [row, text] of Object.entries(notes)) await (await note(page, row)).fill(text);
  await saved(page);
  await formThere(page);
  const pages = await pdfPages(page);
  assert.ok(pages.slice(0, -1).every((it) => it.filled > 0.64));
  const text = pages.map((it) => it.text).join('');
  for (const it of [notes[5], notes[9]]) assert.ok(text.includes(it), `a note of ${it.length} letters`);
  assert.ok(text.includes('又一行') && text.includes('备注见表后'));
  for (const it of ['自评结论', '触发否决项', '某厂', '自评码', ...SIGNS]) assert.ok(text.includes(it), it);
  assert.ok(pages.at(-1).text.includes('填表人') && pages.at(-1).text.includes('自评结论'), 'a signature stands with what is signed');
  assert.doesNotMatch(text, /下一项|撤销|返回档案/);
  assert.equal(await page.locator('#paper').count(), 0);
  assert.ok(await page.locator('.sum').isVisible());
  // the same as the page of the form
  await goTo(page, page.url().replace('/sheet/', '/rubric/'));
  const form = await pdfPages(page);
  assert.deepEqual(form.map((it) => it.text), pages.map((it) => it.text));
  assert.ok(host.url);
  seen.check();
});

test('filled forms of all annexes', async (t) => {
  for (let annex = 2; annex <= 6; annex += 1) {
    const { page } = await openSheet(t, annex, { unit: '某厂' });
    await fillAll(page, cases(annex));
    await saved(page);
    await formThere(page);
    proper(await pdfPages(page), annex);
    await page.close();
  }
});

test('all papers of a dossier in one go: each on a page of its own, from one button', async (t) => {
  const before = (page) => page.addInitScript(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
  const { page } = await openSheet(t, 2, { unit: '某厂', before });
  await fillAll(page, cases(2));
  await saved(page);
  await page.getByRole('link', { name: '返回档案' }).first().click();
  await page.getByRole('link', { name: '全部打印' }).click();
  await page.waitForFunction(() => window.printed === 1);
  assert.match(page.url(), /\/print\/\?of=[^#]+$/);
  const pages = await pdfPages(page);
  const first = ['第1份，共3份', '第2份，共3份', '第3份，共3份'].map((it) => pages.findIndex((page) => page.text.includes(it)));
  assert.equal(first[0], 0);
  assert.ok(first[0] < first[1] && first[1] < first[2], String(first));
  assert.ok(pages[0].text.includes('备案路径') && pages[first[1]].text.includes('公共部分'));
  for (const [at, it] of pages.entries()) assert.ok(it.text.includes(`全部第${at + 1}页，共${pages.length}页`), `page ${at + 1}`);
  // a reload prints nothing
  await goTo(page, page.url());
  await page.getByRole('button', { name: '打印', exact: true }).waitFor();
  assert.equal(await page.evaluate(() => window.printed), 0);
});

test('the summary of a panel: whose it is on every page, and what is signed on the page of the signatures', async (t) => {
  for (const annex of [1, 2]) {
    const { links, page, host } = await linksOf(t, annex, { unit: true }, { [`${annex}-${annex === 1 ? 12 : 1}`]: { defects: 1 } });
    await goTo(page, `${host.url}panel/`);
    for (const [at, link] of [links[0], links[0], links[1]].entries()) {
      await page.locator('#seat-text').fill(link);
      await page.getByRole('button', { name: '加入', exact: true }).click();
      await page.locator(`#seat-${at}`).waitFor();
    }
    const pages = await pdfPages(page);
    for (const it of pages) assert.ok(it.text.includes(`附件${annex}申请单位：`), it.text.slice(0, 80));
    const last = pages.at(-1);
    for (const it of ['合计', '合议结论', '评估员1（签字）', '组长（签字）']) assert.ok(last.text.includes(it), `${it} of annex ${annex}`);
  }
});

test('a local address on paper and on the page that sends is said to be one', async (t) => {
  const { page, host } = await openSheet(t, 3, { unit: '某校' });
  const of = new URL(page.url()).searchParams.get('of');
  await goTo(page, `${host.url}share/?of=${of}`);
  await page.getByText('链接和二维码别人打不开').waitFor();
  await goTo(page, `${host.url}rubric/3/?of=${of}`);
  await page.locator('.carried', { hasText: '这是本机地址，别的电脑和手机打不开' }).waitFor();
  // where the site has a public address, this one is meant
  await page.route('**/rubric/3/**', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/data-address="[^"]*"/, 'data-address="https://zp.example.com/zp/"');
    await route.fulfill({ response, body });
  });
  await goTo(page, `${host.url}rubric/3/?of=${of}`);
  const words = await page.locator('.carried').innerText();
  assert.ok(words.includes('打开 https://zp.example.com/zp/open/ 输入自评码。'), words);
});

test('a title with a year, a number or an amount keeps its lines', async (t) => {
  const { page, host } = await visit(t, 'notice/henan-2021-1/');
  await page.evaluate(() => {
    document.querySelector('.title').innerHTML = '<span>关于<span class="nw">2026年</span>第<span class="nw">3批</span>补贴<span class="nw">500万元</span>的通知</span>';
  });
  const lines = await page.locator('.title').evaluate((it) => Math.round(it.clientHeight / parseFloat(getComputedStyle(it).lineHeight)));
  assert.equal(lines, 1);
  assert.ok(host.url);
});

// The last line above the margin of each sheet of paper but the last.
const lastLines = (pages) => pages.slice(0, -1).map(({ words, size }) => {
  const body = words.filter((it) => it.bottom <= size[1] - 44);
  const lowest = Math.max(...body.map((it) => it.bottom));
  return body.filter((it) => lowest - 4 < it.bottom).map((it) => it.text).join('').replaceAll(/\s/g, '');
});

test('no sheet of paper ends with a heading, on pages for reading and on those of a dossier', async (t) => {
  const { page, host } = await visit(t, 'mine/', { app: ['ready', 'fallback'] });
  await put(page, { 'zp1/doc/k1/a': FULL });
  const reading = ['', 'notice/henan-2021-1/', 'notice/henan-2020-16/', 'contents/', 'filing/', 'readings/', 'later/', 'about/', 'access/'];
  const own = ['dossier/', 'scope/', 'roster/', 'evidence/', 'packet/', 'share/'].map((it) => `${it}?of=k1`);
  const wrong = [];
  for (const path of [...reading, ...own, 'plan/?of=k1-1', 'versions/?of=k1-1']) {
    await goTo(page, host.url + path);
    await page.locator('h1').first().waitFor();
    const heads = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, h4, dt, caption, thead')].map((it) => it.textContent.replaceAll(/\s/g, '')).filter(Boolean));
    const pages = await pdfPages(page);
    if (!path) assert.equal(pages.length, 1, 'all of the home page on one sheet');
    lastLines(pages).forEach((line, at) => {
      // some say more on their line
      if (heads.some((it) => line === it || 8 < it.length && line.startsWith(it))) wrong.push(`page ${at + 1} of ${pages.length} of ${path} ends with ${line}`);
    });
  }
  assert.deepEqual(wrong, []);
});
