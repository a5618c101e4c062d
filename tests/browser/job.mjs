// The whole job of an applicant and of whoever receives it, once for every engine. A step ends well, says what is weaker
// there, missing, or was not tried or skipped, or fails; the table of docs/browsers.md has a row for each.
//
//   const outcome = await whole(driver);               // one of drivers.mjs

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipped } from './books.mjs';
import { cases, expected, links, ziping } from './engine.mjs';
import { handOf } from './hand.mjs';
import { serve } from './host.mjs';
import { fillAll, shown } from './sheet.mjs';

const UNIT = '平顶山市某机械有限公司';
const NAME = '车工';
const answers = cases(2);
const DROPPED = '测试程序不能从文件夹拖动，拖放的事件由脚本发出';
const plain = (it) => JSON.parse(JSON.stringify(it));
const sheets = ['年均29.67人得2分', '考评人员3人得4分', '规划自评2.5分'].map((it) => ({ rubric: '4', answers: cases(4, it) }));

export async function begin(driver) {
  const host = await serve();
  const folder = await mkdtemp(join(tmpdir(), 'ziping-job-'));
  const hand = handOf(driver);
  // what another computer has kept is not there: another name is another storage
  const elsewhere = host.url.replace('127.0.0.1', 'localhost');
  const end = async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { driver, hand, host, folder, elsewhere, end, errors: driver.errors };
}

// The dossier, or one of its pages, after what came before.
const page = ({ hand, host, of }, path, sheet = '') => hand.go(`${host.url}${path}/?of=${of}${sheet}`);
const totals = async ({ hand }) => shown(hand.page).then(plain);

async function read({ hand, host }) {
  await hand.go(`${host.url}notice/henan-2021-1/`);
  await hand.press({ css: '#q' });
  await hand.until(() => /ready|fallback/.test(document.documentElement.dataset.reader));
  await hand.driver.text('平顶山');
  await hand.until(() => document.querySelector('#results:not([aria-busy]) mark'));
  await hand.until(() => document.querySelector('#results a[role=option]')?.getClientRects().length);
  assert.equal(await hand.until(() => document.querySelector('#results mark').textContent), '平顶山');
  await hand.driver.key('ArrowDown');
  await hand.driver.key('Enter');
  await hand.until(() => !location.href.endsWith('henan-2021-1/'));
}

async function start(job) {
  const { hand, host } = job;
  await hand.go(host.url);
  await hand.press('开始自评');
  await hand.at('start/');
  job.runs = await hand.ready();
  await hand.press({ css: '.option', begins: '省内其他企业' });
  await hand.press('下一步');
  await hand.write({ css: '#place' }, '平顶山市');
  await hand.press('下一步');
  await hand.write({ css: '#unit' }, UNIT);
  await hand.press('建立自评档案');
  await hand.heading(UNIT);
  job.of = new URL(await hand.until(() => location.href)).searchParams.get('of');
  assert.equal(await hand.value('#unit'), UNIT);
  await hand.saved();
}

async function sheet(job) {
  const { hand } = job;
  await page(job, 'dossier');
  await hand.press('添加职业（工种）自评表');
  await hand.at('sheet/2/');
  await hand.ready();
  await hand.write({ css: '.fill .name' }, NAME);
  await fillAll(hand.page, answers);
  assert.deepEqual(await totals(job), plain(expected(2, answers)));
  await hand.unfold('[id="2-4"] details.more');
  await hand.write({ css: '#note-4' }, '聘书见附页');
  await hand.saved();
  job.sheet = (await hand.until(() => location.href)).split('of=')[1].slice(job.of.length);
  await hand.reload();
  await hand.until(() => !!document.querySelector('.sum .big b'));
  await hand.ready();
  assert.deepEqual(await totals(job), plain(expected(2, answers)));
  assert.equal(await hand.value('#note-4'), '聘书见附页');
}

async function compose(job) {
  const { hand, driver } = job;
  await page(job, 'sheet/2', job.sheet);
  await hand.into({ css: '.fill .name' });
  await hand.until(() => (document.activeElement.select?.(), document.activeElement.matches('.name')));
  if (driver.ime) await driver.ime(['q', 'qi', 'qian g', 'qian gong'], '钳工');
  else await driver.text('钳工');
  await hand.until(() => document.querySelector('.fill .name').value === '钳工');
  await hand.saved();
  await hand.write({ css: '.fill .name' }, NAME);
  await hand.saved();
  if (!driver.ime) return { untried: '测试程序不能模拟拼音输入，只输入了汉字' };
}

async function scope(job) {
  const { hand } = job;
  await page(job, 'scope');
  for (const [at, text] of ['6-18-01-01', '车工', '数控车床', '4、3'].entries()) await hand.write({ css: `[id="d-0-${at}"]` }, text);
  await hand.select('[id="d-0-4"]', '国家职业技能标准');
  await hand.until(() => document.querySelector('table.rows > tbody .result')?.textContent.includes('通过'));
  // a table as WPS puts it on the clipboard: as text and as HTML
  const row = ['6-20-01-01', '钳工', '', '5、4', '国家职业技能标准'];
  const html = `<table><tr>${row.map((it) => `<td>${it}</td>`).join('')}</tr></table>`;
  await hand.press('添加一行');
  await hand.press({ css: '[id="d-1-0"]' });
  await hand.copy(`${row.join('\t')}\r\n`, html);
  await hand.driver.key('Control+v');
  await hand.until(() => document.querySelector('[id="d-1-1"]')?.value === '钳工');
  await hand.until(() => [...document.querySelectorAll('table.rows > tbody .result')].filter((it) => it.textContent.includes('通过')).length === 2);
  await hand.saved();
}

async function share(job) {
  const { hand } = job;
  await page(job, 'share');
  job.link = await hand.until(() => document.querySelector('#link')?.value);
  job.code = await hand.until(() => [...document.querySelectorAll('ol.code code')].map((it) => it.textContent).join('\n'));
  assert.match(job.link, /open\/#s\./);
  await hand.press({ css: 'button', begins: '复制链接' });
  await hand.says('已复制');
  // pasted where a chat would be
  await hand.go(`${job.host.url}open/`);
  await hand.press({ css: '#text' });
  await hand.driver.key('Control+v');
  const pasted = await hand.until(() => document.querySelector('#text').value);
  assert.ok(pasted.trim().endsWith(job.link), pasted);
  // on the form, where a telephone reads it
  await page(job, 'rubric/2', job.sheet);
  const [wide, high] = await hand.until(() => {
    const picture = document.querySelector('.carried img.qr');
    return picture?.complete && picture.naturalWidth && [picture.naturalWidth, picture.naturalHeight];
  });
  assert.ok(160 < wide && wide === high, `the code for telephones is ${wide} by ${high}`);
}

async function open(job) {
  const { hand, elsewhere } = job;
  await hand.go(elsewhere + job.link.slice(job.host.url.length));
  await hand.until(() => !!document.querySelector('.verdict'));
  assert.equal(await hand.driver.evaluate(() => location.hash), '');
  assert.equal(await hand.driver.evaluate(() => document.querySelectorAll('main input, main textarea').length), 0);
  const verdict = await hand.until(() => document.querySelector('.verdict').textContent);
  assert.ok(verdict.includes(`${expected(2, answers).points} 分`), verdict);
  // from paper: small letters, one of them wrong
  await hand.go(`${elsewhere}open/`);
  const line = job.code.split('\n')[0];
  const at = line.length - 3;
  const wrong = job.code.replace(line, line.slice(0, at) + (line[at] === 'X' ? 'Y' : 'X') + line.slice(at + 1));
  await hand.write({ css: '#text' }, wrong.toLowerCase().replaceAll('\n', ' '), { leave: false });
  await hand.press({ css: 'button', text: '打开' });
  await hand.until(() => /没有打开：第 1 行有误/.test(document.querySelector('main').innerText));
  await hand.write({ css: '#text' }, job.code.toLowerCase().replaceAll('\n', ' '), { leave: false });
  await hand.press({ css: 'button', text: '打开' });
  assert.equal(await hand.until(() => document.querySelector('.verdict')?.textContent), verdict);
}

async function backup(job) {
  const { hand, host, elsewhere, folder } = job;
  await hand.go(`${host.url}mine/`);
  const file = await hand.download(folder, () => hand.press('下载全部备份'));
  assert.match(file.name, /^自评备份.*\.json$/);
  assert.match(file.bytes.toString(), /"ZP\d\./);
  await hand.go(`${elsewhere}mine/`);
  await hand.choose('#file', file.path);
  await hand.press({ css: 'button', begins: '恢复为新的自评' });
  await hand.press(UNIT);
  await hand.heading(UNIT);
  await hand.press({ css: 'a', begins: '附件2' });
  await hand.until(() => !!document.querySelector('.sum .big b'));
  assert.deepEqual(await totals(job), plain(expected(2, answers)));
  // the same file dragged onto the page
  await hand.go(`${elsewhere}mine/`);
  const real = await hand.drop(file.path);
  await hand.until(() => [...document.querySelectorAll('button')].some((it) => it.textContent.startsWith('恢复为新的自评')));
  if (!real) return { untried: DROPPED };
}

// Links of three assessors to whole records of one applicant.
function assessed(root) {
  const changes = [{}, { '1-3': { met: false } }, { '1-12': { defects: 2 } }];
  const lines = changes.map((it) => JSON.stringify({ applicant: 'employer', unit: '某厂', sheets: [{ rubric: '1', answers: { ...cases(1), ...it } }] }));
  return ziping(['code', '--encode', '--unit', '--link', root], lines.join('\n')).trimEnd().split('\n');
}

async function compare({ hand, host }) {
  const [left, right] = assessed(host.url);
  await hand.go(`${host.url}compare/`);
  for (const [side, link] of [['left', left], ['right', right]]) {
    await hand.until((it) => (document.querySelector(it).closest('details').open = true), `#${side}-text`);
    await hand.write({ css: `#${side}-text` }, link, { leave: false });
    const nth = await hand.driver.evaluate((it) => [...document.querySelectorAll('button')].filter((b) => b.textContent.trim() === '打开' && b.getClientRects().length)
      .findIndex((b) => b.closest('fieldset')?.querySelector(it)), `#${side}-text`);
    await hand.press({ css: 'button', text: '打开', nth });
    await hand.until((it) => document.querySelector(it)?.value, `#${side}-from`);
  }
  await hand.until(() => !!document.querySelector('table.pairs'));
  assert.deepEqual(await hand.driver.evaluate(() => [...document.querySelectorAll('table.pairs tbody tr')].map((it) => it.id)), ['r-1-3']);
  assert.match(await hand.until(() => document.querySelector('p.verdict').textContent), /结论不同/);
}

async function panel({ hand, host }) {
  await hand.go(`${host.url}panel/`);
  for (const [n, link] of assessed(host.url).entries()) {
    await hand.until(() => {
      const field = document.querySelector('#seat-text');
      if (field?.closest('details')) field.closest('details').open = true;
      return !!field;
    });
    await hand.write({ css: '#seat-text' }, link, { leave: false });
    await hand.press({ css: 'button', text: '加入' });
    await hand.until((n) => document.querySelectorAll('.seated li').length > n, n);
  }
  // the third brings a second row
  await hand.until(() => !!document.querySelector('[id="a-1-3"]') && !!document.querySelector('[id="a-1-12"]'));
  // the seats that joined make the page longer above the row, and WebKit does not keep in sight what is there
  await hand.pressUntil({ css: '[id="a-1-3"] button', begins: '选用评估员2的填写' },
    () => document.querySelector('[id="a-1-3"]')?.textContent.includes('撤回本项合议'));
  await hand.write({ css: '#who-3' }, '李组长');
  await hand.write({ css: '#why-3' }, '章程未盖章');
  await hand.until(() => document.querySelector('.result .say')?.textContent.includes('触发否决项 1-3'));
  await hand.saved();
}

async function desk({ hand, host, folder }) {
  await hand.go(`${host.url}desk/`);
  await hand.press({ css: '#pile' });
  await hand.copy([...links(sheets, host.url), 'ABCD 不是自评码'].join('\n'));
  await hand.driver.key('Control+v');
  await hand.press('加入汇总');
  await hand.says('3 份自评，3 张自评表');
  await hand.press({ css: 'th button', text: '得分' });
  await hand.until(() => !!document.querySelector('th[aria-sort]'));
  const points = await hand.driver.evaluate(() => [...document.querySelectorAll('table.pile tbody tr')].map((it) => parseFloat(it.querySelector('td.num').textContent)));
  assert.equal(points.length, 3);
  assert.ok(points.every((it, i) => !i || (points[0] < points[2] ? points[i - 1] <= it : it <= points[i - 1])), String(points));
  const file = await hand.download(folder, () => hand.press({ css: 'button', begins: '导出 XLSX' }));
  assert.ok('xl/workbook.xml' in unzipped(file.bytes));
}

async function plan(job) {
  const { hand } = job;
  await page(job, 'sheet/2', job.sheet);
  await fillAll(hand.page, { '2-1': { defects: 2 }, '2-8': { award: 0 }, '2-9': { award: 0 }, '2-10': { award: 0 } });
  await hand.saved();
  await page(job, 'plan', job.sheet);
  await hand.until(() => !!document.querySelector('#lost-8'));
  assert.match(await hand.until(() => document.querySelector('#lost-8').textContent), /自估 0 分/);
  await hand.press({ css: '#lost-8 label', text: '要花钱' });
  await hand.write({ css: 'input[aria-label="2-8 费用"]' }, '3.5');
  await hand.saved();
}

async function roster(job) {
  const { hand } = job;
  await page(job, 'roster');
  const table = '姓名\t聘用协议\t聘书\t任职条件\t考评员证\n赵一\t√\t×\t√\t√\n钱二\t√\t√\t√\t√';
  await hand.unfold('#list-0 details.bring');
  await hand.press({ css: '#paste-0' });
  await hand.copy(table);
  await hand.driver.key('Control+v');
  await hand.says('读出 2 行');
  await hand.press({ css: 'button', begins: '加入名册' });
  await hand.until(() => document.querySelector('#list-0 .people tbody input')?.value === '赵一');
  await hand.saved();
}

async function evidence(job) {
  const { hand } = job;
  await page(job, 'evidence');
  await hand.press('采用 营业执照');
  await hand.until(() => document.activeElement?.type === 'checkbox');
  await hand.saved();
  await hand.driver.key('Space');
  await hand.says('已备 1 份');
  await hand.saved();
}

async function packet(job) {
  const { hand, folder } = job;
  await page(job, 'packet');
  const { name, bytes } = await hand.download(folder, () => hand.press('下载 Word 文档'));
  assert.match(name, /^申报材料.*\.docx$/);
  const text = unzipped(bytes)['word/document.xml'].replaceAll(/<[^>]*>/g, '');
  for (const it of [UNIT, '聘书见附页', '钳工', '赵一']) assert.ok(text.includes(it), it);
}

async function workbook(job) {
  const { hand, elsewhere, folder } = job;
  await page(job, 'packet');
  const { name, path } = await hand.download(folder, () => hand.press('下载工作簿（XLSX）'));
  assert.match(name, /\.xlsx$/);
  for (const dropped of [false, true]) {
    await hand.go(`${elsewhere}workbook/`);
    if (dropped) await hand.drop(path);
    else await hand.choose('#book', path);
    assert.match(await hand.until(() => document.querySelector('#in-book')?.textContent), new RegExp(`^${UNIT}`));
  }
  if (!job.driver.drop) return { untried: DROPPED };
}

async function versions(job) {
  const { hand } = job;
  await page(job, 'versions', job.sheet);
  await hand.write({ css: 'main input[type=text]' }, '初评');
  await hand.press('保存为一个版本');
  await hand.says('已保存版本“初评”');
  await hand.press({ css: 'button', begins: '回到这一版' });
  await hand.says('已回到');
  await hand.saved();
}

// Pages on paper, by the words that are on them.
async function print(job) {
  const { hand, driver, folder } = job;
  await page(job, 'sheet/2', job.sheet);
  await hand.until(() => !!document.querySelector('.sum .big b'));
  // the form comes in once the sheet is there, and is put up when printing begins
  const rules = await hand.until(() => {
    dispatchEvent(new Event('beforeprint'));
    const there = document.querySelector('#paper')?.textContent.includes('聘书见附页');
    const rules = [...document.styleSheets].flatMap((it) => [...it.cssRules]).filter((it) => /print/.test(it.media?.mediaText));
    dispatchEvent(new Event('afterprint'));
    return there && rules.length;
  });
  assert.ok(rules, 'no style for paper');
  if (!driver.pdf) return { untried: '测试程序不能打印，只查了为打印准备的内容和样式' };
  const file = join(folder, 'paper.pdf');
  await writeFile(file, await driver.pdf());
  // old kernels write some letters as the radicals that they look like
  const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).normalize('NFKC').replaceAll(/\s/g, '').replaceAll('⻅', '见').replaceAll('⻋', '车').replaceAll('⻚', '页');
  const words = driver.letters === false ? ['2-1', '2-23'] : ['车工', '聘书见附页', '2-13', '2-23', '填表人'];
  for (const it of words) assert.ok(text.includes(it), `${it} is not on paper: ${text.slice(0, 300)}…${text.slice(-300)}`);
  for (const it of ['清空本项', '下载备份']) assert.ok(!text.includes(it), `${it} is on paper`);
  if (driver.letters === false) return { untried: '印出的 PDF 里汉字不能再取成文字，只核对了数字和编号' };
}

// Back and forward inside the app and out of it, a reload, and nothing lost.
async function history(job) {
  const { hand, driver, host } = job;
  await page(job, 'dossier');
  await hand.press({ css: 'a', begins: '附件2' });
  await hand.until(() => !!document.querySelector('.sum .big b'));
  const before = await totals(job);
  await driver.back();
  await hand.until(() => !!document.querySelector('#unit'));
  await driver.forward();
  await hand.until(() => !!document.querySelector('.sum .big b'));
  assert.deepEqual(await totals(job), before);
  await driver.goto(`${host.url}notice/`);
  await hand.until(() => location.pathname.includes('/notice/'));
  await driver.back();
  await hand.until(() => !!document.querySelector('.sum .big b'));
  await hand.ready();
  assert.deepEqual(await totals(job), before);
  // it still listens
  await fillAll(hand.page, { '2-1': { defects: 1 } });
  await hand.saved();
  await hand.reload();
  await hand.until(() => !!document.querySelector('.sum .big b'));
  await hand.ready();
  assert.equal(await hand.driver.evaluate(() => document.querySelector('[id="2-1"] input[inputmode]').value), '1');
}

// The same sheet in two tabs: what one writes, the other shows.
async function tabs(job) {
  const { hand, driver, host } = job;
  await page(job, 'sheet/2', job.sheet);
  await hand.until(() => !!document.querySelector('.sum .big b'));
  if (!driver.tab) return { skipped: '测试程序开不了第二个标签页' };
  const tab = await driver.tab();
  const other = handOf(tab);
  let wanted;
  try {
    await other.go(`${host.url}sheet/2/?of=${job.of}${job.sheet}`);
    await other.until(() => !!document.querySelector('.sum .big b'));
    await fillAll(other.page, { '2-1': { defects: 3 } });
    await other.saved();
    wanted = await shown(other.page);
  } finally {
    await tab.end();
  }
  await hand.until((it) => document.querySelector('.sum .say')?.textContent === it, wanted.sentence);
  assert.equal(await hand.driver.evaluate(() => document.querySelector('[id="2-1"] input[inputmode]').value), '3');
}

// Whether the program runs as WASM: what the others need is the same in both.
async function runs(job) {
  if (job.runs === 'fallback') return { weaker: '内核低于 97，在网站的安全策略下不能运行 WASM，改用 JavaScript 版：功能相同，下载较大，有些页面之间要重新载入' };
  assert.equal(job.runs, 'ready');
}

export const steps = [
  ['阅读、搜索并打开结果', read],
  ['开始自评：回答问题，建立档案', start],
  ['运行方式', runs],
  ['自评表：选择、填数、备注，合计与 `ziping score` 相同，刷新后还在', sheet],
  ['拼音输入法', compose],
  ['评价范围申报表：填一行，从 WPS 粘贴一行', scope],
  ['分享：链接、自评码、二维码，复制后粘贴', share],
  ['打开：链接，小写且有错字的自评码', open],
  ['备份：下载，在另一处选择或拖入后打开', backup],
  ['比对', compare],
  ['合议', panel],
  ['汇总台：粘贴多份，排序，下载 XLSX', desk],
  ['整改清单', plan],
  ['名册：粘贴', roster],
  ['佐证材料清单', evidence],
  ['申报材料：下载 Word', packet],
  ['工作簿：下载，选择或拖入后读回', workbook],
  ['历次版本：保存，回到', versions],
  ['打印', print],
  ['后退、前进、刷新', history],
  ['两个标签页同时打开', tabs],
];

// A driver that answers no more ends its step.
function within(seconds, work) {
  let late;
  const over = new Promise((_, failed) => (late = setTimeout(() => failed(new Error(`not done within ${seconds} s`)), seconds * 1000)));
  return Promise.race([work, over]).finally(() => clearTimeout(late));
}

// All steps: for each of them its name and what became of it. `only` are parts of names.
export async function whole(driver, { only, told = () => {}, shot = async () => {} } = {}) {
  const job = await begin(driver);
  const outcome = [];
  try {
    for (const [name, step] of steps) {
      if (only && !only.some((it) => name.includes(it))) continue;
      const errors = job.errors.length;
      const became = { name };
      try {
        Object.assign(became, await within(150, step(job)));
        assert.deepEqual(job.errors.slice(errors), []);
      } catch (error) {
        became.failure = error;
        await shot().catch(() => {});
      }
      outcome.push(became);
      told(outcome.at(-1));
    }
  } finally {
    await job.end();
  }
  return outcome;
}
