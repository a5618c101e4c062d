// Every sheet filled in by mouse and keyboard says what the engine says.

import assert from 'node:assert/strict';
import { cases, expected } from './engine.mjs';
import { axe } from './harness.mjs';
import { test } from './limit.mjs';
import { fill, fillAll, openSheet, shown } from './sheet.mjs';

for (const annex of [1, 2, 3, 4, 5, 6]) {
  test(`somebody for whom all is well fills in annex ${annex} and gets full marks`, async (t) => {
    const { page, seen } = await openSheet(t, annex);
    const answers = cases(annex);
    await fillAll(page, answers);
    const result = await shown(page);
    assert.equal(result.points, '100');
    assert.deepEqual(result, expected(annex, answers));
    assert.equal(await page.locator('.sum .done').textContent(), '各项都已评完。');
    seen.check();
  });
}

// What a person found lacking, by the names of the cases; each list is one sheet.
const mixed = [
  [1, '评价方式内容不详实', '专职人员1人不得分', '工作计划自行填写0.5分', '其他制度一项', '企业资质是否决项', '两个优先项目加4分'],
  [1, '恰为70分属基本具备', '考务系统不满足不得开展工作', '经费保障两项都没有只计一次'],
  [2, '考评人员4人扣3分', '聘书一名不符合', '专家聘书一名不符合', '面积自评5.5分', '题库基本满足自评9.5分', '满分加8分'],
  [2, '完好率79.96%不得分', '安全文明三行各一处', '较大安全隐患在第三行', '辅助场所自评0.1分', '教材不能满足'],
  [3, '两个考场租期各一', '办公场所租赁', '技能考场租期37个月自评0.5分', '不能在线考试不得开展工作', '其他制度五个', '加4分'],
  [3, '自有考场自评2分', '不是技工院校是否决项', '没有专项费用是否决项', '评价方式不详实适当扣分', '工作计划缺三项'],
  [4, '年均29.67人得2分', '考评人员3人得4分', '规划自评2.5分', '题库基本满足自评6分', '设备陈旧三处', '教材不满足'],
  [4, '连续招生2.999年是否决项', '只填年均20.01人', '考评人员2人不得开展工作', '加8分仍差半分'],
  [5, '理论考场租期60个月', '技能考场租期60个月自评0.5分', '培训评价经历4.99年', '其他制度三个', '工作流程缺两项扣完'],
  [5, '考务系统和在线考试都不满足', '单位性质是否决项', '评价方式自评2.5分', '档案场所租赁'],
  [6, '考评人员3人得4分没有否决', '面积自评0.5分', '设备陈旧两处', '题库不能满足', '没有工具书是否决项'],
  [6, '重大安全隐患在第三行', '安全文明四处', '专家1人', '完好率80%得满分', '加8分恰为90分'],
];

for (const [annex, ...names] of mixed) {
  test(`annex ${annex} is filled in with ${names.join('、')}`, async (t) => {
    const { page, seen } = await openSheet(t, annex);
    const answers = cases(annex, ...names);
    await fillAll(page, answers);
    assert.deepEqual(await shown(page), expected(annex, answers));
    assert.deepEqual(await axe(page), []);
    seen.check();
  });
}

test('somebody fills in from the bottom to the top, half of it, and every step agrees', async (t) => {
  const { page } = await openSheet(t, 4);
  const all = Object.entries(cases(4, '只填年均20人', '较大安全隐患在第二行')).reverse();
  for (let i = 1; i <= 13; i += 1) {
    await fillAll(page, Object.fromEntries([all[i - 1]]));
    // the three rows of a shared cell are whole only together, which the command line knows and the page too
    assert.deepEqual(await shown(page), expected(4, Object.fromEntries(all.slice(0, i))), `after ${all[i - 1][0]}`);
  }
});

test('a row shows at once what an answer to another row makes of it', async (t) => {
  const { page, seen } = await openSheet(t, 2);
  const line = page.locator('[id="2-3"] output');
  await fillAll(page, { '2-1': { defects: 1 }, '2-3': { defects: 2 } });
  assert.equal(await line.textContent(), '4 − 2 × 2 = 0 分');
  // its points stay 0, but now for another reason
  await fill(page, '2-4', { qualified_examiners: 0 });
  await page.locator('[id="2-3"] output', { hasText: '未聘任人员，按 0 分计' }).waitFor();
  // nobody was said to be there, so nothing is wrong with two; of one it cannot be
  await fill(page, '2-4', { qualified_examiners: 1 });
  await page.locator('[id="2-3"] .wrong', { hasText: '不符合的人数不能多于总人数 1' }).waitFor();
  assert.equal(await line.textContent(), '4 − 2 × 2 = 0 分');
  seen.check();
});

test('somebody answers a row, changes the answer and changes it again', async (t) => {
  const { page } = await openSheet(t, 3);
  const all = {};
  for (const [row, answer] of [
    ['3-1', { met: false }], ['3-1', { met: true }],
    ['3-16', { tenure: 'leased', award: 4, months: 35 }], ['3-16', { tenure: 'owned', award: 2.5 }],
    ['3-13', { award: 4.5 }], ['3-13', { award: 0 }],
  ]) {
    await fillAll(page, { [row]: answer });
    all[row] = answer;
    assert.deepEqual(await shown(page), expected(3, all));
  }
});
