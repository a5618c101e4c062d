// What a window of common size shows of a sheet: what must always be in sight is, nothing lies over anything, one scroll
// bar, targets that a finger meets, and few screens from the first row to the last.

import assert from 'node:assert/strict';
import { cases } from './engine.mjs';
import { axe } from './harness.mjs';
import { test } from './limit.mjs';
import { choose, fillAll, note, openSheet, saved } from './sheet.mjs';

// A common screen, a real window on it, 125 % and 200 % zoom of that, two telephones.
const WINDOWS = [[1366, 768], [1366, 620], [1093, 496], [683, 310], [360, 640], [320, 568]];

const screens = (page) => page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
const large = (page) => page.locator('#large').click();

// A sheet of annex 1 in one of its states.
async function sheetIn(t, state) {
  const it = await openSheet(t, 1, { unit: '平顶山市某某机械制造有限公司', browser: { viewport: { width: 1366, height: 768 } } });
  const all = cases(1);
  const half = Object.fromEntries(Object.entries(all).slice(0, 20));
  if (state === 'half filled') await fillAll(it.page, half);
  if (state === 'finished') await fillAll(it.page, all);
  if (state === 'vetoed') {
    const rows = await it.page.evaluate(() => [...document.querySelectorAll('fieldset.row')].flatMap((row) =>
      row.querySelector('.veto') && [...row.querySelectorAll('.seg label')].some((it) => it.textContent === '不符合') ? [row.id] : []));
    for (const row of rows) await choose(it.page, row, '', '不符合');
    assert.ok(3 < rows.length, String(rows));
  }
  if (state !== 'empty') await saved(it.page);
  return it;
}

// What is wrong with the bar as it stands: out of the window, under something else, over another part of it, too small.
const wrongIn = (page, least) => page.evaluate((least) => {
  const wrong = [];
  const bar = document.querySelector('.now-bar');
  const parts = [...bar.querySelectorAll('.now, .against a, .against b, .saved .state, .saved button, .saved + button, .btn')];
  const seen = parts.filter((it) => getComputedStyle(it).display !== 'none');
  const boxes = seen.map((it) => [it, it.getBoundingClientRect()]);
  for (const [it, box] of boxes) {
    const name = it.textContent.slice(0, 20) || it.className;
    if (box.left < 0 || innerWidth < box.right + 0.5 || box.top < 0 || innerHeight < box.bottom - 0.5) wrong.push(`${name} is out of sight`);
    const met = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (met !== it && !it.contains(met)) wrong.push(`${met?.className || met?.tagName} lies over ${name}`);
    // numbers in a sentence are links as in any sentence
    const target = it.matches('a, button') && !it.matches('.against a');
    if (target && Math.min(box.width, box.height) < least - 0.5) wrong.push(`${name} is ${box.width.toFixed(0)} by ${box.height.toFixed(0)}`);
    for (const [other, its] of boxes) {
      if (it === other || it.contains(other) || other.contains(it)) continue;
      const over = box.left < its.right - 0.5 && its.left < box.right - 0.5 && box.top < its.bottom - 0.5 && its.top < box.bottom - 0.5;
      if (over) wrong.push(`${name} lies over ${other.textContent.slice(0, 20)}`);
    }
  }
  for (const words of ['.saved .state', '.now b', '.now span']) {
    const it = bar.querySelector(words);
    if (!it?.textContent || !it.getClientRects().length) wrong.push(`no ${words}`);
  }
  const high = bar.getBoundingClientRect().height / innerHeight;
  if ((least < 50 ? 0.34 : 0.42) < high) wrong.push(`the bar takes ${(100 * high).toFixed(0)} % of the height`);
  return [...new Set(wrong)];
}, least);

// Boxes that scroll on their own; a field for text may.
const scrolling = (page) => page.evaluate(() =>
  [...document.querySelectorAll('#main *')].flatMap((it) => {
    const { overflowY } = getComputedStyle(it);
    return /auto|scroll/.test(overflowY) && it.tagName !== 'TEXTAREA' ? [it.className] : [];
  }));

for (const state of ['empty', 'half filled', 'finished', 'vetoed']) {
  test(`points, verdict, vetoes and what is saved are in sight everywhere on a sheet that is ${state}`, async (t) => {
    const { page, seen } = await sheetIn(t, state);
    const wrong = [];
    for (const size of ['', '大字版']) {
      if (size) await large(page);
      for (const [width, height] of WINDOWS) {
        await page.setViewportSize({ width, height });
        // the first screen may show the head of the page instead
        for (const at of [0.2, 0.5, 0.8]) {
          await page.evaluate((at) => scrollTo(0, at * document.documentElement.scrollHeight), at);
          wrong.push(...(await wrongIn(page, size ? 60 : 44)).map((it) => `${size} ${width}x${height}: ${it}`));
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (0 < wide) wrong.push(`${size} ${width}x${height}: ${wide} px too wide`);
        wrong.push(...(await scrolling(page)).map((it) => `${it} scrolls on its own`));
      }
    }
    assert.deepEqual([...new Set(wrong)], []);
    const bar = page.locator('.now-bar');
    if (state === 'finished') await bar.getByText('具备评价机构备案条件', { exact: true }).waitFor();
    if (state === 'vetoed') assert.match(await bar.innerText(), /否决 \d+ 项/);
    if (state === 'empty') assert.match(await bar.innerText(), /未评 \d+ 项，距 70 分还差 70 分/);
    assert.deepEqual(await axe(page), []);
    seen.check();
  });
}

test('a whole sheet is few screens, and no printed word of it is hidden', async (t) => {
  const { page } = await sheetIn(t, 'empty');
  const most = { '1366x768': 9, '1366x620': 11.5, '1093x496': 15, '360x640': 19 };
  for (const [size, n] of Object.entries(most)) {
    const [width, height] = size.split('x').map(Number);
    await page.setViewportSize({ width, height });
    const now = await screens(page);
    t.diagnostic(`${size}: ${now.toFixed(1)} screens`);
    assert.ok(now <= n, `${size}: ${now} screens`);
    const cut = await page.evaluate(() => [...document.querySelectorAll('.row')].flatMap((row) =>
      ['legend .name', 'blockquote', '.meta'].flatMap((it) => {
        const words = row.querySelector(it);
        const box = words.getBoundingClientRect();
        return box.width < 20 || box.height < 15 || words.clientHeight + 1 < words.scrollHeight ? [`${row.id} ${it}`] : [];
      })));
    assert.deepEqual(cut.filter((it) => !/\.meta/.test(it)), []);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  const rows = await page.evaluate(() => {
    const all = [...document.querySelectorAll('.row')].map((it) => it.getBoundingClientRect());
    const free = innerHeight - document.querySelector('.top').offsetHeight - document.querySelector('.now-bar').offsetHeight;
    return all.length / ((all[all.length - 1].bottom - all[0].top) / free);
  });
  t.diagnostic(`${rows.toFixed(1)} rows a screen`);
  assert.ok(7 < rows, `${rows} rows a screen`);
});

test('every section is two presses away, at any size, and the list goes away', async (t) => {
  const { page } = await sheetIn(t, 'half filled');
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    const sections = page.getByRole('button', { name: '项目' });
    const names = page.locator('.steps > ol > li > a');
    for (let n = 0; n < (await names.count()); n += 1) {
      await sections.click();
      const out = await page.evaluate(() => [...document.querySelectorAll('.steps a')].filter((it) => it.getClientRects().length)
        .filter((it) => { const box = it.getBoundingClientRect(); return box.top < 0 || innerHeight < box.bottom || box.height < 44; })
        .map((it) => it.textContent));
      assert.deepEqual(out, [], `${width}x${height}`);
      await names.nth(n).click();
      assert.equal(await sections.getAttribute('aria-expanded'), 'false');
      assert.equal(await names.nth(n).isVisible(), false);
      const id = await names.nth(n).evaluate((it) => it.hash.slice(1));
      const top = await page.locator(`[id="${id}"]`).evaluate((it) => it.getBoundingClientRect().top);
      assert.ok(-1 <= top && top < height / 2, `${width}x${height}: ${id} at ${top}`);
    }
  }
});

test('what a row has besides is one press away, and 全部展开 is remembered', async (t) => {
  const { page } = await sheetIn(t, 'empty');
  const row = page.locator('[id="1-2"]');
  assert.equal(await row.locator('.reading').isVisible(), false);
  await row.getByText('展开').click();
  await row.getByText('计算依据：').waitFor();
  await (await note(page, 2)).fill('见附件');
  await row.getByText('展开').click();
  await row.getByText('备注：见附件').waitFor();
  const all = page.getByRole('button', { name: '全部展开' });
  await all.click();
  assert.equal(await page.locator('.more[open]').count(), 49);
  await saved(page);
  await page.reload();
  await page.locator('.more[open]').first().waitFor();
  assert.equal(await page.locator('.more[open]').count(), 49);
  assert.equal(await all.getAttribute('aria-pressed'), 'true');
  await all.click();
  assert.equal(await page.locator('.more[open]').count(), 0);
});

test('controls of a row are as large as a finger, beside the words on a wide screen', async (t) => {
  const { page } = await sheetIn(t, 'empty');
  for (const size of ['', '大字版']) {
    if (size) await large(page);
    for (const [width, height] of WINDOWS) {
      await page.setViewportSize({ width, height });
      const small = await page.evaluate((least) => [...document.querySelectorAll('.row .seg label, .row button, .row summary')]
        .filter((it) => it.getClientRects().length && it.getBoundingClientRect().height < least - 0.5)
        .map((it) => `${it.closest('.row').id} ${it.textContent} ${it.getBoundingClientRect().height}`), size ? 60 : 44);
      assert.deepEqual(small.slice(0, 5), [], `${size} ${width}x${height}`);
    }
  }
});
