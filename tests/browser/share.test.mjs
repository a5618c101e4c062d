// Sharing: what goes along, how it leaves, and what whoever receives it sees.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cases, ziping } from './engine.mjs';
import { appState, axe, root, serve, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { fileFrom, fillAll, goTo, kept, note, openFile, openSheet, saved, shown } from './sheet.mjs';

const ready = ['ready', 'fallback'];
// A sheet of annex 3 with a little of everything.
const whole = cases(3, '两个考场租期各一', '办公场所租赁', '其他制度五个');
const some = Object.fromEntries(Object.entries(whole).slice(0, 14));

// A filled sheet of annex 3 and the page that shares it.
async function sharing(t, { unit = '某技工学校', answers = some, remark, ...options } = {}) {
  const it = await openSheet(t, 3, { unit, ...options });
  await fillAll(it.page, answers);
  if (remark) await (await note(it.page, 4)).fill(remark);
  await saved(it.page);
  const verdict = (await shown(it.page)).sentence;
  await it.page.locator('.sum').getByRole('link', { name: '分享' }).click();
  await it.page.waitForURL(/share\//);
  await appState(it.page, ready);
  return { ...it, verdict };
}

const link = (page) => page.locator('#link').inputValue();
const code = async (page) => (await page.locator('ol.code code').allTextContents()).join('\n');

// Opens an address where nothing was before.
async function elsewhere(t, host, path, options = {}) {
  const it = await visit(t, path, { host, app: ready, ...options });
  return it;
}

test('a link made in one profile opens in a clean one with the same verdict, and nothing is kept there', async (t) => {
  const { page, host, verdict, seen } = await sharing(t, { answers: whole });
  const address = await link(page);
  assert.match(address, /\/open\/#s\.[\w-]+$/);
  assert.ok(address.length < 120, `${address.length} characters`);
  const { page: other, seen: theirs } = await elsewhere(t, host, address.slice(host.url.length));
  await other.getByText('单位自评，未经鉴定中心评估；内容可被改动').waitFor();
  assert.equal(new URL(other.url()).hash, '', 'the record left the address bar');
  assert.equal(await other.locator('.verdict p').first().innerText(), `${verdict}。`);
  assert.equal(await other.locator('h1').innerText(), '未附单位名称');
  assert.match(await other.title(), /收到的自评/);
  assert.deepEqual(await kept(other), {}, 'nothing is written');
  assert.equal(await other.locator('main').locator('input, textarea, select').count(), 0, 'read-only');
  await axe(other);
  await other.getByRole('button', { name: '另存为我的自评' }).click();
  await other.waitForURL(/dossier\//);
  await appState(other, ready);
  await other.getByText(verdict).first().waitFor();
  assert.ok(Object.keys(await kept(other)).length, 'now it is theirs');
  seen.check();
  theirs.check();
});

test('names and notes go along only where ticked, each with its price', async (t) => {
  const { page, host } = await sharing(t, { unit: '某某高级技工学校', remark: '制度已修订' });
  const bare = await link(page);
  const tick = page.getByLabel(/带上单位名称/);
  const price = Number((await page.locator('label', { has: tick }).innerText()).match(/加长 (\d+) 个字符/)[1]);
  await tick.check();
  await page.waitForFunction((it) => document.querySelector('#link').value !== it, bare);
  const named = await link(page);
  assert.equal(named.length - bare.length, price);
  const { page: other } = await elsewhere(t, host, named.slice(host.url.length));
  assert.equal(await other.locator('h1').innerText(), '某某高级技工学校');
  assert.equal(await other.getByText('制度已修订').count(), 0);
  await page.getByLabel('带上备注（1 条）').check();
  await page.waitForFunction((it) => document.querySelector('#link').value !== it, named);
  const { page: noted } = await elsewhere(t, host, (await link(page)).slice(host.url.length));
  assert.equal(await noted.getByText('制度已修订').count(), 1);
  assert.ok(await page.getByText('知道链接的人都能看到；发出后无法收回').isVisible());
});

test('what is copied has the verdict first and the bare address last, on an intranet too', async (t) => {
  for (const hostname of ['127.0.0.1', 'rsj.intranet']) {
    const { page, context } = await sharing(t, {
      host: { hostname },
      browser: { hosts: ['rsj.intranet'] },
    });
    await page.getByRole('button', { name: '复制链接（连同结论）' }).click();
    await page.getByText('已复制').waitFor();
    const paste = await context.newPage();
    await paste.setContent('<textarea autofocus></textarea>');
    await paste.locator('textarea').focus();
    await paste.keyboard.press('Control+v');
    const lines = (await paste.locator('textarea').inputValue()).trim().split('\n');
    assert.equal(lines.length, 2);
    assert.match(lines[0], /^自评 [\d.]+ 分，.*单位自评）$/);
    assert.equal(lines[1], await link(page));
    await page.close();
  }
});

test('what is copied of a code opens again, words and line numbers with it, and names a veto that stands', async (t) => {
  const { page, host } = await sharing(t, { answers: { ...some, '3-1': { met: false } } });
  await page.evaluate(() => (document.execCommand = () => true));
  await page.getByRole('button', { name: '复制自评码' }).click();
  await page.getByText('已复制').waitFor();
  const line = await page.getByText('复制时第一行是：').innerText();
  assert.match(line, /未评 \d+ 项，触发否决项（/);
  const own = await code(page);
  const text = `${line.split('：')[1]}\n${own}\n打开 ${host.url}open/ 输入自评码`;
  const { page: other } = await elsewhere(t, host, 'open/');
  const open = async (text) => {
    await other.locator('#text').fill(text);
    await other.getByRole('button', { name: '打开', exact: true }).click();
  };
  const at = own.indexOf('\n') - 9;
  const typo = own.slice(0, at) + (own[at] === 'X' ? 'Y' : 'X') + own.slice(at + 1);
  await open(`张三 11月26日\n${typo}\n收到请回复`);
  await other.getByRole('alert').filter({ hasText: '第 2 行有误' }).waitFor();
  const selected = await other.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd));
  assert.equal(selected, typo.split('\n')[0], 'the line of the code stands selected');
  await open(own.split('\n').map((it, i) => `${i + 1} ${it}`).join('\n'));
  await other.getByText('单位自评，未经鉴定中心评估').waitFor();
  assert.match(await other.locator('.verdict p').first().innerText(), /^触发否决项 3-1/);
  // a number in the table leads to its row and not to the top
  await other.locator('table').getByRole('link', { name: '3-20', exact: true }).click();
  await other.waitForFunction(() => location.hash === '#3-20' && scrollY > 300);
  assert.equal(await other.locator('.claim').count(), 1);
  await other.getByRole('button', { name: '打开另一份' }).click();
  await open(text);
  await other.getByText('单位自评，未经鉴定中心评估').waitFor();
});

test('where copying is refused the text stands selected, each time', async (t) => {
  const { page } = await sharing(t, { before: (it) => it.addInitScript(() => (document.execCommand = () => false)) });
  await page.getByRole('button', { name: '复制自评码' }).click();
  await page.getByText('按 Ctrl+C').waitFor();
  const selected = await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd));
  assert.ok(selected.includes(await code(page)));
  await page.getByRole('button', { name: '复制链接（连同结论）' }).click();
  const again = await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd));
  assert.ok(again.endsWith(await link(page)));
});

test('a printed code is typed with one wrong letter, found in its line, and then opens', async (t) => {
  const { page, host, verdict } = await sharing(t);
  await goTo(page, page.url().replace('share/?', 'rubric/3/?'));
  await appState(page, ready);
  const printed = await code(page);
  const { page: other } = await elsewhere(t, host, 'open/');
  const lines = printed.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').split('\n');
  const at = lines[0].length - 9;
  const wrong = lines[0][at] === 'x' ? 'y' : 'x';
  const mistyped = [lines[0].slice(0, at) + wrong + lines[0].slice(at + 1), ...lines.slice(1)];
  // with the keyboard alone
  await other.locator('#text').focus();
  for (const [i, line] of mistyped.entries()) {
    if (i) await other.keyboard.press('Enter');
    await other.keyboard.type(line.replaceAll(' ', i ? '' : ' '));
  }
  await other.keyboard.press('Tab');
  await other.keyboard.press('Enter');
  const told = other.getByRole('alert').filter({ hasText: '第 1 行有误' });
  await told.waitFor();
  assert.match(await told.innerText(), /可能是第 \d 组/);
  assert.equal(await other.locator('.claim').count(), 0);
  const selected = await other.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd));
  assert.equal(selected, mistyped[0], 'the line stands selected');
  await other.keyboard.type(lines[0]);
  await other.keyboard.press('Tab');
  await other.keyboard.press('Enter');
  await other.getByText('单位自评，未经鉴定中心评估').waitFor();
  assert.equal(await other.locator('.verdict p').first().innerText(), `${verdict}。`);
});

test('a link that was mangled on the way opens or is named as damaged, and never shows another record', async (t) => {
  const { page, host, verdict } = await sharing(t);
  const address = await link(page);
  const record = address.split('#s.')[1];
  const same = {
    'the root': `#s.${record}`,
    'the sign written out': `open/%23s.${record}`,
    'the sign written out twice': `open/%2523s.${record}`,
    'in the query': `?s=${record}`,
    'as WeChat shares it': `open/?from=singlemessage&isappinstalled=0#s.${record}`,
    'a full stop behind it': `open/#s.${record}。`,
    'a bracket behind it': `open/#s.${record}）`,
    'more letters behind it': `open/#s.${record}AB`,
  };
  for (const [how, path] of Object.entries(same)) {
    const other = await page.context().newPage();
    await other.goto(host.url + path);
    await other.getByText('单位自评，未经鉴定中心评估').waitFor({ timeout: 15_000 }).catch(() => assert.fail(`${how}: ${path}`));
    assert.equal(await other.locator('.verdict p').first().innerText(), `${verdict}。`, how);
    assert.ok(!other.url().includes(record), how);
    await other.close();
  }
  const other = await page.context().newPage();
  await other.goto(`${host.url}open/#s.${record.slice(0, -9)}`);
  await other.getByText(`收到 ${record.length - 9} 个字符，应为 ${record.length} 个`).waitFor();
  assert.equal(await other.locator('.claim').count(), 0);
  const flipped = record.slice(0, 20) + (record[20] === 'A' ? 'B' : 'A') + record.slice(21);
  await other.evaluate((it) => (location.hash = it), `#s.${flipped}`);
  await other.getByText('内容有改动').waitFor();
  await other.evaluate((it) => (location.hash = it), `#s.${record}`);
  await other.getByText('单位自评，未经鉴定中心评估').waitFor();
});

test('a file brings everything, notes included', async (t) => {
  const { page, host } = await sharing(t);
  const file = await fileFrom(page, () => page.getByRole('button', { name: '下载自评文件' }).click());
  const { page: other } = await elsewhere(t, host, 'open/');
  await openFile(other, file.text);
  await other.getByText('由自评文件打开').waitFor();
  assert.equal(await other.locator('h1').innerText(), '某技工学校');
  assert.deepEqual(await kept(other), {});
});

test('a copy without words comes to the same result and has nothing of what was written', async (t) => {
  const { page, host, verdict } = await sharing(t, { remark: '备注里的话' });
  const file = await fileFrom(page, () => page.getByRole('button', { name: '下载脱敏副本' }).click());
  await page.getByText(/已下载脱敏副本.*它不是备份/).waitFor();
  for (const words of ['某技工学校', '备注里的话']) assert.ok(!file.text.includes(words), words);
  const { page: other } = await elsewhere(t, host, 'open/');
  await openFile(other, file.text);
  await other.getByText('由自评文件打开').waitFor();
  assert.equal(await other.locator('.verdict p').first().innerText(), `${verdict}。`);
  assert.match(await other.locator('h1').innerText(), /^某+甲$/);
});

test('the form on paper carries its code and a picture that a telephone reads', async (t) => {
  const { page } = await sharing(t);
  const address = await link(page);
  await goTo(page, page.url().replace('share/?', 'rubric/3/?'));
  await appState(page, ready);
  const picture = page.locator('.carried .qr');
  await picture.waitFor();
  await page.emulateMedia({ media: 'print' });
  const box = await picture.boundingBox();
  const side = await picture.evaluate((it) => it.naturalWidth / 8);
  assert.ok(side <= 57 + 8, `version 10 at most, ${side} squares`);
  const millimetres = (box.width * 25.4) / 96;
  assert.ok((millimetres * (side - 8)) / side >= 30, `${millimetres} mm with its quiet zone`);
  assert.ok((await code(page)).length > 20);
  assert.ok((await page.locator('.carried').innerText()).includes(`打开 ${address.split('#')[0]} 输入自评码`));
});

test('in the browsers of WeChat and QQ nothing is offered that does nothing there', async (t) => {
  const agent = 'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0.44';
  const { page } = await sharing(t, { browser: { userAgent: agent } });
  await page.getByText('在浏览器打开').first().waitFor();
  assert.equal(await page.getByRole('button', { name: '下载自评文件' }).isVisible(), false);
  assert.ok(await page.getByRole('button', { name: '复制自评码' }).isVisible());
  assert.match(await page.locator('img.qr').getAttribute('src'), /^data:image\/png;base64,/);
});

test('a link with all notes is refused above its limit and the file offered instead', async (t) => {
  const { page } = await openSheet(t, 1, { unit: '某厂' });
  const long = (n) => Array.from({ length: 480 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919 + n * 104729) % 20000))).join('');
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const field = await note(page, n);
    await field.fill(long(n));
  }
  await saved(page);
  await page.locator('.sum').getByRole('link', { name: '分享' }).click();
  await page.waitForURL(/share\//);
  await appState(page, ready);
  await page.getByLabel(/带上备注/).check();
  await page.getByText('不提供链接').waitFor();
  assert.equal(await page.locator('#link').count(), 0);
  assert.ok(await page.getByRole('button', { name: '下载自评文件' }).isVisible());
});

test('a link made under an edition that was replaced since opens under that edition and says so', async (t) => {
  const { page, host, verdict } = await sharing(t);
  const record = (await link(page)).split('#s.')[1];
  const folder = await mkdtemp(join(tmpdir(), 'ziping-editions-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const it of ['content', 'rubrics', 'style', 'site.toml']) await cp(join(root, it), join(folder, it), { recursive: true });
  await cp(join(root, 'rubrics/henan-2021'), join(folder, 'rubrics/henan-2026'), { recursive: true });
  const about = join(folder, 'rubrics/henan-2026/edition.toml');
  await writeFile(about, (await readFile(about, 'utf8')).replace('"henan-2021"', '"henan-2026"'));
  ziping(['--site', folder, 'build', '--app', join(root, 'target/app'), '--out', join(folder, 'dist')]);
  const newer = await serve(join(folder, 'dist'));
  t.after(newer.close);
  const { page: other } = await elsewhere(t, newer, `open/#s.${record}`);
  await other.getByText('依据另一版评估要点').waitFor();
  assert.equal(await other.locator('.verdict p').first().innerText(), `${verdict}。`);
  // where the edition is gone nothing is shown in its place
  await rm(join(folder, 'rubrics/henan-2021'), { recursive: true });
  ziping(['--site', folder, 'build', '--app', join(root, 'target/app'), '--out', join(folder, 'dist')]);
  const { page: gone } = await elsewhere(t, newer, `open/#s.${record}`);
  await gone.getByText('按本站没有的版本或经过修改的评估要点生成').waitFor();
  assert.equal(await gone.locator('.claim').count(), 0);
  assert.ok(host);
});
