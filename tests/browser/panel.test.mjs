// A panel of assessors: who may join, what has to be agreed upon, what is kept, and the paper.

import assert from 'node:assert/strict';
import { axe } from './harness.mjs';
import { test } from './limit.mjs';
import { linksOf, seat as join } from './links.mjs';
import { pdfText } from './pdf.mjs';
import { goTo, kept, put } from './sheet.mjs';

const KEY = 'zp1/panel';
const clean = async (page, what) => {
  for (const [width, height] of [[1366, 768], [360, 640], [320, 640]]) {
    await page.setViewportSize({ width, height });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${what}: ${wide} px too wide at ${width}`);
    assert.deepEqual(await axe(page), [], `${what} at ${width} px`);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
};
const say = (page) => page.locator('.result .say').textContent();
const savedPanel = (page) => page.locator('.saved.good', { hasText: /已保存 \d\d:\d\d/ }).waitFor();

test('three assessors: a row over the limit, agreed by keyboard alone, changes the verdict, and stays', async (t) => {
  const { links, page, host } = await linksOf(t, 1, { unit: true }, { '1-12': { defects: 2 } }, { '1-3': { met: false } });
  await goTo(page, `${host.url}panel/`);
  await clean(page, 'an empty panel');
  await join(page, links[0], 1);
  await page.getByText('已有 1 席，再加入 2 席就可以合议。').waitFor();
  await join(page, links[1], 2);
  await join(page, links[2], 3);
  await page.locator('.agree .row').first().waitFor();
  assert.deepEqual(await page.locator('.agree .row').evaluateAll((all) => all.map((it) => it.id)), ['a-1-3', 'a-1-12']);
  assert.match(await say(page), /未评 2 项；结论待定/);
  assert.match(await page.locator('.agree .why').allTextContents().then((it) => it.join()), /否决项各席不一.*相差超过限值/);
  await clean(page, 'a panel with open rows');
  // by keyboard: the third seat's answer, who, why
  await page.locator('[id="a-1-3"]').focus();
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.id);
  for (let left = 40; (await focused()) !== '选用评估员3的填写'; left -= 1) {
    assert.ok(0 < left, 'the answer of the third seat cannot be reached');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'who-3');
  await page.locator('[id="a-1-3"]').getByText('还缺谁提出、理由，补上才算数').waitFor();
  assert.match(await say(page), /未评 2 项/);
  await page.keyboard.type('李组长');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'why-3');
  await page.keyboard.type('章程未盖章');
  await page.locator('[id="a-1-3"]').getByText('已合议：').waitFor();
  assert.match(await say(page), /触发否决项 1-3，不论得分/);
  // another answer than that of any seat
  const row = page.locator('[id="a-1-12"]');
  await row.locator('input[aria-label^="不符合"]').fill('1');
  await page.keyboard.press('Tab');
  await page.locator('#who-12').fill('李组长');
  await page.locator('#why-12').fill('按一处计');
  await page.getByText('没有待合议的项。').waitFor();
  await savedPanel(page);
  await clean(page, 'an agreed panel');
  const sentence = await say(page);
  const record = (await kept(page, KEY))[KEY];
  assert.match(record, /^ZPH2\./);
  await goTo(page, page.url());
  await page.getByText('没有待合议的项。').waitFor();
  assert.equal(await say(page), sentence);
  assert.equal(await page.locator('#why-3').inputValue(), '章程未盖章');
  // back to what the first two say: another verdict at once
  await page.locator('[id="a-1-3"]').getByRole('button', { name: '选用评估员1的填写' }).click();
  await page.waitForFunction(() => !document.querySelector('.result .say').textContent.includes('触发否决项'));
  await page.locator('[id="a-1-3"]').getByRole('button', { name: '撤回本项合议' }).click();
  await page.getByText('还有 1 项待合议：').waitFor();
  await page.locator('.undo').getByRole('button', { name: '撤销' }).click();
  await page.getByText('没有待合议的项。').waitFor();
  const text = await pdfText(page);
  for (let n = 1; n <= 49; n += 1) assert.ok(new RegExp(`1-${n}\\b`).test(text), `row 1-${n}`);
  for (const it of ['某厂', '评估员1（签字）', '评估员3（签字）', '组长（签字）', '合议结论', '李组长', '按一处计']) {
    assert.ok(text.replaceAll(/\s/g, '').includes(it), it);
  }
});

test('a record about something else may not join, and why is said; names, seats and the whole can be taken back', async (t) => {
  const one = await linksOf(t, 1, {}, { '1-12': { defects: 1 } }, { '1-12': { defects: 2 } });
  const other = await linksOf(t, 2, { name: '车工' });
  const { page, host, links } = one;
  // a link that came in damaged is told until another record is there
  await goTo(page, `${host.url}panel/#s.abc`);
  await page.locator('#seat-told', { hasText: '链接没有打开：' }).waitFor();
  await join(page, links[0], 1);
  assert.equal(await page.locator('#seat-told').textContent(), '');
  await join(page, other.links[0]);
  await page.locator('#seat-told', { hasText: '没有加入：两张表不是同一个附件' }).waitFor();
  await join(page, links[0], 2);
  await page.locator('#seat-told', { hasText: '与第 1 席的记录完全相同' }).waitFor();
  await page.getByRole('button', { name: '第 2 席“评估员2”换一份' }).click();
  await page.locator('#seat-text').fill(links[1]);
  await page.getByRole('button', { name: '换成这一份' }).click();
  await page.getByText('第 2 席已换成另一份。').waitFor();
  await join(page, links[2], 3);
  await page.locator('#seat-2').fill('王五');
  await savedPanel(page);
  await page.locator('table.summed th', { hasText: '王五' }).waitFor();
  for (const [text, words] of [['-1', '不能是负数'], ['abc', '请填数字'], ['1.25', '最多填一位小数']]) {
    await page.locator('#limit').fill(text);
    await page.keyboard.press('Tab');
    await page.locator('#limit-wrong', { hasText: `${words}；仍按 1 分` }).waitFor();
  }
  await page.locator('#limit').fill('2');
  await page.keyboard.press('Tab');
  await page.locator('[id="a-1-12"] .why', { hasText: '没有过半数相同的填写' }).waitFor();
  await page.getByRole('button', { name: '移除第 3 席“王五”' }).click();
  await page.getByText('再加入 1 席就可以合议').waitFor();
  await page.locator('.undo').getByRole('button', { name: '撤销' }).click();
  await page.locator('[id="a-1-12"]').waitFor();
  assert.equal(await page.locator('#seat-2').inputValue(), '王五');
  const before = (await kept(page, KEY))[KEY];
  await page.getByRole('button', { name: '清空这次合议' }).click();
  await page.getByText('已清空这次合议').waitFor();
  assert.equal((await kept(page, KEY))[KEY], undefined);
  await page.locator('.undo').getByRole('button', { name: '撤销' }).click();
  await page.locator('[id="a-1-12"]').waitFor();
  assert.equal((await kept(page, KEY))[KEY], before);
});

test('what was agreed is looked at again once a seat has another record, and steps are taken back one by one', async (t) => {
  const { links, page, host } = await linksOf(t, 2, { name: '车工' }, { '2-8': { award: 4 } }, { '2-8': { award: 2 } });
  const replace = async (n, link) => {
    await page.getByRole('button', { name: `第 ${n} 席“评估员${n}”换一份` }).click();
    await page.locator('#seat-text').fill(link);
    await page.getByRole('button', { name: '换成这一份' }).click();
    await page.locator('.undo', { hasText: `第 ${n} 席已换成另一份。` }).waitFor();
  };
  const told = () => page.locator('#seat-told').textContent();
  await goTo(page, `${host.url}panel/`);
  for (const [at, link] of [links[0], links[1], links[0]].entries()) await join(page, link, at + 1);
  await page.locator('.undo', { hasText: '已加入，现在有 3 席。' }).waitFor();
  const twice = (n, mend) => `与第 ${n} 席的记录完全相同，请确认是不是同一份放了两次；若放错了，${mend}。`;
  assert.equal(await told(), twice(1, '请撤销，或移除这一席'));
  const row = page.locator('[id="a-2-8"]');
  await row.getByRole('button', { name: '选用评估员2的填写' }).click();
  await page.locator('#who-8').fill('李组长');
  await page.locator('#why-8').fill('看过原件');
  await page.getByText('没有待合议的项。').waitFor();
  const points = await page.locator('.result .big b').textContent();
  // no seat says 4 points any more: they still count, and the row is open
  await replace(2, links[2]);
  assert.equal(await told(), '');
  await page.getByText('还有 1 项待合议：').waitFor();
  await goTo(page, page.url());
  await row.getByText(/已合议：.*；合议后席位有变，请再看/).waitFor();
  assert.equal(await page.locator('.result .big b').textContent(), points);
  assert.match(await row.locator('.why').textContent(), /^合议后席位有变，请再看。相差超过限值。$/);
  assert.deepEqual(await page.locator('table.summed tr.open .note').allTextContents(), ['【合议后席位有变，请再看】合议（李组长）：看过原件']);
  await clean(page, 'a row to look at again');
  const text = (await pdfText(page)).replaceAll(/\s/g, '');
  for (const it of ['合议后席位有变', '还有1项待合议，以下结论未定']) assert.ok(text.includes(it), it);
  await row.getByRole('button', { name: '仍按合议的计' }).click();
  await page.getByText('没有待合议的项。').waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'a-2-8');
  assert.equal(await row.getByRole('button', { name: '仍按合议的计' }).count(), 0);
  // the same record as another seat's: told as what was done
  await replace(3, links[2]);
  assert.equal(await told(), twice(2, '请撤销，或再换一份'));
  assert.doesNotMatch(await page.locator('.seats').innerText(), /已加入/);
  await page.getByText('还有 1 项待合议：').waitFor();
  await page.getByRole('button', { name: '移除第 1 席“评估员1”' }).click();
  await page.getByText('再加入 1 席就可以合议').waitFor();
  await page.getByRole('button', { name: '撤销（可退 2 步）' }).click();
  await page.locator('.undo', { hasText: '第 3 席已换成另一份。' }).waitFor();
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  await page.getByText('没有待合议的项。').waitFor();
  assert.equal(await told(), '');
});

test('the result tells who had a row agreed and why; of the table only parts with such rows can be shown', async (t) => {
  const { links, page, host } = await linksOf(t, 1, {}, { '1-3': { met: false } });
  await goTo(page, `${host.url}panel/`);
  for (const [at, link] of [links[0], links[0], links[1]].entries()) await join(page, link, at + 1);
  const row = page.locator('[id="a-1-3"]');
  await row.getByRole('button', { name: '选用评估员1的填写' }).click();
  await page.locator('#who-3').fill('李组长');
  await page.locator('#why-3').fill('章程已提供');
  await row.getByText('已合议：').waitFor();
  const heads = page.locator('table.summed .head');
  const shown = () => heads.evaluateAll((all) => all.filter((it) => it.getClientRects().length).length);
  assert.equal(await shown(), await heads.count());
  await page.getByLabel('只看需要合议的').check();
  assert.equal(await shown(), 1);
  assert.match(await heads.first().innerText(), /资质/);
  await page.getByText('各席自己写的备注不带走').waitFor();
  await page.getByRole('button', { name: '分享合议结果' }).click();
  await page.getByLabel('带上备注（1 条）').check();
  const link = await page.locator('#link').inputValue();
  await goTo(page, `${host.url}open/`);
  await page.locator('#text').fill(link);
  await page.getByRole('button', { name: '打开', exact: true }).click();
  await page.getByText('李组长：章程已提供').first().waitFor();
});

test('seven assessors sit, an eighth does not', async (t) => {
  const changes = [1, 2, 3].map((defects) => ({ '1-12': { defects } }));
  const { links, page, host } = await linksOf(t, 1, {}, ...changes);
  await goTo(page, `${host.url}panel/`);
  for (let n = 1; n <= 7; n += 1) await join(page, links[n % 4], n);
  await page.getByText('已有 7 席，合议最多 7 人。').waitFor();
  assert.equal(await page.locator('#seat-text').count(), 0);
  assert.equal(await page.locator('table.summed thead tr:last-child th').count(), 12);
  await clean(page, 'seven seats');
  const why = await page.locator('table.summed tr.open .note').first().boundingBox();
  assert.ok(180 <= why.width, `the reason has ${why.width} px`);
  const text = await pdfText(page);
  for (let n = 1; n <= 49; n += 1) assert.ok(new RegExp(`1-${n}\\b`).test(text), `row 1-${n}`);
});

test('a damaged panel is told and set aside, a newer one is left alone, another tab is not written over', async (t) => {
  const { links, page, host } = await linksOf(t, 1, {}, { '1-12': { defects: 1 } });
  await goTo(page, `${host.url}panel/`);
  await join(page, links[0], 1);
  await savedPanel(page);
  const record = (await kept(page, KEY))[KEY];
  const broken = `${record.slice(0, -1)}${record.endsWith('A') ? 'B' : 'A'}`;
  await put(page, { [KEY]: broken });
  await goTo(page, page.url());
  await page.getByText('上次保存的合议已损坏').waitFor();
  await clean(page, 'a damaged panel');
  assert.deepEqual(Object.values(await kept(page, 'zp1/quar/panel')), [broken]);
  await goTo(page, `${host.url}mine/`);
  await page.getByText('一份损坏的数据，已另存，没有改动。').waitFor();
  await put(page, { [KEY]: 'ZPH9.1' });
  await goTo(page, `${host.url}panel/`);
  await page.getByText('由较新版本的程序记下的合议').waitFor();
  await join(page, links[0], 1);
  assert.equal((await kept(page, KEY))[KEY], 'ZPH9.1');
  await put(page, { [KEY]: record });
  await goTo(page, page.url());
  await page.locator('.seated li').waitFor();
  const second = await page.context().newPage();
  await goTo(second, page.url());
  await join(second, links[1], 2);
  await savedPanel(second);
  // this page hears of it, takes it over and says so
  await page.locator('.seated li').nth(1).waitFor();
  // written behind its back
  const theirs = (await kept(page, KEY))[KEY];
  await put(page, { [KEY]: record });
  await page.locator('#seat-0').fill('赵六');
  await page.getByText('另一个标签页修改或清空了这次合议').waitFor();
  assert.equal((await kept(page, KEY))[KEY], record);
  await clean(page, 'a conflict');
  await page.getByRole('button', { name: '保留本页的' }).click();
  await savedPanel(page);
  assert.notEqual((await kept(page, KEY))[KEY], theirs);
  await goTo(page, page.url());
  assert.equal(await page.locator('#seat-0').inputValue(), '赵六');
});

test('the result leaves as a link and as a dossier', async (t) => {
  const { links, page, host } = await linksOf(t, 1, { unit: true }, { '1-12': { defects: 1 } });
  await goTo(page, `${host.url}panel/`);
  for (const [at, link] of [links[0], links[1], links[1]].entries()) await join(page, link, at + 1);
  await page.getByRole('button', { name: '分享合议结果' }).click();
  const link = await page.locator('#link').inputValue();
  const points = await page.locator('.result .big b').textContent();
  await clean(page, 'sharing the result');
  await page.getByRole('button', { name: '另存为我的自评' }).click();
  await page.getByRole('heading', { name: '某厂（合议）', level: 1 }).waitFor();
  await page.getByText(`已得 ${points} 分`).first().waitFor();
  await goTo(page, `${host.url}open/`);
  await page.locator('#text').fill(link);
  await page.getByRole('button', { name: '打开', exact: true }).click();
  await page.getByText(`已得 ${points} 分`).first().waitFor();
});
