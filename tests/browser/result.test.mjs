// What the page says of a result is what the answers mean: buttons, colours, the next step, readings.

import assert from 'node:assert/strict';
import { cases, engine, expected, rubrics } from './engine.mjs';
import { axe } from './harness.mjs';
import { test } from './limit.mjs';
import { choose, fill, fillAll, openSheet, saved, shown, type, words } from './sheet.mjs';

const row = (page, id) => page.locator(`fieldset[id="${id}"]`);
const grade = (page, id) => row(page, id).evaluate((it) => it.className.trim());

test('whoever lacks something finds no word that says it and gives points', async (t) => {
  const { page } = await openSheet(t, 1);
  const negative = /^(没有|无|否|不|未)/;
  for (const { id, rule } of rubrics()[0].rows) {
    const buttons = await row(page, id).locator('.ask .seg label, .ask .quick').allTextContents();
    for (const [at, word] of buttons.entries()) {
      if (!negative.test(word)) continue;
      // such a word says of what there is none, or what it costs, or it stands after the word for what is good
      assert.ok(word.startsWith('无不符合项') || word === '没有，不得分' || 0 < at, `${id} ${rule.kind}: ${word}`);
    }
  }
  await row(page, '1-4').getByRole('button', { name: words.none }).click();
  assert.equal(await row(page, '1-4').locator('output').textContent(), '得 8 分');
  await row(page, '1-30').getByRole('button', { name: '没有，不得分' }).click();
  assert.match(await row(page, '1-30').locator('output').textContent(), /0 分$/);
  assert.equal(await grade(page, '1-30'), 'row zero');
});

test('where nobody is appointed, no button promises full points', async (t) => {
  const { page } = await openSheet(t, 2);
  assert.deepEqual(await row(page, '2-1').locator('.quick').allTextContents(), ['无不符合项']);
  assert.deepEqual(await row(page, '2-14').locator('.quick').allTextContents(), ['无不符合项，得满分']);
  assert.deepEqual(await row(page, '2-19').locator('.quick, .seg label').allTextContents(), ['无不符合项', ...words.hazard]);
});

test('a finished sheet below every threshold looks like one and says what to improve', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  const low = { ...cases(2), '2-8': { award: 0 }, '2-12': { award: 0 }, '2-14': { defects: 1 } };
  await fillAll(page, low);
  const result = await shown(page);
  assert.deepEqual(result, expected(2, low));
  assert.match(result.sentence, /；距 85 分还差 1 分；/);
  assert.match((await page.locator('.improve li').allTextContents()).join(), /^2-12 .*，可多得 8 分,2-8 .*，可多得 6 分,2-14 .*，可多得 2 分$/);
  assert.equal(await page.locator('.sum .done').count(), 0);
  assert.equal(await page.locator('.sum').getAttribute('class'), 'sum zero');
  assert.deepEqual(
    [await grade(page, '2-1'), await grade(page, '2-14'), await grade(page, '2-8')],
    ['row good', 'row part', 'row zero'],
  );
  assert.deepEqual(await axe(page), []);
  await saved(page);
  // the dossier says the same
  await page.locator('.sum .links a', { hasText: '返回档案' }).click();
  await page.locator('.sheets li.zero', { hasText: '距 85 分还差 1 分' }).waitFor();
  await page.locator('.findings li', { hasText: '可以先改进：2-12' }).waitFor();
  await page.getByRole('link', { name: '我的自评' }).first().click();
  await page.locator('.sheets li', { hasText: '1 张未达到分数线' }).waitFor();
  seen.check();
});

test('the least and the most say why they differ, and lead to the rows', async (t) => {
  const { page } = await openSheet(t, 5);
  const answers = { ...cases(5), '5-17': { met: false }, '5-11': { award: 2 } };
  delete answers['5-2'];
  await fillAll(page, answers);
  const it = engine(5, answers);
  const lines = await page.locator('.sum .ends li').allTextContents();
  assert.match(lines[0], /^未评 1 项，可能再多 \d+ 分：5-2$/);
  assert.match(lines[1], /^酌情 \d+ 项，可能再少 .* 分，可能再多 .* 分：5-11/);
  assert.match(lines[2], /^解读 1 项，可能再少 8 分：5-18$/);
  const sum = (word) => lines.reduce((n, line) => n + Number(new RegExp(`再${word} ([\\d.]+) 分`).exec(line)?.[1] ?? 0), 0);
  assert.deepEqual([it.base_total - sum('少'), it.base_total + sum('多')], [it.low, it.high]);
  assert.doesNotMatch(await page.locator('.sum').textContent(), /可能在|最高可达/);
});

test('what a row shows follows every answer that it depends on', async (t) => {
  const line = (page, id) => row(page, id).locator('output').first();
  const { page } = await openSheet(t, 6);
  const none = { defects: 0, hazard: false };
  await fillAll(page, { '6-18': none, '6-19': none });
  await line(page, '6-18').filter({ hasText: '待同一单元格各行填完' }).waitFor();
  await fill(page, '6-20', none);
  await line(page, '6-18').filter({ hasText: '得 10 分' }).waitFor();
  await fill(page, '6-19', { defects: 2, hazard: true });
  await line(page, '6-18').filter({ hasText: '10 − 2 × 2 = 6 分' }).waitFor();
  await fill(page, '6-19', none);
  await line(page, '6-18').filter({ hasText: '得 10 分' }).waitFor();
  // two of nobody score what two of two score: only the reason is another
  for (const [defective, of, fact] of [['6-2', '6-4', 'qualified_examiners'], ['6-6', '6-7', 'experts']]) {
    await fill(page, defective, { defects: 2 });
    const before = await line(page, defective).textContent();
    await fill(page, of, { [fact]: 0 });
    await line(page, defective).filter({ hasText: '未聘任人员，按 0 分计' }).waitFor();
    await fill(page, of, { [fact]: 2 });
    await line(page, defective).filter({ hasText: before }).waitFor();
  }
});

test('the doubt about a row comes and goes with the row that it hangs on', async (t) => {
  const { page } = await openSheet(t, 5);
  await fillAll(page, { '5-18': { met: true }, '5-17': { met: false } });
  await row(page, '5-18').locator('.doubt', { hasText: '本项最低 0 分，最高 8 分，见解读 AMB-14' }).waitFor();
  await fill(page, '5-17', { met: true });
  await row(page, '5-18').locator('.doubt').waitFor({ state: 'detached' });
});

test('a school may leave its qualification open, and it is neither a veto nor forgotten', async (t) => {
  const { page, seen } = await openSheet(t, 3, { unit: '某技工学校' });
  const answers = { ...cases(3), '3-1': { unsure: true } };
  await fillAll(page, answers);
  assert.deepEqual(await shown(page), expected(3, answers));
  assert.equal(await row(page, '3-1').locator('output').textContent(), '待确认');
  assert.match(await page.locator('.sum .next').textContent(), /^待确认：3-1/);
  await fill(page, '3-1', { met: false });
  assert.equal(await grade(page, '3-1'), 'row bad');
  await fill(page, '3-1', { unsure: true });
  assert.deepEqual(await shown(page), expected(3, answers));
  await saved(page);
  await page.locator('.sum .links a', { hasText: '打印评估表' }).click();
  await page.locator('tr[id="3-1"] td.num', { hasText: '待确认' }).waitFor();
  await page.getByText('（其中待确认 1 项）').first().waitFor();
  // nobody else is offered it
  assert.equal(await page.locator('[id="3-24"]', { hasText: words.unsure }).count(), 0);
  seen.check();
});

test('more who qualify than there are is told at the field and not taken', async (t) => {
  const { page } = await openSheet(t, 2);
  await type(page, '2-4', '符合条件', '6');
  await type(page, '2-4', '聘任总数', '5');
  await row(page, '2-4').locator('.count .wrong', { hasText: '符合条件的人数不能多于聘任总数 5；本格仍为未填' }).waitFor();
  assert.deepEqual(await shown(page), expected(2, { '2-4': { qualified_examiners: 6 } }));
  // once there are fewer, the number that was refused is taken
  await type(page, '2-4', '符合条件', '5');
  assert.deepEqual(await shown(page), expected(2, { '2-4': { qualified_examiners: 5, headcount: 5 } }));
  await type(page, '2-13', '完好', '90');
  await type(page, '2-13', '共', '80');
  await row(page, '2-13').locator('.count .wrong', { hasText: '完好数不能多于总数' }).waitFor();
});

test('all three things that 1-14 names are asked', async (t) => {
  const { page } = await openSheet(t, 1);
  assert.deepEqual(await row(page, '1-14').locator('.ask .count > span:first-child').allTextContents(), [
    '符合文件要求', '内容详实', '可操作性强',
  ]);
  for (const answer of [{ met: true, detailed: true, operable: true }, { met: false, detailed: true, operable: true }]) {
    await fill(page, '1-14', answer);
    assert.deepEqual(await shown(page), expected(1, { '1-14': answer }));
  }
  await row(page, '1-14').locator('.doubt', { hasText: '本项最低 0 分，最高 7 分，见解读 AMB-37' }).waitFor();
  await choose(page, '1-14', '符合文件要求', '是');
  assert.equal(await grade(page, '1-14'), 'row good');
});

test('a row has only the readings that one needs there, and each quotes what is printed in it', async (t) => {
  const { page } = await openSheet(t, 1);
  const boxes = await page.locator('fieldset .reading:not(.plain)').count();
  assert.ok(boxes <= 23, `${boxes} rows of annex 1 have a box with readings`);
  const text = await row(page, '1-3').locator('.reading').textContent();
  assert.doesNotMatch(text, /开展评价|扫描|错列|沿用/);
  assert.match(await row(page, '1-20').locator('.reading').textContent(), /此项为开展评价（认定）工作的否决项/);
});
