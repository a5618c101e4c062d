// The whole site in one file, opened from a disk as from a USB stick: no host, no network.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cases, codes, expected, links } from './engine.mjs';
import { appState, axe, dist, launch, readerState, serve, visit, watch } from './harness.mjs';
import { chromium86 } from './kernels.mjs';
import { test as always } from './limit.mjs';
import { pdfText } from './pdf.mjs';
import { begin, fileFrom, fillAll, kept, openFile, openSheet, saved, shown } from './sheet.mjs';

// a draft has none
const whole = await readFile(join(dist, 'offline.html')).catch(() => null);
const test = (name, run) => always(name, { skip: whole ? false : 'this build has no offline.html' }, run);
const answers = cases(2, '考评人员4人扣3分');

// The file in a folder of its own, perhaps changed before; its address.
async function onStick(t, content = whole) {
  const folder = await mkdtemp(join(tmpdir(), 'ziping-stick-'));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const file = join(folder, '自评离线版.html');
  await writeFile(file, content);
  return pathToFileURL(file).href;
}

// A page on it, in a browser with nothing kept. A request to anywhere is a foreign one.
async function opened(t, behind = '', { app, reader, content, before, ...browser } = {}) {
  const url = await onStick(t, content);
  const context = await launch(browser);
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const seen = watch(page);
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) seen.foreign.push(request.url());
  });
  await before?.(page);
  await page.goto(url + behind);
  if (app) await appState(page, app);
  if (reader) await readerState(page, reader);
  return { page, context, url, seen };
}

const shownAt = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const sheetOf = async (page, unit = '某厂') => {
  await begin(page, 2, unit);
  await fillAll(page, answers);
  await saved(page);
};

test('a sheet is filled in, says what the engine says, and is there after a reload and from the home page', async (t) => {
  const { page, url, seen } = await opened(t);
  await page.getByRole('heading', { name: '备案前，先自己评一评' }).waitFor();
  await page.getByRole('link', { name: '开始自评' }).first().click();
  await appState(page, 'ready');
  assert.equal(await shownAt(page), '#/start/employer/');
  await sheetOf(page);
  assert.deepEqual(await shown(page), expected(2, answers));
  assert.match(await shownAt(page), /^#\/sheet\/2\/\?of=\w+-\d$/);
  await page.reload();
  await appState(page, 'ready');
  await page.locator('.sum').waitFor();
  assert.deepEqual(await shown(page), expected(2, answers));
  // a row of the page, and back
  await page.locator('.sum a[href^="#2-"]').first().click();
  assert.match(await shownAt(page), /^#\/sheet\/2\/\?of=\w+-\d#2-\d+$/);
  await page.goBack();
  assert.match(await shownAt(page), /of=\w+-\d$/);
  assert.deepEqual(await shown(page), expected(2, answers));
  await page.locator('a.brand').click();
  await page.getByRole('link', { name: '接着填：某厂' }).click();
  await appState(page, 'ready');
  await page.getByRole('heading', { name: '某厂', level: 1 }).waitFor();
  assert.ok(page.url().startsWith(url));
  seen.check();
});

test('pages for reading, their rows, the way back, searching and citing work as on the site', async (t) => {
  const { page, seen } = await opened(t, '#/contents/', { reader: 'ready' });
  assert.equal(await page.title(), '目录 · 自评');
  await page.locator('main a[href^="#/notice/"][href*="/#"]').first().click();
  const row = (await shownAt(page)).split('#')[2];
  await page.locator(`[id="${row}"][data-here]`).waitFor();
  assert.notEqual(await page.title(), '目录 · 自评');
  await page.goBack();
  await page.getByRole('heading', { name: '目录', level: 1 }).waitFor();
  await page.locator('#q').fill('考评人员');
  await page.locator('#results [role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !location.hash.startsWith('#/contents/'));
  assert.deepEqual(await axe(page), []);
  await page.goto(page.url().split('#')[0] + '#/rubric/2/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const cited = await page.evaluate(async () => {
    const copied = new Promise((done) => document.addEventListener('copy', () => done(document.activeElement.value), { once: true }));
    document.querySelector('.cite').click();
    return copied;
  });
  assert.match(cited, /https:\/\/[^\s]+\/rubric\/2\/#/);
  // the empty table, which the site has as a file
  const { suggestedFilename } = await Promise.all([
    page.waitForEvent('download'), page.getByRole('link', { name: '下载空白表' }).click(),
  ]).then(([it]) => ({ suggestedFilename: it.suggestedFilename() }));
  assert.equal(suggestedFilename, '附件2-空白表.xlsx');
  await page.goto(page.url().split('#')[0] + '#/nothing/here/');
  await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
  seen.check();
});

test('links and codes from the file open on the site, and those of the site in the file', async (t) => {
  const { page, url } = await opened(t, '#/start/employer/', { app: 'ready' });
  await sheetOf(page);
  const said = (await shown(page)).sentence;
  await page.locator('.sum').getByRole('link', { name: '分享' }).click();
  const link = await page.locator('#link').inputValue();
  const published = (await readFile(join(dist, 'sitemap.xml'), 'utf8')).match(/<loc>(.*?)<\/loc>/)[1];
  assert.ok(link.startsWith(`${published}open/#s.`), link);
  const { page: site, host } = await visit(t, link.slice(published.length), { app: ['ready', 'fallback'] });
  assert.equal(await site.locator('.verdict p').first().innerText(), `${said}。`);
  const sheet = { rubric: '2', answers };
  const [theirs] = links([sheet], `${host.url}open/`);
  // the app loads the file anew for it
  await page.goto(`${url}${new URL(theirs).hash}`);
  await page.locator('.verdict').waitFor();
  assert.equal(await page.locator('.verdict p').first().innerText(), `${said}。`);
  assert.equal(await shownAt(page), '#/open/', 'the record left the address bar');
  await page.goto(`${url}#/desk/`);
  await page.locator('#pile').fill([...codes([sheet]), theirs].join('\n'));
  await page.getByRole('button', { name: '加入汇总' }).click();
  await page.getByText('2 份自评，2 张自评表，0 份未能打开').waitFor();
  await page.locator('#line-0').click();
  assert.equal(await shownAt(page), '#/desk/#sheet-0');
  await page.locator('#received').waitFor();
  await page.goBack();
  await page.locator('#line-0').waitFor();
});

test('a backup of the site opens in the file, and one of the file on the site', async (t) => {
  const { page: site, host } = await openSheet(t, 2, { unit: '网站上的单位' });
  await fillAll(site, answers);
  await saved(site);
  const { text } = await fileFrom(site, () => site.keyboard.press('Control+s'));
  const { page } = await opened(t, '#/mine/', { app: 'ready' });
  await openFile(page, text);
  await page.getByRole('button', { name: '恢复为新的自评', exact: true }).click();
  await page.getByText('已从备份文件恢复 1 份自评').waitFor();
  const { text: again } = await fileFrom(page, () => page.getByRole('button', { name: '下载全部备份' }).click());
  const { page: other } = await visit(t, 'mine/', { host, app: ['ready', 'fallback'] });
  await openFile(other, again);
  await other.getByText('这个文件里有 1 份自评：').waitFor();
  await other.locator('li', { hasText: '附件2' }).getByText(`已得 ${expected(2, answers).points} 分`).first().waitFor();
});

test('what was printed is the official form', async (t) => {
  const { page } = await opened(t, '#/start/employer/', { app: 'ready' });
  await sheetOf(page);
  const text = await pdfText(page);
  assert.match(text, /附件\s*2/);
  assert.ok(!text.includes('离线版'), 'the line at the foot is not on paper');
});

test('a file that was changed, cut off or saved anew says so and leads to what is saved', async (t) => {
  const middle = Buffer.from(whole);
  middle[whole.length - 1000] ^= 1;
  const anew = Buffer.from(new TextDecoder('windows-1252').decode(whole), 'utf8');
  for (const content of [middle, whole.subarray(0, whole.length - 5000), anew]) {
    const before = (page) => page.addInitScript(() => localStorage.setItem('zp1/doc/x/a', 'ZP3.kept'));
    const { page } = await opened(t, '', { app: 'failed', content, before });
    const said = await page.locator('#boot').innerText();
    assert.match(said, /^文件不完整/);
    await page.getByRole('link', { name: '取出已保存的数据' }).click();
    await page.getByText('另有 1 份读不出来的数据').waitFor();
  }
});

test('where nothing is kept, the file says so at once', async (t) => {
  const blocked = () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });
  const { page } = await opened(t, '', { before: (it) => it.addInitScript(blocked) });
  await page.getByText('这个浏览器不保存离线版里填写的内容').waitFor();
  await page.getByText('浏览器禁止保存，关闭页面即丢失').waitFor();
  await page.goto(`${page.url().split('#')[0]}#/start/employer/`);
  await appState(page, 'ready');
  await page.getByText('浏览器禁止保存，关闭页面即丢失').waitFor();
});

test('where others have filled the storage, the file says that, and not that nothing is ever kept', async (t) => {
  const full = () => {
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
    Object.defineProperty(Storage.prototype, 'length', { get: () => 1 });
  };
  const { page } = await opened(t, '', { before: (it) => it.addInitScript(full) });
  await page.getByText('这个浏览器的空间已满，新填的内容存不下').waitFor();
  assert.doesNotMatch(await page.locator('body').innerText(), /不保存离线版里填写的内容/);
});

test('without a script the home page is there to read', async (t) => {
  const { page } = await opened(t, '', { javaScriptEnabled: false });
  await page.getByRole('heading', { name: '备案前，先自己评一评' }).waitFor();
  assert.match(await page.evaluate(() => document.body.innerText), /打开脚本以后，文件、评估要点、解读和填报功能都在本文件里/);
});

test('its own policy lets nothing in that is not in the file', async (t) => {
  const { page, seen } = await opened(t, '', { reader: 'ready' });
  seen.check();
  // in a task of the page's own: what a driver evaluates may evaluate
  const ran = await page.evaluate(() => new Promise((done) => setTimeout(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    let evaluated = true;
    try { (0, eval)('1'); } catch { evaluated = false; }
    done([window.ran, evaluated]);
  })));
  assert.deepEqual(ran, [undefined, false]);
  assert.equal(await page.evaluate(() => fetch('https://ziping.example/').then(() => 'sent', () => 'refused')), 'refused');
});

test('Chromium 86: a sheet from the file says what the engine says, after a reload too, and prints', async (t) => {
  const url = await onStick(t);
  const browser = await chromium86();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${url}#/start/social/`);
  assert.equal(await appState(page), 'ready');
  const press = (words) => page.evaluate((words) => [...document.querySelectorAll('a, button')].find((it) => it.textContent === words).click(), words);
  await press('先不回答，以后再填');
  await page.waitForSelector('#unit');
  await press('建立自评档案');
  await page.waitForFunction(() => /添加/.test(document.body.textContent));
  await press('添加职业（工种）自评表');
  await page.waitForSelector('.sum');
  const its = cases(6, '考评人员3人得4分没有否决');
  await fillAll(page, its);
  const wanted = JSON.parse(JSON.stringify(expected(6, its)));
  assert.deepEqual(await shown(page), wanted);
  await page.waitForSelector('.saved.good');
  await page.reload();
  assert.equal(await appState(page), 'ready');
  await page.waitForSelector('.sum');
  assert.deepEqual(await shown(page), wanted);
  // its code opens on the desk of the same file
  const [code] = codes([{ rubric: '6', answers: its }]);
  await page.evaluate(() => { location.hash = '#/desk/'; });
  await page.waitForSelector('#pile');
  await page.evaluate((it) => { document.querySelector('#pile').value = it; }, code);
  await press('加入汇总');
  await page.waitForFunction(() => /1 份自评，1 张自评表，0 份未能打开/.test(document.body.textContent));
  // and a page for reading
  await page.evaluate(() => { location.hash = '#/rubric/6/'; });
  await page.waitForFunction(() => document.querySelector('.official'));
  assert.ok((await page.pdf({ format: 'a4' })).length > 20_000);
  assert.deepEqual(errors, []);
});
