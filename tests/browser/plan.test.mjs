// 整改清单: from the points lost to a plan, from the plan to who does what until when, and back to the sheet.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cases, engine } from './engine.mjs';
import { axe } from './harness.mjs';
import { test } from './limit.mjs';
import { planOf } from './links.mjs';
import { pdfPages } from './pdf.mjs';
import { fill, fileFrom, goTo, kept, saved, shown } from './sheet.mjs';

// 61 points, a veto that blocks filing and one that blocks starting work.
const no = { met: false };
const low = {
  ...cases(1), '1-4': { defects: 3 }, '1-13': no, '1-14': { met: true, detailed: true, operable: false }, '1-15': no, '1-16': no,
  '1-17': no, '1-20': no, '1-21': no, '1-22': no, '1-47': no,
};

const way = (page, title) => page.locator('.way', { has: page.getByRole('heading', { name: title }) });
const lost = (page, row) => page.locator(`#lost-${row.split('-')[1]}`);
const task = (page, row) => page.locator(`#task-${row.split('-')[1]}`);
const mark = (page, row, words) => lost(page, row).getByText(words, { exact: true }).click();
const numbers = (page, of) => page.locator(of).evaluateAll((all) => all.map((it) => it.querySelector('.no').textContent));
const totals = (card) => card.locator('.totals').innerText();

test('61 points: what is lost, vetoes first, and how far it is to each band, always in sight', async (t) => {
  const { page, seen } = await planOf(t, 1, low);
  const it = engine(1, low);
  assert.equal(it.base_total, 61);
  const bar = page.locator('.now-bar');
  await bar.getByText('距 70 分还差 9 分，距 85 分还差 24 分').waitFor();
  await bar.getByText('否决项 1-22；不得开展工作 1-20').waitFor();
  const rows = await numbers(page, '.lost');
  assert.deepEqual(rows.slice(0, 2), ['1-22', '1-20']);
  assert.deepEqual(new Set(rows), new Set(['1-4', '1-13', '1-14', '1-15', '1-16', '1-17', '1-20', '1-21', '1-22', '1-47']));
  assert.match(await page.locator('.lost-rows .say').innerText(), /共 10 项没有拿满，失 39 分，其中否决项 1 个/);
  assert.match(await lost(page, '1-4').innerText(), /失 6 分/);
  assert.match(await lost(page, '1-4').innerText(), /现在：不符合 3 项/);
  // in sight from top to bottom
  for (const y of [0, 1e6]) {
    await page.evaluate((y) => window.scrollTo(0, y), y);
    const box = await bar.boundingBox();
    const height = await page.evaluate(() => window.innerHeight);
    assert.ok(box.y + box.height <= height + 1 && 0 < box.y, JSON.stringify(box));
  }
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 768 });
    assert.deepEqual(await axe(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${width} px`);
  }
  seen.check();
});

test('marks change the plan, the plan becomes tasks, done tasks become answers one press each, and all of it is undone', async (t) => {
  const { page, seen, sheet, plan, id } = await planOf(t, 1, low);
  const cheap = way(page, /花费最少/);
  await cheap.waitFor();
  // whatever costs nothing is taken first
  await mark(page, '1-14', '要花钱');
  await page.getByLabel('1-14 费用').fill('3.5');
  await mark(page, '1-17', '办不到');
  const after = async () => {
    const text = await cheap.innerText();
    const rows = [...text.matchAll(/（(1-\d+)）/g)].map((it) => it[1]);
    return { text, rows };
  };
  const first = await after();
  assert.ok(first.rows.includes('1-22') && !first.rows.includes('1-17'), first.text);
  assert.match(await totals(cheap), /^61 → \d+(\.\d)? 分$/);
  assert.ok(85 <= Number(/→ ([\d.]+)/.exec(await totals(cheap))[1]), first.text);
  // the lower band takes less
  await page.locator('.option', { hasText: '70 分' }).click();
  await cheap.getByText(/基本具备/).waitFor();
  const lower = await after();
  assert.ok(lower.rows.length < first.rows.length, lower.text);
  await cheap.getByRole('button', { name: '采用这份清单' }).click();
  await page.locator('.task').first().waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'tasks');
  assert.deepEqual(new Set(await numbers(page, '.task')), new Set(lower.rows));
  assert.equal((await numbers(page, '.task'))[0], '1-22');
  // nothing of it is on the sheet
  assert.match(await page.locator('.plan-head .say').innerText(), /已得 61 分/);
  await page.getByLabel('1-22 责任人').fill('李主任');
  await page.getByLabel('1-22 完成期限').fill('2026年12月10日');
  await task(page, '1-22').getByText('进行中', { exact: true }).click();
  await saved(page);
  await goTo(page, plan);
  assert.equal(await page.getByLabel('1-22 责任人').inputValue(), '李主任');
  assert.equal(await page.getByLabel('1-22 完成期限').inputValue(), '2026年12月10日');
  assert.ok(await task(page, '1-22').getByLabel('进行中').isChecked());
  assert.ok(await page.locator('.option', { hasText: '70 分' }).locator('input').isChecked());
  assert.equal(await page.getByLabel('1-14 费用').inputValue(), '3.5');
  assert.ok(await lost(page, '1-17').getByLabel('办不到').isChecked());
  // done: the answer is proposed and nothing is changed
  assert.equal(await page.getByRole('button', { name: '写入自评表' }).count(), 0);
  await task(page, '1-22').getByText('已办', { exact: true }).click();
  const press = task(page, '1-22').getByRole('button', { name: '写入自评表' });
  await press.waitFor();
  assert.match(await page.locator('.plan-head .say').innerText(), /触发否决项 1-22/);
  await press.click();
  await task(page, '1-22').getByText('自评表里已经是办成后的填写').waitFor();
  await page.locator('.plan-head .say').filter({ hasNotText: '触发否决项' }).waitFor();
  await page.keyboard.press('Control+z');
  await page.locator('.plan-head .say').filter({ hasText: '触发否决项 1-22' }).waitFor();
  await press.click();
  await saved(page);
  await goTo(page, sheet);
  assert.deepEqual((await shown(page)).vetoes.map((it) => it.rows), [['1-20']]);
  // a backup says all of it in words
  await goTo(page, plan);
  const { text } = await fileFrom(page, () => page.locator('.saved').getByRole('button', { name: '下载备份' }).click());
  for (const it of ['1-14 要花钱，费用 3.5 万元', '1-17 办不到', '整改目标 70 分', '整改 1-22 符合（自评表已改）；责任人：李主任；完成期限：2026年12月10日；已办']) {
    assert.ok(text.includes(it), it);
  }
  assert.ok(id);
  seen.check();
});

test('the sheet was changed after the list was made: the line says so before it is written', async (t) => {
  const { page, sheet, plan } = await planOf(t, 1, { ...cases(1), '1-4': { defects: 4 }, '1-14': { met: true, detailed: true, operable: false }, '1-17': no });
  await mark(page, '1-14', '办不到');
  await mark(page, '1-17', '办不到');
  await page.getByLabel('1-4 每项费用').fill('1');
  await way(page, /花费最少/).getByRole('button', { name: '采用这份清单' }).click();
  await task(page, '1-4').getByText('已办', { exact: true }).click();
  await saved(page);
  await goTo(page, sheet);
  await fill(page, '1-4', { defects: 0 });
  await saved(page);
  await goTo(page, plan);
  await task(page, '1-4').getByText(/列入清单以后自评表又改过，现在是“不符合 0 项”；写入会少 \d+ 分/).waitFor();
});

test('what if: a row or the total is changed, the result is shown, and nothing is kept until it is taken over', async (t) => {
  const { page, seen } = await planOf(t, 1, low);
  await saved(page).catch(() => {});
  const before = await kept(page, 'zp1/doc');
  const tried = page.locator('.tried');
  await page.locator('#try-row').selectOption({ label: await page.locator('#try-row option[value="17"]').innerText() });
  await page.locator('.trying').getByText('符合', { exact: true }).click();
  await tried.getByText('61 → 67 分').waitFor();
  await tried.getByText('1-17 不符合 → 符合').waitFor();
  // by the keyboard to a band: the first step above the points is the next line
  await page.locator('#try-total').focus();
  await page.keyboard.press('End');
  await tried.getByText(/61 → (8[5-9]|9\d|100)/).waitFor();
  await page.locator('.slide').getByRole('button', { name: '70 分' }).click();
  await tried.getByText(/61 → 7\d(\.\d)? 分/).waitFor();
  assert.match(await tried.innerText(), /基本具备评价机构备案条件；不得开展工作 1-20/);
  assert.match(await page.locator('.plan-head .say').innerText(), /已得 61 分/);
  assert.deepEqual(await kept(page, 'zp1/doc'), before, 'nothing is kept');
  assert.equal(await page.locator('.task').count(), 0);
  await tried.getByRole('button', { name: '列入整改清单' }).click();
  await page.locator('.task').first().waitFor();
  assert.equal((await numbers(page, '.task'))[0], '1-22');
  await saved(page);
  assert.notDeepEqual(await kept(page, 'zp1/doc'), before);
  await page.getByText('还没有改动。').waitFor();
  seen.check();
});

test('by the keyboard: what is pressed and gone leaves the focus on the task, or on the next one', async (t) => {
  const { page, plan } = await planOf(t, 1, low);
  const on = (id) => page.waitForFunction((id) => document.activeElement.id === id, id);
  await way(page, /花费最少/).getByRole('button', { name: '采用这份清单' }).press('Enter');
  await on('tasks');
  const ids = await page.locator('.task').evaluateAll((all) => all.map((it) => it.id));
  await page.locator(`#${ids[1]}`).getByText('已办', { exact: true }).click();
  await page.locator(`#${ids[1]}`).getByRole('button', { name: '写入自评表' }).press('Enter');
  await on(ids[1]);
  await page.locator(`#${ids[0]}`).getByRole('button', { name: /删去/ }).press('Enter');
  await on(ids[1]);
  await saved(page);
  await goTo(page, plan);
  await page.locator(`#${ids.at(-1)}`).getByRole('button', { name: /删去/ }).press('Enter');
  await on('tasks');
  // no row and no head of the sheet was changed by that
  await page.keyboard.press('Control+z');
  await page.locator('.told span', { hasText: /^已撤销一步$/ }).waitFor();
});

test('before there is a list, what is lost and the ways to mend it are printed', async (t) => {
  const { page } = await planOf(t, 1, low);
  await way(page, /花费最少/).waitFor();
  const all = (await pdfPages(page)).map((it) => it.text).join('');
  for (const it of ['失分在哪里', '1-22', '失6分', '花费最少', '61→86分']) assert.ok(all.includes(it), it);
  for (const it of ['马上能办', '采用这份清单', '试一试', '总分拖到', '下载备份']) assert.ok(!all.includes(it), it);
});

test('where no plan is enough, the reason is said', async (t) => {
  const { page } = await planOf(t, 1, low);
  await mark(page, '1-22', '办不到');
  const cheap = way(page, /花费最少/);
  await cheap.getByText(/达不到 85 分：/).waitFor();
  assert.match(await cheap.locator('.alert').innerText(), /1-22/);
  await cheap.getByText('否决项 1-22 仍在').waitFor();
});

test('a sheet over its highest line is offered nothing, an unfinished one is counted as it is', async (t) => {
  const { page } = await planOf(t, 1, cases(1));
  await page.getByText('已达到最高的分数线，也没有否决项，不用整改。').waitFor();
  assert.equal(await page.locator('.lost, .way, .try').count(), 0);
  const some = { ...cases(1) };
  delete some['1-22'];
  delete some['1-17'];
  const { page: other } = await planOf(t, 1, some);
  await other.getByText('还有 2 项未评：在这里按没有做到算').waitFor();
  assert.deepEqual((await numbers(other, '.lost')).slice(0, 1), ['1-22']);
  assert.match(await lost(other, '1-17').innerText(), /未评，失 6 分/);
});

test('the list is printed on A4 and leaves as CSV and XLSX, whole and in the order of the screen', async (t) => {
  const { page } = await planOf(t, 1, low);
  await way(page, /花费最少/).getByRole('button', { name: '采用这份清单' }).click();
  await page.locator('.task').first().waitFor();
  const rows = await numbers(page, '.task');
  const last = rows.at(-1);
  await page.getByLabel(`${last} 责任人`).fill('王科长');
  await page.getByLabel(`${last} 完成期限`).fill('2026.1.5');
  await page.getByLabel('排列').selectOption({ label: '按期限' });
  assert.equal((await numbers(page, '.task'))[0], last);
  // everything there is on the page at once
  await page.locator('#try-row').selectOption('17');
  await page.locator('.task').first().getByText('已办', { exact: true }).click();
  for (const width of [360, 1366]) {
    await page.setViewportSize({ width, height: 768 });
    assert.deepEqual(await axe(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${width} px`);
  }
  const { name, text } = await fileFrom(page, () => page.getByRole('button', { name: '导出 CSV' }).click());
  assert.match(name, /^整改清单-附件1 公共部分-\d{8}\.csv$/);
  assert.equal(text.charCodeAt(0), 0xfeff, 'BOM');
  assert.match(text, /编号,评估标准,整改事项,目前得分,整改后,能否办到,费用（万元）,最多能得,责任人,完成期限,状态/);
  assert.ok(text.indexOf(`\n${last},`) < text.indexOf(`\n${rows[0]},`), text);
  assert.ok(text.includes('王科长,2026.1.5,已办'), text);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 XLSX' }).click();
  const file = await coming;
  assert.match(file.suggestedFilename(), /\.xlsx$/);
  assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
  const pages = await pdfPages(page);
  const all = pages.map((it) => it.text).join('');
  for (const it of [...rows, '整改清单', '附件1公共部分', '王科长', '2026.1.5', '已办', '未开始', '申请单位（盖章）', '目前：触发否决项', '全部办完后']) {
    assert.ok(all.includes(it), it);
  }
  for (const it of ['采用这份清单', '失分在哪里', '试一试', '写入自评表']) assert.ok(!all.includes(it), it);
});

test('the sheet, the dossier and its findings lead to the plan, also where a lower line is reached', async (t) => {
  const some = { ...cases(1), '1-14': { met: true, detailed: true, operable: false }, '1-17': no, '1-28': no };
  const { page, host, id, sheet, plan } = await planOf(t, 1, some);
  await goTo(page, sheet);
  await page.locator('.now', { hasText: '84 分' }).getByText('，距 85 分还差 1 分').waitFor();
  await page.locator('.sum').getByRole('link', { name: '整改清单' }).click();
  await page.waitForURL(plan);
  await goTo(page, `${host.url}dossier/?of=${id}`);
  const found = page.locator('.findings li', { hasText: '附件1得 84 分，距 85 分还差 1 分，可以先改进：1-14' });
  assert.equal(await found.locator('b').innerText(), '提醒');
  await found.getByRole('link', { name: '看怎么补' }).click();
  await page.waitForURL(plan);
  await page.locator('.lost').first().waitFor();
});
