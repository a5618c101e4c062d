// The program traps for good, as a Rust panic does, on every kind of page: at its start, and while somebody works there. The page
// says so and leads to the data, which is as it was; nothing goes on as if it were saved.

import assert from 'node:assert/strict';
import { codes } from './engine.mjs';
import { appState, serve, visit } from './harness.mjs';
import { chromium86 } from './kernels.mjs';
import { test } from './limit.mjs';
import { begin, choose, goTo, saved } from './sheet.mjs';

const CRASHED = '程序出错，已保存的数据没有丢失。请刷新页面。';

// A page of every part of the app.
const PAGES = (of) => [
  'start/employer/', 'mine/', `dossier/?of=${of}`, `scope/?of=${of}`, `sheet/1/?of=${of}-1`, `rubric/1/?of=${of}-1`, `print/?of=${of}`, `share/?of=${of}`,
  'open/', 'compare/', 'panel/', 'desk/', `plan/?of=${of}-1`, `roster/?of=${of}`, `evidence/?of=${of}`, `packet/?of=${of}`, 'workbook/', `versions/?of=${of}-1`,
];
// One page of each group of parts that is one file as JavaScript, and a page of that group to which it leads, if any.
const GROUPS = (of) => [
  [`dossier/?of=${of}`, '/mine/$'], [`packet/?of=${of}`, '/(evidence|roster)/$'], [`sheet/1/?of=${of}-1`, '/rubric/1/$'], ['open/', ''], ['desk/', '/compare/$'],
];

// To be evaluated before the page: the place for the app is not to be found, which it takes for granted.
const homeless = () => {
  const { getElementById } = Document.prototype;
  Document.prototype.getElementById = function (id) { return id === 'page' ? null : getElementById.call(this, id); };
};

// To be evaluated in the page: it gives no element once, which the app takes for granted. boot.js asks for some of its own.
const barren = () => {
  const real = document.createElement;
  document.createElement = function (tag) {
    if (/^(link|script)$/i.test(tag)) return real.call(document, tag);
    delete document.createElement;
    throw new Error('no element');
  };
};

// To be evaluated in the page: goes to another page of the app, or opens a code, which has to be shown. Both need elements.
const act = ([to, code]) => {
  if (to) return [...document.querySelectorAll('a')].find((it) => new RegExp(to).test(it.pathname)).click();
  const field = document.getElementById('text');
  field.value = code;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  [...document.querySelectorAll('button')].find((it) => it.textContent === '打开').click();
};

const stored = () => JSON.stringify(Object.entries(localStorage).filter(([key]) => /^zp1\/(doc|panel)/.test(key)).sort());
// What a person sees: the state, the message, where it leads, and what is said of saving.
const seen = () => {
  const boot = document.getElementById('boot');
  return {
    app: document.documentElement.dataset.app,
    said: boot && !boot.hidden ? boot.textContent : '',
    ways: boot ? [...boot.querySelectorAll('a')].map((it) => it.textContent) : [],
    saved: [...document.querySelectorAll('.saved')].map((it) => it.textContent),
  };
};
const told = (it, page) => {
  assert.equal(it.app, 'failed', page);
  assert.ok(it.said.startsWith(CRASHED), `${page}: ${it.said}`);
  assert.ok(it.ways.includes('取出已保存的数据'), `${page}: ${it.ways}`);
};
const ledOn = () => document.documentElement.dataset.app === 'failed' && /取出已保存的数据/.test(document.getElementById('boot')?.textContent);

test('the program traps at its start on every page: said, with the way to the data, which is as it was', async (t) => {
  const { page, host, context } = await visit(t, 'start/employer/', { app: ['ready', 'fallback'] });
  await begin(page, 1, '某厂');
  await choose(page, '1-1', '', '符合');
  await saved(page);
  const of = new URL(page.url()).searchParams.get('of').split('-')[0];
  const before = await page.evaluate(stored);
  await context.addInitScript(homeless);
  for (const path of PAGES(of)) {
    await page.goto(host.url + path);
    await page.waitForFunction(ledOn);
    const it = await page.evaluate(seen);
    told(it, path);
    assert.deepEqual(it.saved, [], path);
    assert.equal(await page.evaluate(stored), before, path);
  }
});

test('the program traps while somebody works, on every page: said, with the way to the data, and nothing is called saved any more', async (t) => {
  const { page, host } = await visit(t, 'start/employer/', { app: ['ready', 'fallback'] });
  await begin(page, 1, '某厂');
  await choose(page, '1-1', '', '符合');
  await saved(page);
  const of = new URL(page.url()).searchParams.get('of').split('-')[0];
  const traps = [];
  page.on('pageerror', (error) => traps.push(String(error)));
  page.on('dialog', (dialog) => dialog.dismiss());
  for (const path of PAGES(of)) {
    await goTo(page, host.url + path);
    const before = await page.evaluate(stored);
    traps.length = 0;
    await page.evaluate(barren);
    await page.evaluate(act, [path === 'mine/' ? '/start/employer/$' : '/mine/$']);
    await page.waitForFunction(ledOn);
    const it = await page.evaluate(seen);
    told(it, path);
    assert.deepEqual(traps, ['RuntimeError: unreachable'], path);
    // nothing was changed since the page was opened
    assert.ok(!it.saved.some((it) => it.startsWith('已保存')), `${path}: ${it.saved}`);
    assert.equal(await page.evaluate(stored), before, path);
  }
});

test('the program traps in the middle of a sheet that was saved: that is seen where somebody is, and 已保存 no more', async (t) => {
  const { page } = await visit(t, 'start/employer/', { app: ['ready', 'fallback'] });
  await begin(page, 1, '某厂');
  await choose(page, '1-1', '', '符合');
  await saved(page);
  const row = page.locator('[id="1-20"]');
  await row.scrollIntoViewIfNeeded();
  await page.evaluate(barren);
  await row.locator('input').first().click();
  await page.waitForFunction(ledOn);
  const { top, bottom, height, stands } = await page.evaluate(() => ({
    ...document.getElementById('boot').getBoundingClientRect().toJSON(), height: innerHeight,
    stands: [...document.querySelectorAll('.saved')].filter((it) => it.getClientRects().length).map((it) => it.textContent),
  }));
  assert.ok(0 <= top && bottom <= height, `the message is from ${top} to ${bottom} of ${height}`);
  assert.deepEqual(stands, []);
});

test('Chromium 86: the program traps in each group of parts, at its start and later: said, with the way to the data', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const browser = await chromium86();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${host.url}start/employer/`);
  assert.equal(await appState(page), 'fallback');
  const press = (words) => page.evaluate((words) => [...document.querySelectorAll('a, button')].find((it) => it.textContent === words).click(), words);
  await press('先不回答，以后再填');
  await page.waitForSelector('#unit');
  await press('建立自评档案');
  await page.waitForFunction(() => /[?&]of=/.test(location.search));
  await page.waitForSelector('a[href*="sheet/1/"]');
  await press('填写');
  await page.waitForSelector('.sum');
  const of = await page.evaluate(() => new URLSearchParams(location.search).get('of').split('-')[0]);
  const before = await page.evaluate(stored);
  const [code] = codes([{ rubric: '1', answers: {} }]);
  const traps = [];
  page.on('pageerror', (error) => traps.push(String(error)));
  for (const [path, to] of GROUPS(of)) {
    await page.goto(host.url + path);
    assert.equal(await appState(page), 'fallback', path);
    traps.length = 0;
    await page.evaluate(barren);
    await page.evaluate(act, [to, code]);
    await page.waitForFunction(ledOn);
    told(await page.evaluate(seen), path);
    assert.match(traps.join(), /^(Error: )?RuntimeError: unreachable/, path);
    assert.equal(await page.evaluate(stored), before, path);
  }
  await page.evaluateOnNewDocument(homeless);
  for (const [path] of GROUPS(of)) {
    await page.goto(host.url + path);
    await page.waitForFunction(ledOn);
    told(await page.evaluate(seen), path);
    assert.equal(await page.evaluate(stored), before, path);
  }
});
