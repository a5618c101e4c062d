// The whole case: who am I, where do I file, what is missing, what contradicts what, and what to do next.

import assert from 'node:assert/strict';
import { cases } from './engine.mjs';
import { appState, axe, readerState, serve, visit } from './harness.mjs';
import { chromium86 } from './kernels.mjs';
import { test } from './limit.mjs';
import { begin, choose, fill, fillAll, goTo, newDossier } from './sheet.mjs';

const option = (page, words) => page.locator('.option', { has: page.getByText(words, { exact: true }) });
const next = (page) => page.getByRole('button', { name: '下一步' }).click();
const asked = (page) => page.locator('#ask').textContent();
const facts = (page, name) =>
  page.locator('.filed dt', { hasText: name }).evaluateAll((all) => all.map((it) => it.nextElementSibling.textContent));

test('three questions lead an enterprise to where it files, each with its clause', async (t) => {
  const { page, seen } = await visit(t);
  await page.locator('.card', { hasText: '用人单位' }).getByRole('link', { name: '开始自评' }).click();
  await page.waitForURL('**/start/employer/');
  await appState(page, 'ready');
  assert.equal(await asked(page), '单位属于哪一种？');
  await page.getByText('依据：豫职鉴〔2021〕1号 一（一）1').waitFor();
  // nothing chosen: asked again in words, nothing lost
  await next(page);
  await page.getByText('请先选一项').waitFor();
  await option(page, '省内其他企业').click();
  await next(page);
  assert.equal(await asked(page), '单位的社会保险在哪里登记？');
  await page.getByLabel('单位社保登记地').fill('平顶山市');
  assert.deepEqual(await axe(page), []);
  await next(page);
  await page.getByRole('heading', { name: '属地备案' }).waitFor();
  assert.deepEqual(await facts(page, '机构类别代码'), ['Y（推定）']);
  assert.deepEqual(await facts(page, '编码第10位'), ['0—8']);
  assert.match((await facts(page, '监管服务'))[0], /平顶山市/);
  assert.match((await facts(page, '联系人'))[0], /2021年印发.*马 伟.*0371-69306150/s);
  await page.getByText('备案成功后，将备案结果报省鉴定中心').waitFor();
  await page.getByText('www.osta.org.cn').waitFor();
  await page.getByText('原则上').first().waitFor();
  assert.deepEqual(await axe(page), []);
  seen.check();
});

test('going back loses nothing, by the link and by the button of the browser', async (t) => {
  const { page } = await visit(t, 'start/employer/', { app: 'ready' });
  await option(page, '央企在豫分支机构').click();
  await next(page);
  await page.getByLabel('单位社保登记地').fill('郑州市、平顶山市');
  await next(page);
  await page.getByRole('heading', { name: '省级备案' }).waitFor();
  assert.match((await facts(page, '监管服务'))[0], /省鉴定中心指定/);
  await page.goBack();
  await page.locator('#place').waitFor();
  assert.equal(await page.getByLabel('单位社保登记地').inputValue(), '郑州市、平顶山市');
  await page.getByRole('link', { name: '上一步' }).click();
  await page.getByText('单位属于哪一种').waitFor();
  assert.ok(await option(page, '央企在豫分支机构').locator('input').isChecked());
  // another answer to the first question, and the second one is still there
  await option(page, '省内其他企业').click();
  await next(page);
  assert.equal(await page.getByLabel('单位社保登记地').inputValue(), '郑州市、平顶山市');
  await next(page);
  await page.getByRole('heading', { name: '待确认' }).waitFor();
  await page.getByText('可能是：郑州市、平顶山市').waitFor();
});

test('a school that assesses its students and the public files twice, and its way is marked in the picture', async (t) => {
  const { page } = await visit(t, 'start/school/', { app: 'ready' });
  await option(page, '注册学籍的本校学生').click();
  await option(page, '社会人员').click();
  await next(page);
  await option(page, '其他院校').click();
  await next(page);
  // a place that is not known is an answer too
  await option(page, '所在地不明确').click();
  await next(page);
  await page.getByText('按评价对象分别备案，共 2 份').waitFor();
  assert.deepEqual(await facts(page, '机构类别代码'), ['Y（原文所印）', 'S（原文所印）']);
  assert.deepEqual(await facts(page, '编码第10位'), ['9', '原文未规定']);
  await page.getByText('看图：从单位到备案路径').click();
  const mine = await page.locator('.decision .mine').allTextContents();
  assert.deepEqual(mine.map((it) => it.replace('（本单位）', '')), ['技工院校', '注册学籍的本校学生', '省级备案', '社会人员', '省级备案']);
  await newDossier(page, '某技师学院');
  const sheets = page.locator('.case .sheets h3');
  assert.deepEqual((await sheets.allTextContents()).map((it) => it.trim()), ['附件3 公共部分', '附件5 公共部分']);
  assert.equal(await page.locator('#filing + ul li').count(), 2);
});

test('answers of a dossier are looked at again and changed, and undone', async (t) => {
  const { page } = await visit(t, 'start/social/', { app: 'ready' });
  await newDossier(page, '某协会');
  await page.getByText('下一步：先回答几个问题').waitFor();
  await page.getByRole('link', { name: '回答几个问题' }).click();
  await option(page, '省级行业社团组织').click();
  await next(page);
  await page.getByRole('heading', { name: '省级备案' }).waitFor();
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByText('省级备案，备案为社会培训评价组织，监管服务：省鉴定中心').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('还没有答完在哪里备案').waitFor();
  await page.keyboard.press('Control+y');
  await page.getByText('省级备案，备案为社会培训评价组织').waitFor();
});

test('a code is checked as far as the notice goes, and no further', async (t) => {
  const { page, seen } = await visit(t, 'filing/', { reader: 'ready' });
  assert.equal(await page.locator('#boot').isVisible(), false);
  const says = page.locator('#code-says');
  const check = async (kind, code) => {
    await page.getByLabel('机构类别').selectOption({ label: kind });
    await page.getByLabel('编码').fill(code);
    await page.getByRole('button', { name: '核对' }).click();
    return says.innerText();
  };
  assert.match(await check('用人单位', 'Y41040000８001'), /第10位是 8，符合/);
  assert.match(await check('用人单位', 'y410400009001'), /第10位是 9，用人单位应为 0-8/);
  assert.match(await check('社会培训评价组织', 'S410400009001'), /原文未规定/);
  assert.match(await check('社会培训评价组织', 'Y410400009001'), /机构类别代码应为 S/);
  assert.match(await check('用人单位', 'Y41'), /不到第10位/);
  assert.match(await check('用人单位', 'Y4104 <b>x</b>'), /只能是字母和数字/);
  assert.match(await says.innerText(), /一（一）2/);
  assert.deepEqual(await axe(page), []);
  // by keyboard, by leaving the field, and by choosing another kind of body
  await page.getByLabel('编码').fill('Y41040000900100');
  await page.keyboard.press('Enter');
  assert.match(await says.innerText(), /用人单位应为 0-8/);
  await page.getByLabel('机构类别').selectOption({ label: '社会培训评价组织' });
  assert.match(await says.innerText(), /机构类别代码应为 S/);
  await page.getByLabel('编码').fill('S4104');
  await page.keyboard.press('Tab');
  assert.match(await says.innerText(), /不到第10位/);
  const clause = says.getByRole('link').first();
  assert.match(await clause.getAttribute('href'), /^\/notice\/[\w-]+\/#/);
  assert.equal(await clause.getAttribute('target'), '_blank');
  await page.getByLabel('编码').fill('');
  await page.getByRole('button', { name: '核对' }).click();
  assert.equal(await says.innerText(), '');
  seen.check();
});

test('Chromium 86 checks a code too', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const browser = await chromium86();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${host.url}filing/`);
  await readerState(page, 'fallback');
  await page.evaluate(() => {
    document.getElementById('code').value = 'Y41040000900100';
    document.getElementById('check').click();
  });
  await page.waitForFunction(() => /第10位是 9，用人单位应为 0-8/.test(document.getElementById('code-says').textContent));
  assert.deepEqual(errors, []);
});

test('a code cannot be checked without the reader, and the page says why', async (t) => {
  const { page } = await visit(t, 'filing/', { host: { missing: [/reader-\w+\.wasm$/, /reader-fallback-/] } });
  await page.getByText(/取不到文件 reader-\w+\.wasm（404）/).waitFor();
  assert.equal(await page.getByRole('button', { name: '核对' }).isDisabled(), true);
});

test('the picture stands in the file, with its words beside it, before any script runs', async (t) => {
  const { page } = await visit(t, 'filing/', { browser: { javaScriptEnabled: false } });
  const picture = page.getByRole('list', { name: /备案路径图/ });
  assert.equal(await picture.locator('b', { hasText: '属地审核推荐的省级备案' }).count(), 1);
  assert.ok(await page.locator('noscript p', { hasText: '浏览器关闭了脚本，不能在线填写' }).isVisible());
  for (const it of ['#kind', '#code', '#check']) assert.equal(await page.locator(it).isDisabled(), true);
  const words = await page.locator('.decided').innerText();
  for (const it of ['央企在豫分支机构', '属地备案', '推定', '原文未规定', '豫职鉴〔2021〕1号 一（三）1']) assert.ok(words.includes(it), it);
});

test('what contradicts what is told and led to, and the next step follows what was done', async (t) => {
  const { page, host } = await visit(t, 'start/employer/', { app: 'ready' });
  await begin(page, 1, '某厂');
  await fillAll(page, cases(1));
  // a full mark with its veto unmet cannot be entered; an award without a note, and the same system twice, can
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByText('下一步：先回答几个问题').waitFor();
  await page.getByRole('link', { name: '回答几个问题' }).click();
  await option(page, '省内其他企业').click();
  await next(page);
  await page.getByLabel('单位社保登记地').fill('平顶山市');
  await next(page);
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByText('下一步：填写评价范围申报表').waitFor();
  await page.getByRole('button', { name: '添加职业（工种）自评表' }).click();
  await page.getByLabel('职业（工种/方向）名称').fill('车工');
  await page.getByLabel('职工人数').fill('10');
  await page.getByLabel('其中初级工').fill('11');
  await fill(page, '2-4', { qualified_examiners: 5, headcount: 5 });
  await fill(page, '2-2', { defects: 2 });
  await page.getByRole('link', { name: '返回档案' }).click();
  const findings = page.locator('.findings li');
  await findings.first().waitFor();
  const told = (await findings.allTextContents()).join('\n');
  assert.match(told, /前后矛盾.*11/);
  assert.match(told, /前后矛盾.*聘任 5 人、符合条件 5 人，2-2 却有 2 人不符合/);
  assert.match(told, /还没有完成.*申报表/);
  assert.deepEqual(await axe(page), []);
  const people = findings.filter({ hasText: '2-4' }).first();
  await people.getByRole('link', { name: '去看看' }).click();
  await page.locator('[id="2-4"]').waitFor();
  assert.match(page.url(), /#2-4$/);
  await fill(page, '2-4', { qualified_examiners: 3 });
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('link', { name: '打开', exact: true }).click();
  await page.locator('.findings').waitFor();
  assert.ok(!/聘任/.test((await findings.filter({ hasText: '2-4' }).allTextContents()).join('')), 'it is mended');
});

test('a finding of the declaration leads to its row', async (t) => {
  const { page } = await visit(t, 'start/employer/', { app: 'ready' });
  await newDossier(page, '某厂');
  await page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
  await page.getByText('从 Excel/WPS 粘贴').click();
  const rows = [...Array(11).fill('6-18-01-01\t车工\t数控车床\t4'), '2-02-07-01\t某职业\t\t4'];
  await page.locator('#paste').fill(rows.join('\n'));
  await page.getByRole('button', { name: '加入申报表' }).click();
  await page.goBack();
  const rejected = page.locator('.findings li', { hasText: '申报表第12行' }).first();
  await rejected.getByRole('link', { name: '去看看' }).click();
  await page.waitForURL(/scope\/.*#row-11$/);
  const row = page.locator('[id="row-11"]');
  await row.waitFor();
  await page.waitForFunction(() => {
    const { top } = document.getElementById('row-11').getBoundingClientRect();
    return 40 < top && top < innerHeight;
  });
  assert.match(await row.innerText(), /不得申报/);
});

test('what the unit says once is on every printed form', async (t) => {
  const { page } = await visit(t, 'start/employer/', { app: 'ready' });
  await newDossier(page, '某厂');
  await page.getByLabel('所在地').fill('平顶山市');
  await page.getByLabel('联系人').fill('王某');
  await page.getByLabel('联系电话').fill('2978838');
  await page.getByLabel('自评日期').fill('2026年11月25日');
  // what is no number is told at its field and kept as it was typed
  await page.getByLabel('专家总数').fill('三人');
  await page.locator('#fact-7-e', { hasText: /./ }).waitFor();
  assert.equal(await page.getByLabel('专家总数').getAttribute('aria-invalid'), 'true');
  await page.getByLabel('专家总数').fill('３');
  await page.locator('#fact-7-e', { hasText: /./ }).waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: '打印评估表' }).click();
  const form = page.locator('.form');
  await form.getByText(/申请单位：某厂\s*所在地：平顶山市\s*联系人：王某\s*联系电话：2978838/).waitFor();
  await form.getByText('日期：2026年11月25日').waitFor();
});

test('fewer than four questions: the page says which it is', async (t) => {
  for (const [path, answers] of [['employer', ['央企在豫分支机构']], ['school', ['社会人员', '其他院校']], ['social', ['其他单位']]]) {
    const { page } = await visit(t, `start/${path}/`, { app: 'ready' });
    let n = 2;
    for (const answer of answers) {
      await page.getByText(`第 ${n} 题（最多 4 题）`).waitFor();
      await option(page, answer).click();
      await next(page);
      n += 1;
    }
    await page.getByText(`第 ${n} 题（最多 4 题）`).waitFor();
    assert.ok(n <= 4);
    await page.locator('.option', { hasText: '不明确' }).click();
    await next(page);
    await page.locator('.filed').waitFor();
  }
});
