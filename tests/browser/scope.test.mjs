// 评价范围申报表: rows typed, pasted, moved and taken back; each cell checked as it is left; the table on paper.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appState, axe, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { newDossier } from './sheet.mjs';

const [CODE, NAME, TRADE, LEVELS, STANDARD] = [0, 1, 2, 3, 4];

// A page at the empty declaration of a new dossier.
async function openScope(t, kind = 'employer', unit = '', options = {}) {
  const it = await visit(t, `start/${kind}/`, { app: 'ready', ...options });
  await newDossier(it.page, unit);
  await it.page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
  await it.page.locator('table.rows').waitFor();
  return it;
}

// Time passes as it does, and more of it where the test says so.
const timed = (page) => page.clock.install();

const cell = (page, row, cell) => page.locator(`[id="d-${row}-${cell}"]`);
const result = (page, row) => page.locator('table.rows > tbody').nth(row).locator('.result');
const found = (page, row, cell) => page.locator(`[id="w-${row}-${cell}"]`);
const saved = (page) => page.locator('.saved.good').waitFor();

async function type(page, row, at, text) {
  await cell(page, row, at).fill(text);
  await cell(page, row, at).blur();
}

const fields = (page) =>
  page.locator('table.rows > tbody').evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll('td > input[type=text]')].map((it) => it.value)));

// What stands in the table as somebody pastes it.
async function paste(page, row, at, text) {
  await cell(page, row, at).focus();
  await cell(page, row, at).evaluate((it, text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    if (it.dispatchEvent(event)) document.execCommand('insertText', false, text);
  }, text);
}

async function shows(page, row, word) {
  await result(page, row).filter({ hasText: word }).waitFor();
}

test('all rows of the printed example table are taken from the list and pass', async (t) => {
  const { page, seen } = await openScope(t);
  await page.getByText('从示例表添加').click();
  const buttons = page.locator('.examples button');
  assert.equal(await buttons.count(), 15);
  for (let n = 0; n < 15; n += 1) await buttons.nth(n).click();
  const rows = page.locator('table.rows > tbody');
  assert.equal(await rows.count(), 15);
  for (let n = 0; n < 15; n += 1) await shows(page, n, '通过');
  assert.deepEqual((await fields(page))[10].slice(0, 4), ['4-12-01-01', '汽车维修工', '汽车车身整形修复工', '5、4、3、2、1']);
  seen.check();
});

const table = '序号\t职业编码\t职业名称\t工种/职业方向\t级别\t评价标准\r\n' +
  '1\t6-18-01-01\t"车\n工"\t数控车床\t4、3\t国家职业技能标准\r\n' +
  '2\t6-20-01-01\t钳工\t\t"5、4"\t企业评价规范\r\n';

test('a table pasted into any cell adds its rows, with quotes, CRLF and a heading', async (t) => {
  const { page } = await openScope(t);
  await paste(page, 0, LEVELS, table);
  await page.getByText('已加入 2 行。').waitFor();
  assert.deepEqual(await fields(page), [['6-18-01-01', '车 工', '数控车床', '4、3'], ['6-20-01-01', '钳工', '', '5、4']]);
  assert.equal(await cell(page, 1, STANDARD).inputValue(), '2');
  await paste(page, 0, NAME, '6-20-01-01\t钳工\t\t3\t');
  assert.deepEqual((await fields(page)).map((it) => it[3]), ['4、3', '3', '5、4']);
  await page.getByRole('button', { name: '撤销', exact: true }).last().click();
  assert.equal((await fields(page)).length, 2);
  // one cell is pasted into the field like any text
  await cell(page, 1, TRADE).focus();
  await paste(page, 1, TRADE, '装配钳工\r\n');
  assert.equal((await fields(page))[1][2].trim(), '装配钳工');
  assert.equal((await fields(page)).length, 2);
});

test('the paste box works by keyboard alone and says how many rows were taken', async (t) => {
  const { page } = await openScope(t);
  await page.getByText('从 Excel/WPS 粘贴').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(table);
  await page.getByText('读出 2 行。').waitFor();
  // the columns, the rows, the button
  const onButton = () => page.evaluate(() => document.activeElement.textContent.startsWith('加入申报表'));
  for (let left = 12; 0 < left && !(await onButton()); left -= 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('已加入 2 行。').waitFor();
  assert.equal((await fields(page)).length, 2);
  assert.equal(await page.locator('#paste').inputValue(), '');
  await page.locator('#paste').fill('没有表格');
  await page.getByText('没有读出申报的行').waitFor();
  await page.getByText('第 1 行：没有表格').waitFor();
  assert.equal(await page.getByRole('button', { name: '加入申报表' }).isDisabled(), true);
});

const refused = [
  [CODE, '2-02-01-01', '专技类职业不得申报'],
  [CODE, '6-18', '不得用大类、中类或小类申报'],
  [CODE, '九', '形式不对'],
  [NAME, '铣工', '不是“铣工”'],
  [TRADE, '家务服务员', '在文件示例表中属于'],
  [LEVELS, '六级', '看不懂'],
  [LEVELS, '9', '不在5级至1级之内'],
];

test('what is wrong is told at its cell once the cell is left, and nothing typed is lost', async (t) => {
  const { page } = await openScope(t, 'employer', '', { before: timed });
  const good = ['6-18-01-01', '车工', '数控车床', '4、3'];
  await paste(page, 0, CODE, `${good.join('\t')}\t国家职业技能标准`);
  await shows(page, 0, '通过');
  for (const [at, text, words] of refused) {
    const field = cell(page, 0, at);
    await field.fill('');
    await field.pressSequentially(text);
    await page.clock.runFor(350);
    assert.equal(await result(page, 0).textContent(), '✓通过', `${text} is judged while it is typed`);
    assert.equal(await field.getAttribute('aria-invalid'), null);
    await field.blur();
    await found(page, 0, at).filter({ hasText: words }).waitFor();
    assert.match(await found(page, 0, at).textContent(), /不得申报.*豫职鉴〔2021〕1号/);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await field.getAttribute('aria-describedby'), `w-0-${at}`);
    assert.equal(await field.inputValue(), text);
    await shows(page, 0, '不得申报');
    await type(page, 0, at, good[at]);
    await shows(page, 0, '通过');
  }
});

test('in a row just added nothing is missing before one has been there', async (t) => {
  const { page } = await openScope(t);
  await type(page, 0, NAME, '车工');
  await shows(page, 0, '还没有填完');
  assert.equal(await found(page, 0, CODE).count(), 0);
  await cell(page, 0, CODE).focus();
  await cell(page, 0, CODE).blur();
  await found(page, 0, CODE).filter({ hasText: '没有填职业编码' }).waitFor();
  assert.equal(await found(page, 0, LEVELS).count(), 0);
  await page.reload();
  await appState(page, 'ready');
  await found(page, 0, LEVELS).filter({ hasText: '没有填级别' }).waitFor();
});

test('levels stay as typed while one types and stand in their plain form once left', async (t) => {
  const { page } = await openScope(t);
  const field = cell(page, 0, LEVELS);
  await field.pressSequentially('高级工/中级工');
  assert.equal(await field.inputValue(), '高级工/中级工');
  await field.blur();
  await page.waitForFunction(() => document.getElementById('d-0-3').value === '4、3');
});

test('an input method is left alone in every cell', async (t) => {
  const { page, context } = await openScope(t, 'employer', '', { before: timed });
  const input = await context.newCDPSession(page);
  for (const at of [CODE, NAME, TRADE, LEVELS]) {
    await cell(page, 0, at).focus();
    for (const part of ['c', 'ch', 'che', 'che g', 'che gong']) {
      await input.send('Input.imeSetComposition', { text: part, selectionStart: part.length, selectionEnd: part.length });
      await page.clock.runFor(100);
    }
    await input.send('Input.insertText', { text: '车工' });
    await input.send('Input.imeSetComposition', { text: 'zhi', selectionStart: 3, selectionEnd: 3 });
    await page.clock.runFor(400);
    await input.send('Input.insertText', { text: '职' });
    assert.equal(await cell(page, 0, at).inputValue(), '车工职');
  }
  await page.locator('h1').click();
  await saved(page);
  await page.reload();
  await appState(page, 'ready');
  assert.deepEqual(await fields(page), [Array(4).fill('车工职')]);
});

test('rows move by keyboard, are removed and come back', async (t) => {
  const { page } = await openScope(t);
  await paste(page, 0, CODE, '6-18-01-01\t车工\t\t5\n6-20-01-01\t钳工\t\t5\n4-10-01-06\t家政服务员\t\t2\n');
  const names = async () => (await fields(page)).map((it) => it[1]);
  await page.getByRole('button', { name: '上移第 3 行' }).focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(), ['车工', '家政服务员', '钳工']);
  const onButton = (name) => page.waitForFunction((it) => document.activeElement.getAttribute('aria-label') === it, name);
  await onButton('上移第 2 行');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(), ['家政服务员', '车工', '钳工']);
  await onButton('下移第 1 行');
  await page.getByRole('button', { name: '删除第 2 行' }).click();
  assert.deepEqual(await names(), ['家政服务员', '钳工']);
  await page.getByText('已删除第 2 行：车工。').waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'undo');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(), ['家政服务员', '车工', '钳工']);
  assert.equal(await page.locator('#undo').count(), 0);
  await page.getByRole('button', { name: '删除第 1 行' }).click();
  await page.keyboard.press('Control+z');
  assert.deepEqual(await names(), ['家政服务员', '车工', '钳工']);
  await saved(page);
});

test('Ctrl+Z takes back what was typed into a cell as one step, also where it was refused', async (t) => {
  const { page } = await openScope(t);
  await type(page, 0, NAME, '车工');
  await cell(page, 0, CODE).pressSequentially('2-02-01-01');
  await cell(page, 0, CODE).blur();
  await found(page, 0, CODE).waitFor();
  await cell(page, 0, CODE).focus();
  await page.keyboard.press('Control+z');
  assert.equal(await cell(page, 0, CODE).inputValue(), '');
  assert.equal(await cell(page, 0, NAME).inputValue(), '车工');
});

test('what was probably meant is put in at one press', async (t) => {
  const { page } = await openScope(t);
  await paste(page, 0, CODE, '4-12-01-01\t汽车维修工\t车车身整形修复工\t5、4\t国家职业技能标准\n6-18-01-01\t铣工\t数控车床\t4\t国家职业技能标准\n');
  await shows(page, 0, '提醒');
  await page.getByRole('button', { name: '改为“汽车车身整形修复工”' }).click();
  await shows(page, 0, '通过');
  await page.getByRole('button', { name: '改为“车工”' }).click();
  await shows(page, 1, '通过');
  assert.deepEqual((await fields(page)).map((it) => it.slice(0, 4)), [
    ['4-12-01-01', '汽车维修工', '汽车车身整形修复工', '5、4'], ['6-18-01-01', '车工', '数控车床', '4'],
  ]);
});

test('what the text does not say is asked and decides', async (t) => {
  const { page } = await openScope(t);
  await paste(page, 0, CODE, '4-02-01-01\t轨道列车司机\t\t5、4\t国家职业技能标准');
  await shows(page, 0, '待确认');
  const asked = page.locator('details.asked');
  assert.equal(await asked.getAttribute('open'), '');
  await asked.getByText('已与职业分类大典').click();
  await asked.getByRole('radiogroup', { name: '是否与专技类职业接近' }).getByText('否').click();
  // nothing is wrong, but the official table has an empty cell
  await shows(page, 0, '没有填完');
  await found(page, 0, TRADE).filter({ hasText: '不分工种的请写“无”' }).waitFor();
  await page.getByRole('button', { name: '不分工种' }).click();
  await shows(page, 0, '通过');
  await asked.getByRole('radiogroup', { name: '是否与专技类职业接近' }).getByText('是').click();
  await shows(page, 0, '暂不申报');
  await asked.getByRole('radiogroup', { name: '是不是准入类' }).getByText('不清楚').click();
  await found(page, 0, NAME).filter({ hasText: '待确认' }).waitFor();
  await asked.getByRole('radiogroup', { name: '是不是准入类' }).getByText('是', { exact: true }).click();
  await shows(page, 0, '不得申报');
  await asked.getByLabel('国家职业技能标准的年份').fill('二〇一九');
  await asked.getByLabel('国家职业技能标准的年份').blur();
  await asked.getByText('请填数字，没有采用').waitFor();
  await asked.getByLabel('国家职业技能标准的年份').fill('2019');
  await asked.getByLabel('该标准中的职业名称').fill('列车司机');
  await asked.getByLabel('该标准中的职业名称').blur();
  await found(page, 0, NAME).filter({ hasText: '2019年国家职业技能标准' }).waitFor();
});

test('a school is asked about its own students, and has no 企业评价规范', async (t) => {
  const { page } = await openScope(t, 'school');
  await paste(page, 0, CODE, '6-18-01-01\t车工\t数控车床\t4、2\t企业评价规范');
  await shows(page, 0, '不得申报');
  await found(page, 0, STANDARD).filter({ hasText: '只限用人单位' }).waitFor();
  await found(page, 0, LEVELS).filter({ hasText: '2级超出范围' }).waitFor();
  await cell(page, 0, STANDARD).selectOption('国家职业技能标准');
  await type(page, 0, LEVELS, '4');
  await shows(page, 0, '通过');
  const asked = page.locator('details.asked');
  await asked.locator('summary').click();
  const say = (question, word) => asked.getByRole('radiogroup', { name: question }).getByText(word, { exact: true }).click();
  await say('班型', '高级工班');
  await found(page, 0, LEVELS).filter({ hasText: '高级工班应为3级' }).waitFor();
  await say('申报的是', '辅专业');
  await shows(page, 0, '通过');
  await say('是否复合专业', '否');
  await found(page, 0, 5).filter({ hasText: '只有复合专业' }).waitFor();
  await say('是否复合专业', '是');
  await asked.getByLabel('专业连续招生').fill('2.5');
  await asked.getByLabel('专业连续招生').blur();
  await found(page, 0, 5).filter({ hasText: '连续招生不满3年' }).waitFor();
  await asked.getByLabel('专业连续招生').fill('３');
  await asked.getByLabel('专业连续招生').blur();
  await shows(page, 0, '通过');
  await say('是否分段注册', '是');
  await found(page, 0, 5).filter({ hasText: '前一阶段' }).waitFor();
  await say('是否已取得前一阶段的证书', '是');
  await say('学生是否在毕业学年', '否');
  await found(page, 0, 5).filter({ hasText: '不在毕业学年' }).waitFor();
  await say('评价对象', '社会人员');
  await shows(page, 0, '通过');
  assert.equal(await asked.getByRole('radiogroup', { name: '班型' }).count(), 0);
});

test('the missing occupation sheets are made of the declaration', async (t) => {
  const { page } = await openScope(t);
  await paste(page, 0, CODE, '6-18-01-01\t车工\t数控车床\t4、3\n6-18-01-01\t车工\t普通车床\t4\n6-20-01-01\t钳工\t\t5\n6-20-01-01\t钳工\t\t4\n');
  const items = page.locator('.occupations li');
  assert.equal(await items.count(), 3);
  for (const it of await items.allTextContents()) assert.match(it, /还没有自评表/);
  await page.getByRole('button', { name: '按申报表建立职业自评表（3 张）' }).click();
  assert.match(await items.nth(0).textContent(), /车工（数控车床）.*填写附件2自评表/);
  await items.nth(2).getByRole('link', { name: '填写附件2自评表' }).click();
  await page.getByLabel('职业（工种/方向）名称').waitFor();
  assert.equal(await page.getByLabel('职业（工种/方向）名称').inputValue(), '钳工');
  assert.equal(await page.getByLabel('级别').inputValue(), '5、4');
});

test('the table is copied the way a spreadsheet takes it', async (t) => {
  const { page, context, host } = await openScope(t);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(host.url).origin });
  await paste(page, 0, CODE, '6－18－01－01\t车工。\t无\t五级');
  await page.getByRole('button', { name: '复制表格' }).click();
  await page.getByText('已复制 1 行').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(text.replaceAll('\r', '').split('\n')[1], '6-18-01-01\t车工\t\t5\t');
});

test('on paper there is the table, with its head on every page, and nothing of the interface', async (t) => {
  const { page } = await openScope(t, 'employer', '平顶山市某机械有限公司');
  const rows = Array.from({ length: 60 }, (_, n) => `6-20-01-01\t钳工\t方向${n + 1}\t五级/四级\t国家职业技能标准`);
  await paste(page, 0, CODE, rows.join('\n'));
  await page.getByRole('button', { name: '添加一行' }).click();
  // as the browser says before it prints: a long table is made only then
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(() => document.body.innerText);
  assert.match(text, /^\s*评价范围\s+申请单位：平顶山市某机械有限公司/);
  assert.match(text, /自评，非官方结论\s*版本 [\w. ·]+\s*$/);
  assert.doesNotMatch(text, /添加|撤销|上移|通过|示例表|粘贴|跳到/);
  assert.equal(await page.locator('.printed tbody tr').count(), 60);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.match(pdf.toString('latin1'), /\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/);
  const file = join(await mkdtemp(join(tmpdir(), 'ziping-print-')), 'scope.pdf');
  await writeFile(file, pdf);
  let pages;
  try {
    pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').filter((it) => it.trim());
  } catch {
    return t.diagnostic('no pdftotext here: what is on each page was not read');
  }
  assert.ok(1 < pages.length);
  for (const it of pages) assert.match(it, /职业编码\s+职业名称/);
  for (let n = 1; n <= 60; n += 1) assert.ok(pages.some((it) => it.includes(`方向${n} `)), `row ${n}`);
  assert.match(pages[0], /5、4/);
});

test('what a newer program wrote is shown as the printed table and cannot be changed', async (t) => {
  const { page } = await openScope(t);
  await paste(page, 0, CODE, '6-20-01-01\t钳工\t\t5、4\t国家职业技能标准');
  await saved(page);
  await page.evaluate(() => {
    const revision = (key) => Number((localStorage[key] ?? '').split('.')[1] ?? 0);
    const slots = Object.keys(localStorage).filter((it) => it.startsWith('zp1/doc/'));
    localStorage[slots.sort((one, two) => revision(one) - revision(two))[0]] = 'ZP9.9.9';
  });
  await page.reload();
  await appState(page, 'ready');
  assert.match(await page.locator('.printed').innerText(), /评价范围[^]*6-20-01-01\s+钳工\s+5、4\s+国家职业技能标准/);
  assert.equal(await page.locator('.declare input, .declare select').count(), 0);
});

test('axe has nothing to say, nothing scrolls sideways, and targets are large enough', async (t) => {
  const { page, seen } = await openScope(t, 'school');
  await paste(page, 0, CODE, '2-02-01-01\t铣工\t\t六级\n4-02-01-01\t轨道列车司机\t\t4\n6-18-01-01\t车工\t数控车床\t4\n');
  await page.getByText('从示例表添加').click();
  await page.getByText('从 Excel/WPS 粘贴').click();
  await page.locator('details.asked summary').last().click();
  for (const [width, height] of [[1366, 768], [360, 740], [320, 640]]) {
    await page.setViewportSize({ width, height });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${width} px: the page is ${wide} px too wide`);
    assert.deepEqual(await axe(page), [], `at ${width} px`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.rows button, .rows input:not([type=radio]):not([type=checkbox]), select, .tools button, .bring button, .declare summary, .seg label, .tick')]
        .filter((it) => it.offsetParent && it.getBoundingClientRect().height < 42).map((it) => it.outerHTML.slice(0, 80)));
    assert.deepEqual(small, []);
  }
  await page.locator('#large').click();
  for (const [width, height] of [[1366, 768], [360, 740]]) {
    await page.setViewportSize({ width, height });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `large print at ${width} px: the page is ${wide} px too wide`);
  }
  seen.check();
});

test('a table is declared by keyboard alone', async (t) => {
  const { page } = await openScope(t);
  await cell(page, 0, CODE).focus();
  const line = async (texts) => {
    for (const text of texts) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SELECT');
  };
  await line(['6-18-01-01', '车工', '数控车床', '4、3']);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'd-1-0');
  await line(['6-20-01-01', '钳工', '', '5']);
  await page.keyboard.press('Tab');
  await shows(page, 0, '通过');
  await shows(page, 1, '通过');
  assert.equal(await cell(page, 1, STANDARD).inputValue(), '1');
  assert.equal((await fields(page)).length, 2);
});

test('the page is left while a cell is being typed in, and nothing breaks', async (t) => {
  const { page, seen } = await openScope(t, 'employer', '', { before: timed });
  await cell(page, 0, NAME).fill('车工');
  await page.goBack();
  await page.locator('.case').waitFor();
  await page.clock.runFor(400);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.app), 'ready');
  await page.getByText('已填写 1 行').waitFor();
  seen.check();
});

const messy = [
  '评价范围申报表\t\t\t\t\t',
  '单位名称：某公司\t\t\t填报日期：2026年\t\t',
  '序号\t申报等级\t职业代码\t职业（工种）名称\t评价依据\t培训人数',
  '（1）\t五级\t6-18-01-01\t车工\t国家标准（2018年版）\t30',
  '（2）\t\t6-20-01-01\t钳工\t地方标准\t20',
  '合计\t\t\t2个\t\t50',
  '填表人：张三\t\t\t\t\t',
].join('\r\n');

test('a table that is not plain is looked at first, column by column, and nothing of it is dropped in silence', async (t) => {
  const { page, seen } = await openScope(t);
  await paste(page, 0, CODE, messy);
  await page.getByText('读出 2 行。').waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'looked');
  assert.deepEqual(await fields(page), [['', '', '', '']]);
  const looked = page.locator('.looked');
  const means = () => looked.locator('.columns select').evaluateAll((all) => all.map((it) => it.selectedOptions[0].textContent));
  assert.deepEqual(await means(), ['序号，不加入', '级别', '职业编码', '职业名称', '评价标准', '不加入']);
  const text = await looked.innerText();
  for (const words of [
    '1 列没有认出，4 行文字不加入', '第 6 列 “培训人数”', '30，20', '第 1 行：评价范围申报表',
    '第 2 行：单位名称：某公司 填报日期：2026年', '第 6 行：合计 2个 50', '第 7 行：填表人：张三',
    '第 5 行的级别空着，用上一行的“5”', '第 5 行的评价标准“地方标准”看不懂',
  ]) assert.ok(text.includes(words), words);
  assert.deepEqual(await axe(page), []);
  // the person says otherwise
  await looked.getByText('空着的级别当作合并的格').click();
  assert.ok(!(await looked.innerText()).includes('第 5 行的级别空着'));
  await page.getByLabel('第 6 列').selectOption('工种/职业方向');
  assert.equal(await looked.locator('tbody tr').first().locator('td').nth(2).textContent(), '30');
  await page.getByLabel('第 6 列').selectOption('不加入');
  await page.getByRole('button', { name: '加入申报表（2 行）' }).click();
  await page.getByText('已加入 2 行。').waitFor();
  assert.deepEqual(await fields(page), [['6-18-01-01', '车工', '', '5'], ['6-20-01-01', '钳工', '', '']]);
  assert.equal(await page.locator('.looked').innerText(), '');
  assert.equal(await page.locator('#paste').inputValue(), '');
  seen.check();
});

test('rows that may not be declared are told before printing, and are marked or left out on paper', async (t) => {
  const { page, seen } = await openScope(t);
  await paste(page, 0, CODE, '6-18-01-01\t车工\t数控车床\t4\t国家职业技能标准\n2-02-01-01\t工程师\t无\t4\t国家职业技能标准\n6-20-01-01\t钳工\t\t5\t\n6-31-01-03\t电工\t无\t5\t国家职业技能标准');
  await page.getByText('读出 4 行').waitFor().catch(() => {});
  const add = page.getByRole('button', { name: /加入申报表/ });
  if (await add.isVisible()) {
    const tick = page.getByText('空着的评价标准当作合并的格');
    if (await tick.locator('input').isChecked()) await tick.click();
    await add.click();
  }
  await page.getByText('已加入 4 行。').waitFor();
  await shows(page, 0, '通过');
  await shows(page, 2, '没有填完');
  assert.match(await result(page, 2).textContent(), /^(?!.*通过)/);
  const before = page.locator('.before-print');
  await before.filter({ hasText: '打印前请看：不得申报 1 行（第 2 行），没有填完 1 行（第 3 行），待确认 1 行（第 4 行）。' }).waitFor();
  const paper = () => page.locator('.printed').evaluate((it) => it.textContent);
  const rows = () => page.locator('.printed tbody tr').evaluateAll((all) => all.map((it) => [...it.cells].map((it) => it.textContent)));
  assert.deepEqual((await rows()).map((it) => it[5]), ['', '不得申报', '没有填完', '待确认']);
  assert.match(await paper(), /自评核对.*第 2 行不得申报：.*第 3 行没有填完：没有填评价标准/);
  await before.getByText('不得申报、暂不申报的不印').click();
  assert.deepEqual((await rows()).map((it) => it[0]), ['6-18-01-01', '6-20-01-01', '6-31-01-03']);
  await page.getByRole('button', { name: '删除第 4 行' }).click();
  await page.getByRole('button', { name: '删除第 2 行' }).click();
  await page.locator('table.rows > tbody').nth(1).locator('select').selectOption('国家职业技能标准');
  await before.waitFor({ state: 'detached' });
  assert.doesNotMatch(await paper(), /自评核对|不得申报/);
  seen.check();
});

test('a school that files for its students and for the public has two declarations, each printed alone', async (t) => {
  const { page, seen } = await openScope(t, 'school', '某技师学院');
  await paste(page, 0, CODE, '6-18-01-01\t车工\t数控车床\t4\t国家职业技能标准\n6-20-01-01\t钳工\t\t2\t国家职业技能标准');
  const asked = page.locator('details.asked');
  await asked.nth(1).locator('summary').click();
  await asked.nth(1).getByRole('radiogroup', { name: '评价对象' }).getByText('社会人员').click();
  const tables = page.locator('.declaration');
  await page.getByRole('heading', { name: '社会人员', level: 2 }).waitFor();
  assert.equal(await tables.count(), 2);
  const codes = (n) => tables.nth(n).locator('input[id^="d-"][id$="-0"]').evaluateAll((all) => all.map((it) => it.value));
  assert.deepEqual([await codes(0), await codes(1)], [['6-18-01-01'], ['6-20-01-01']]);
  // each by its own rules: level 2 is not for students
  await tables.nth(1).locator('.result').filter({ hasText: '通过' }).waitFor();
  await tables.nth(0).getByRole('button', { name: '添加一行' }).click();
  const last = tables.nth(0).locator('tbody').last().locator('input').first();
  await last.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('6-20-01-01');
  assert.deepEqual([await codes(0), await codes(1)], [['6-18-01-01', '6-20-01-01'], ['6-20-01-01']]);
  await page.getByRole('radiogroup', { name: '下面的行加到' }).getByText('社会人员').click();
  await page.getByText('从示例表添加').click();
  await page.locator('.examples button').first().click();
  assert.deepEqual((await codes(1)), ['6-20-01-01', '6-18-01-01']);
  await tables.nth(0).getByRole('button', { name: '删除第 2 行' }).click();
  // what the printer gets, each time
  await page.evaluate(() => {
    window.papers = [];
    window.print = () => window.papers.push(document.querySelector('.printed').textContent);
  });
  await tables.nth(0).getByRole('button', { name: '打印申报表' }).click();
  await page.waitForFunction(() => window.papers.length === 1);
  await tables.nth(1).getByRole('button', { name: '打印申报表' }).click();
  await page.waitForFunction(() => window.papers.length === 2);
  const [students, everybody] = await page.evaluate(() => window.papers);
  assert.match(students, /评价对象：注册学籍的本校学生/);
  assert.ok(students.includes('数控车床') && !students.includes('社会人员') && !students.includes('钳工'), students);
  assert.match(everybody, /评价对象：社会人员/);
  assert.ok(everybody.includes('钳工') && !everybody.includes('数控车床'), everybody);
  assert.deepEqual(await axe(page), []);
  await saved(page);
  await page.reload();
  await appState(page, 'ready');
  assert.equal(await tables.count(), 2);
  seen.check();
});

test('of two hundred rows an edit touches one, and those far from the window are text', async (t) => {
  const { page, seen } = await openScope(t);
  const some = Array.from({ length: 200 }, (_, n) => `6-20-01-01\t钳工\t方向${n + 1}\t5、4\t国家职业技能标准`);
  await page.getByText('从 Excel/WPS 粘贴').click();
  await page.locator('#paste').fill(some.join('\n'));
  await page.getByRole('button', { name: '加入申报表（200 行）' }).click();
  await page.getByText('已加入 200 行。').waitFor();
  const bodies = page.locator('table.rows > tbody');
  await page.evaluate(() => scrollTo(0, 0));
  await bodies.nth(2).locator('input').first().waitFor();
  assert.equal(await bodies.count(), 200);
  const counted = await page.evaluate(() => ({
    all: document.getElementsByTagName('*').length,
    text: document.querySelectorAll('table.rows > tbody.text').length,
    printed: document.querySelectorAll('.printed td').length,
  }));
  assert.ok(counted.all < 3000 && 150 < counted.text && counted.printed === 0, JSON.stringify(counted));
  assert.match(await bodies.nth(150).innerText(), /^151\s+6-20-01-01 钳工 方向151 5、4 国家职业技能标准 提醒/);

  // what an edit changes in the table: places that were written to, and bodies that came or went
  const touched = async (act) => {
    await page.evaluate(() => {
      const table = document.querySelector('table.rows');
      window.touched = { rows: [], came: 0, went: 0 };
      // a row that comes near the window meanwhile gets its controls, whatever is edited
      const far = new Set([...table.tBodies].filter((it) => it.classList.contains('text')));
      window.looking?.disconnect();
      window.looking = new MutationObserver((records) => {
        for (const { target, addedNodes, removedNodes } of records) {
          const body = target.nodeType === 1 ? target.closest('tbody') : target.parentElement?.closest('tbody');
          // numbers of rows are written again where a row came or went above them
          if (body && !far.has(body) && !target.closest?.('th')) window.touched.rows.push([...table.tBodies].indexOf(body));
          if (target === table) { window.touched.came += addedNodes.length; window.touched.went += removedNodes.length; }
        }
      });
      window.looking.observe(table, { childList: true, subtree: true, characterData: true, attributes: true });
    });
    await act();
    const { rows, came, went } = await page.evaluate(() => window.touched);
    return { rows: [...new Set(rows)], came, went, n: rows.length };
  };
  const typed = await touched(async () => {
    await bodies.nth(3).locator('input').nth(2).pressSequentially('甲');
    await bodies.nth(3).locator('input').nth(2).blur();
    await bodies.nth(3).locator('.found').filter({ hasText: '甲' }).waitFor();
  });
  assert.deepEqual([typed.rows, typed.came, typed.went], [[3], 0, 0]);
  assert.ok(typed.n < 40, `${typed.n} records`);
  const gone = await touched(async () => {
    await page.getByRole('button', { name: '删除第 3 行' }).click();
    await page.getByText('已删除第 3 行').waitFor();
  });
  assert.deepEqual([gone.came, gone.went], [0, 1]);
  assert.ok(gone.n < 600, `${gone.n} records`);
  // far from the window numbers are written a moment later
  const number = (at) => bodies.nth(at).locator('th', { hasText: new RegExp(`^${at + 1}$`) }).waitFor();
  await number(149);
  assert.match(await bodies.nth(149).innerText(), /^150\s+6-20-01-01 钳工 方向151 /);
  const back = await touched(async () => {
    await page.locator('#undo').click();
    await page.waitForFunction(() => document.querySelector('table.rows').tBodies.length === 200);
  });
  assert.deepEqual([back.came, back.went], [1, 0]);
  await number(199);

  // Tab goes on to rows that were text, and whoever scrolls to one can fill it in
  await bodies.nth(2).scrollIntoViewIfNeeded();
  await bodies.nth(2).locator('input').first().focus();
  for (let n = 0; n < 9 * 30; n += 1) await page.keyboard.press('Tab');
  const at = await page.evaluate(() => [...document.querySelector('table.rows').tBodies].indexOf(document.activeElement.closest('tbody')));
  assert.ok(25 < at && at < 40, `row ${at}`);
  await bodies.nth(180).scrollIntoViewIfNeeded();
  await bodies.nth(180).locator('input').nth(1).fill('电工');
  assert.deepEqual(await axe(page), []);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.evaluate(() => scrollTo(0, 0));
  await bodies.first().locator('input').first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);

  // the paper has them all
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.locator('.printed tbody tr').nth(199).waitFor({ state: 'attached' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.locator('.printed tbody tr').first().waitFor({ state: 'detached' });
  await saved(page);
  await page.reload();
  await appState(page, 'ready');
  assert.equal(await bodies.count(), 200);
  seen.check();
});
