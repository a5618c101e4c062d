// What everybody needs of a page, looked at in one visit: `looked(page)` gives all that is wrong, a line each.
//
//   assert.deepEqual(await looked(page), []);
//
// One state of a page is laid out again and again: as it is, small, at 200 % and 400 % zoom, with the spacing of WCAG 1.4.12,
// with text twice as large, in 大字版, with the colours of the system. At each of them nothing may be cut off, hang out of the window or be too small for a
// finger, the focus must be seen wherever it goes, and axe-core has nothing to say.

import assert from 'node:assert/strict';
import { axe } from './harness.mjs';

// What WCAG 1.4.12 lets people set, and Windows' own 反色.
const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }`;

// A common screen; what a browser with its bars leaves of it; 125 % and 200 % of it; 400 % of 1280 by 1024, which is the 320 px of
// 1.4.10; a telephone.
export const SIZES = { '1366': [1366, 768], '1366 by 620': [1366, 620], '125 %': [1093, 614], '200 %': [683, 384], '400 %': [320, 256], '360': [360, 640] };
// Text alone so many times as large, and the window for it.
export const TEXT = 2;
export const WIDE = [1280, 1024];
// How high and wide, in px, what is pressed must be at the least: usually, in 大字版, and links that stand alone in either.
export const LEAST = { usual: 44, large: 60, link: 24 };

// All of it. `still` is for states that would be over when the focus moves, `light` leaves out what a page shows in another state
// too, `swept` leaves axe-core out, `small` is for pages without 大字版.
export async function looked(page, { still = false, light = false, swept = false, small = false } = {}) {
  const wrong = [];
  const note = (where, found) => wrong.push(...found.map((it) => `${where}: ${it}`));
  const at = async (size, least = LEAST.usual) => {
    const [width, height] = SIZES[size] ?? WIDE;
    await page.setViewportSize({ width, height });
    // its media are looked at again with the next frame
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    return page.evaluate(seen, [least, LEAST.link]);
  };
  await page.keyboard.press('Shift');
  if (small === await page.evaluate(() => !!document.getElementById('large'))) wrong.push(small ? 'has a 大字版' : 'has no 大字版');
  for (const size of Object.keys(SIZES)) note(size, await at(size));
  note('text 200 %', await larger(page, TEXT, async () => [...await at('text', 0), ...await page.evaluate(overlaid), ...(still || light ? [] : await page.evaluate(focused))]));
  if (!still && !light) note('400 % focus', (await at('400 %'), await page.evaluate(focused)));
  await page.setViewportSize({ width: 1366, height: 768 });
  if (!swept) note('axe', await axe(page));
  if (!still) note('1366 focus', await page.evaluate(focused));
  if (!light) {
    if (!small) {
      await page.evaluate(() => document.documentElement.classList.add('large'));
      note('大字版 1366', await at('1366', LEAST.large));
      note('大字版 360', await at('360', LEAST.large));
      await page.evaluate(() => document.documentElement.classList.remove('large'));
    }
    await spaced(page, SPACING);
    note('spacing 1366', [...await at('1366', 0), ...await page.evaluate(overlaid)]);
    note('spacing 360', await at('360', 0));
    await spaced(page, '');
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    note('forced colours', await page.evaluate(told));
    note('reduced motion', await page.evaluate(moving));
    await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
  }
  return [...new Set(wrong)];
}

// What moves longer than a blink by itself.
const moving = () => document.getAnimations().filter((it) => 100 < it.effect.getTiming().duration).map((it) => `${it.animationName ?? it.transitionProperty} moves`);

// Through the object model, as the policy of our pages admits no style of others.
const spaced = (page, css) => page.evaluate((css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}, css);

// Text alone so much larger, as 仅缩放文字 of Firefox has it: every size of letters and every height of lines that a rule gives in
// px. The boxes around them stay as they are. Afterwards all is as it was.
async function larger(page, times, look) {
  const sized = (times) => page.evaluate((times) => {
    const change = (rules) => {
      for (const rule of rules) {
        if (rule.cssRules?.length) change(rule.cssRules);
        for (const name of ['font', 'font-size', 'line-height']) {
          const value = rule.style?.getPropertyValue(name) ?? '';
          const sized = value.replace(/([\d.]+)(?=px|pt)/g, (n) => n * times);
          if (sized !== value) rule.style.setProperty(name, sized, rule.style.getPropertyPriority(name));
          // what is written in one has been changed in it
          if (sized !== value && name === 'font') break;
        }
      }
    };
    for (const sheet of document.styleSheets) change(sheet.cssRules);
    return parseFloat(getComputedStyle(document.body).fontSize);
  }, times);
  const before = await sized(1);
  assert.equal(await sized(times), before * times, 'the text is larger');
  const wrong = await look();
  assert.equal(await sized(1 / times), before);
  return wrong;
}

// Words that lie over other words. What stays in the window while the page goes by, or opens over it, is looked at by itself.
function overlaid() {
  const boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walk.nextNode());) {
    const within = node.parentElement;
    if (!node.data.trim() || within.closest('.skip, svg, select, textarea, noscript') || !within.checkVisibility({ visibilityProperty: true })) continue;
    if (within.matches('details:not([open])')) continue;
    if (getComputedStyle(within).clip !== 'auto' || within.closest('.vh') || within.closest('thead') && getComputedStyle(within.closest('thead')).clip !== 'auto') continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (3 < box.width) boxes.push({ node, box, over: within.closest('.top, .now-bar, .said, .told, #found .panel'), words: node.data.trim().slice(0, 12) });
  }
  const wrong = [];
  // and what somebody is writing in is not under what came of it
  const field = document.activeElement;
  if (field.matches('input, textarea')) {
    const { left, top, width, height } = field.getBoundingClientRect();
    const met = document.elementFromPoint(left + width / 2, top + height * 0.8);
    if (met && met !== field) wrong.push(`#${field.id} is covered by .${met.closest('[class]')?.className}`);
  }
  for (const [i, one] of boxes.entries()) {
    // what may lie over it comes soon after it
    for (const other of boxes.slice(i + 1, i + 200)) {
      if (one.node === other.node || one.over !== other.over) continue;
      const x = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const y = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // lines may touch
      if (3 < x && Math.min(one.box.height, other.box.height) * 0.35 < y) wrong.push(`“${one.words}” and “${other.words}” lie over each other`);
    }
  }
  return wrong.slice(0, 5);
}

// What is cut off, hangs out of the window or is smaller than `least` px. Links that stand alone: `link` px; in a sentence: as high as it is.
function seen([least, link]) {
  const wrong = [];
  const name = (it) => `${it.tagName.toLowerCase()}${it.id ? `#${it.id}` : ''}.${String(it.className.baseVal ?? it.className).trim().replace(/ +/g, '.')} “${(it.textContent || it.value || it.getAttribute('aria-label') || '').trim().slice(0, 16)}”`;
  const html = document.documentElement;
  const wide = html.scrollWidth - html.clientWidth;
  if (0 < wide) {
    const out = [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > html.clientWidth + 0.5 && !it.closest('.scroll, .wide-table, .vh'));
    wrong.push(`${wide} px too wide: ${name(out.pop() ?? document.body)}`);
  }
  const shown = (it) => it.getClientRects().length && getComputedStyle(it).visibility !== 'hidden' && !it.closest('.vh, .skip, [hidden]');
  for (const it of document.body.querySelectorAll('*')) {
    if (!it.textContent.trim() || !shown(it) || it.closest('svg, select, textarea, .noted')) continue;
    const look = getComputedStyle(it);
    const boxed = it.matches('button, .btn, .seg label, th, td, summary, .quick, .quiet');
    const hides = (what) => /hidden|clip/.test(look[what]);
    // 1 px of rounding
    const x = it.scrollWidth - it.clientWidth;
    const y = it.scrollHeight - it.clientHeight;
    if (look.display === 'inline' || look.position === 'absolute' && look.clip !== 'auto' || it.querySelector('.cite')) continue;
    if (it.closest('thead') && getComputedStyle(it.closest('thead')).position === 'absolute') continue;
    if ((hides('overflowX') || boxed) && 2 < x) wrong.push(`${name(it)} is cut off by ${x} px`);
    if ((hides('overflowY') || boxed && it.tagName === 'BUTTON') && 2 < y) wrong.push(`${name(it)} is cut off by ${y} px below`);
  }
  // what always stays in the window leaves half of it to read
  let taken = 0;
  for (const it of document.querySelectorAll('.top, .now-bar, .said')) {
    if (shown(it) && getComputedStyle(it).position === 'sticky') taken += it.getBoundingClientRect().height;
  }
  if (innerHeight * 0.6 < taken) wrong.push(`bars take ${taken.toFixed(0)} of ${innerHeight} px`);
  for (const it of least ? document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"][role="button"]') : []) {
    if (!shown(it) || it.disabled || it.type === 'hidden') continue;
    const target = /radio|checkbox|file/.test(it.type) ? it.closest('label') ?? document.querySelector(`label[for="${it.id}"]`) ?? it : it;
    const box = target.getBoundingClientRect();
    const { display } = getComputedStyle(it);
    const text = it.matches('a:not(.btn), .cite') && !it.matches('.links a, .top nav a, .now-bar > a');
    if (text && display === 'inline') continue;
    const asked = text ? link : least;
    // a word of two letters is as wide as it is
    if (box.height < asked - 0.6 || box.width < (text ? 20 : it.matches('a') ? 24 : asked) - 0.6) wrong.push(`${name(target)} is ${box.width.toFixed(0)} by ${box.height.toFixed(0)}`);
  }
  return wrong;
}

// Goes to whatever takes the focus, a hundred places at most: a ring must be seen there, and nothing may lie over it.
function focused() {
  const wrong = [];
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((it) => it.getClientRects().length && !it.disabled && getComputedStyle(it).visibility !== 'hidden');
  const each = Math.ceil(all.length / 100);
  for (const it of all.filter((_, i) => i % each === 0)) {
    it.focus();
    if (document.activeElement !== it) continue;
    const name = `${it.tagName.toLowerCase()}.${it.className} “${(it.getAttribute('aria-label') ?? it.textContent).trim().slice(0, 16)}”`;
    const ringed = [it, it.parentElement, it.closest('label'), it.closest('.seg'), it.closest('.option'), it.nextElementSibling, document.querySelector(`label[for="${it.id}"]`)];
    if (!ringed.some((part) => part && (getComputedStyle(part).outlineStyle !== 'none' && 0 < parseFloat(getComputedStyle(part).outlineWidth)))) wrong.push(`no ring around ${name}`);
    const part = it.matches('.vh, .seg input') ? it.closest('label') ?? document.querySelector(`label[for="${it.id}"]`) ?? it : it;
    const whole = part.getClientRects()[0];
    // of something larger than the window, the part that is in it
    const box = { left: Math.max(0, whole.left), top: Math.max(0, whole.top) };
    box.width = Math.min(innerWidth, whole.right) - box.left;
    box.height = Math.min(innerHeight, whole.bottom) - box.top;
    const spots = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.1, 0.8], [0.9, 0.2]].map(([x, y]) => [box.left + x * box.width, box.top + y * box.height]);
    const free = spots.filter(([x, y]) => {
      const met = document.elementFromPoint(x, y);
      return met && (part.contains(met) || met.contains(part) || met.closest('label')?.contains(it));
    });
    if (!free.length) wrong.push(`${name} has the focus and is covered or out of sight (${box.left.toFixed(0)}, ${box.top.toFixed(0)})`);
  }
  document.activeElement?.blur?.();
  scrollTo(0, 0);
  return wrong.slice(0, 8);
}

// Where the system's colours are in force, what is chosen or pressed must still look different from what is not.
function told() {
  const wrong = [];
  const look = (it) => {
    const { backgroundColor, color, borderTopWidth, borderTopStyle, borderTopColor, outlineStyle, outlineWidth, fontWeight, textDecorationLine } = getComputedStyle(it);
    return [backgroundColor, color, borderTopWidth, borderTopStyle, borderTopColor, outlineStyle, outlineWidth, fontWeight, textDecorationLine].join();
  };
  for (const group of document.querySelectorAll('.seg')) {
    const on = group.querySelector('label.on');
    const off = group.querySelector('label:not(.on)');
    if (on && off && look(on) === look(off)) wrong.push(`what is chosen cannot be told in ${group.closest('[id]')?.id}`);
  }
  const pressed = document.querySelector('main .quick.on, main [aria-pressed="true"]');
  const not = pressed && [...document.querySelectorAll('main .quick:not(.on), main [aria-pressed="false"]')].find((it) => it.tagName === pressed.tagName);
  if (not && look(pressed) === look(not)) wrong.push(`what is pressed cannot be told: ${pressed.textContent}`);
  for (const it of document.querySelectorAll('.bar, .range, .course')) {
    for (const part of it.querySelectorAll('rect, path, circle')) {
      const { fill, stroke } = getComputedStyle(part);
      if (fill === 'none' && stroke === 'none') wrong.push(`${it.className.baseVal} is not to be seen`);
    }
  }
  return wrong.slice(0, 5);
}
