// A telephone: touched and never clicked, held upright and across, half of the screen under its keyboard, and in large print.

import assert from 'node:assert/strict';
import { visit } from './harness.mjs';
import { handOf } from './hand.mjs';
import { test } from './limit.mjs';
import { newDossier } from './sheet.mjs';

const upright = { width: 360, height: 740 };
const across = { width: 740, height: 360 };
const keyboard = { width: 360, height: 370 };
const phone = { viewport: upright, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// Fingers, by way of hand.mjs: what is tapped is in sight, still, and under nothing.
function fingers(page) {
  const driver = {
    evaluate: (script, ...args) => page.evaluate(`(${script})(...${JSON.stringify(args)})`),
    tap: (x, y) => page.touchscreen.tap(x, y),
    text: (words) => page.keyboard.type(words),
    key: (name) => page.keyboard.press(name),
  };
  const hand = handOf(driver);
  hand.touch = true;
  return hand;
}

// Which part of the focused field is in sight, between the top of the window and whatever is fixed at its foot.
const clear = (page) =>
  page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const bar = document.querySelector('.now-bar')?.getBoundingClientRect();
    return {
      seen: 0 <= box.top && box.bottom <= innerHeight && document.activeElement.contains(at),
      free: bar ? bar.top / innerHeight : 1,
    };
  });

// A sheet of annex 2 on a telephone.
async function sheet(t) {
  const it = await visit(t, 'start/employer/', { app: 'ready', browser: phone });
  const hand = fingers(it.page);
  await newDossier(it.page, '某厂');
  await hand.press('添加职业（工种）自评表');
  await it.page.locator('[id="2-13"]').waitFor();
  await hand.ready();
  return { ...it, hand };
}

for (const large of [false, true]) {
  test(`a sheet is filled in with one finger, the keyboard up and the telephone turned${large ? ', in large print' : ''}`, async (t) => {
    const { page, hand, seen } = await sheet(t);
    if (large) await page.locator('#large').tap();
    await hand.press({ css: '[id="2-11"] .seg label', text: '符合' });
    for (const [row, label, value] of [['2-13', '完好', '80'], ['2-13', '共', '100'], ['2-1', '不符合', '1']]) {
      const field = `[id="${row}"] input[aria-label^="${label}"]`;
      await hand.into({ css: field });
      await page.setViewportSize(keyboard);
      await page.waitForFunction(() => innerHeight < 400);
      await page.waitForFunction(() => {
        const box = document.activeElement.getBoundingClientRect();
        return 0 <= box.top && box.bottom <= (document.querySelector('.now-bar')?.getBoundingClientRect().top ?? innerHeight);
      });
      const { seen, free } = await clear(page);
      assert.ok(seen, `${row} ${label} is out of sight above the keyboard`);
      assert.ok(0.75 <= free, `the bar leaves ${free} of what the keyboard leaves`);
      await page.keyboard.type(value);
      assert.equal(await wide(page), 0);
      await page.setViewportSize(upright);
    }
    await page.keyboard.press('Tab');
    await page.locator('.saved.good').waitFor();
    await page.setViewportSize(across);
    assert.equal(await wide(page), 0);
    await hand.press({ css: '[id="2-16"] .seg label', text: '符合' });
    const { free } = await clear(page);
    assert.ok(0.75 <= free, `across, the bar leaves ${free} of the window`);
    await page.setViewportSize(upright);
    await page.evaluate(() => scrollTo(0, 0));
    const top = await page.evaluate(() => scrollY);
    await hand.press({ css: '.now-bar .btn' });
    await page.waitForFunction((top) => scrollY !== top, top);
    seen.check();
  });
}

test('a telephone: every page fits upright, across and in large print, and nothing to tap is small or close to another', async (t) => {
  const { page, host, seen } = await sheet(t);
  const of = new URL(page.url()).searchParams.get('of').split('-')[0];
  await page.locator('#large').tap();
  const pages = [
    '', `dossier/?of=${of}`, `sheet/2/?of=${of}-2`, `scope/?of=${of}`, `plan/?of=${of}-2`, `roster/?of=${of}`, `evidence/?of=${of}`,
    `packet/?of=${of}`, `versions/?of=${of}-2`, `share/?of=${of}`, 'workbook/', 'mine/', 'open/', 'compare/', 'panel/', 'desk/',
    'notice/henan-2021-1/', 'rubric/1/',
  ];
  for (const large of [true, false]) {
    for (const path of pages) {
      await page.goto(host.url + path);
      const live = await page.evaluate(() => !!document.querySelector('script[data-live]') || /[?&]of=/.test(location.search));
      if (live) await page.waitForFunction(() => document.documentElement.dataset.app === 'ready');
      for (const size of [upright, across, keyboard, upright]) {
        await page.setViewportSize(size);
        assert.equal(await wide(page), 0, `${path || 'home'} at ${size.width} by ${size.height}${large ? ', large' : ''}`);
      }
      if (!large && live) assert.deepEqual(await page.evaluate(small), [], path);
    }
    if (large) await page.locator('#large').tap();
  }
  seen.check();
});

// What is tapped and neither 40 px high nor 8 px away from the next one; links within a sentence are as high as its lines.
function small() {
  const all = [...document.querySelectorAll('main button, main select, main summary, main a, main label, main input')].filter((it) => {
    const box = it.getBoundingClientRect();
    const hidden = it.matches('.vh') || (/radio|checkbox/.test(it.type) && it.closest('label'));
    const says = it.matches('label') && !it.querySelector('input') && !it.classList.contains('pick');
    return box.width && box.height && !hidden && !says && getComputedStyle(it).visibility === 'visible';
  });
  const boxes = all.map((it) => it.getBoundingClientRect());
  const inSentence = (it) => it.matches('a') && getComputedStyle(it).display === 'inline';
  const near = (a, b) => Math.max(a.left - b.right, b.left - a.right) < 8 && Math.max(a.top - b.bottom, b.top - a.bottom) < 8;
  return all.filter((it, i) => {
    const box = boxes[i];
    if (inSentence(it) || 40 <= box.height) return false;
    return box.height < 24 || boxes.some((other, n) => n !== i && !it.contains(all[n]) && !all[n].contains(it) && near(box, other));
  }).map((it) => `${it.tagName} ${it.textContent.trim().slice(0, 20)} ${Math.round(it.getBoundingClientRect().height)} px`);
}
