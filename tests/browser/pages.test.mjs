// On every page: nothing for axe, no error, nothing refused by the policy, no foreign request, no dead link, no
// sideways scrolling; and what must not stand in a file does not.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appState, axe, dist, readerState, root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { choose, goTo, openSheet, put, saved } from './sheet.mjs';

const sitemap = readFileSync(join(dist, 'sitemap.xml'), 'utf8');
const listed = [...sitemap.matchAll(/<loc>[^<]*?:\/\/[^/<]+\/([^<]*)<\/loc>/g)].map((it) => it[1]);
const work = ['plan/', 'versions/', 'roster/', 'evidence/', 'packet/'];
const routes = [...new Set([
  ...listed, 'mine/', 'dossier/', 'scope/', 'share/', 'open/', 'compare/', ...work, 'workbook/', '404.html', 'rescue.html',
])];
// Everything that a dossier can have, as version 3 wrote it.
const FULL = readFileSync(join(root, 'tests/records/v3/employer.txt'), 'utf8').trim();

// Buttons and fields with less than 4 px between them, and what is lower than a finger.
const crowded = (page) => page.evaluate(() => {
  const boxes = [...document.querySelectorAll('main button, main a.btn, main label.pick, main select, main input[type=text], .links a')]
    .filter((it) => it.getClientRects().length && !it.closest('.stepper, .examples, .acts, .cite, .seg, table'))
    .map((it) => [it, it.getBoundingClientRect()]);
  const gap = (a, b) => Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
  const close = boxes.flatMap(([it, box], i) => boxes.slice(i + 1).filter((other) => gap(box, other[1]) < 4)
    .map(([other]) => `${it.textContent || it.id} touches ${other.textContent || other.id}`));
  return [...close, ...boxes.filter(([it, box]) => it.matches('button, a, label') && !it.matches('.cite') && box.height < 43.5)
    .map(([it, box]) => `${it.textContent} is ${box.height} px high`)];
});

test('there are pages to look at', () => assert.ok(20 < routes.length, String(routes)));

for (const route of routes) {
  test(`/${route} is clean`, async (t) => {
    const { page, seen, host } = await visit(t, route);
    if (await page.locator('script[data-live]').count()) await appState(page, 'ready');
    else if (await page.locator('script[data-reader]').count()) await readerState(page, 'ready');
    for (const [width, height] of [[1366, 768], [360, 640], [320, 640]]) {
      await page.setViewportSize({ width, height });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `${width} px: the page is ${wide} px too wide`);
      if (width !== 320) assert.deepEqual(await axe(page), []);
      if (width < 400) assert.deepEqual(await crowded(page), [], `${width} px`);
    }
    assert.equal(await page.locator('h1').count(), 1);
    // the name of the site once, before and after the app has started
    const title = await page.title();
    assert.match(title, /^自评 · .|. · 自评$/);
    assert.doesNotMatch(title, /· 自评 · 自评/);
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((it) => it.href));
    for (const address of new Set(links.filter((it) => it.startsWith(host.url)))) {
      const url = new URL(address);
      const answer = await page.request.get(address);
      assert.equal(answer.status(), 200, address);
      const id = decodeURIComponent(url.hash.slice(1));
      const here = url.pathname === new URL(page.url()).pathname;
      const there = here ? await page.locator(`[id="${id}"]`).count() : (await answer.text()).includes(`id="${id}"`);
      assert.ok(!id || there, `${address}: nothing has this id`);
    }
    const html = readFileSync(join(dist, route.endsWith('.html') ? route : join(route, 'index.html')), 'utf8');
    // what stands within the page is named by its hash in the page's policy, and nothing else is
    const within = /<(script|style)(?: data-[\w-]+="[^"]*")?>([^]*?)<\/\1>/g;
    for (const [, kind, text] of html.matchAll(within)) {
      const hash = createHash('sha256').update(text).digest('base64');
      assert.match(html, new RegExp(`${kind}-src 'self' [^;]*'sha256-${hash.replace(/[+/]/g, '\\$&')}'`));
    }
    assert.doesNotMatch(html.replace(within, ''), / style=| on\w+=|<script>|<style/);
    seen.check();
  });
}

test('the states of a dossier are clean too', async (t) => {
  const { page, seen, host } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '不符合');
  await page.locator('[id="2-1"] summary').click();
  const looks = async (what) => {
    for (const [width, height] of [[1366, 768], [360, 640]]) {
      await page.setViewportSize({ width, height });
      assert.deepEqual(await axe(page), [], `${what} at ${width} px`);
    }
    await page.setViewportSize({ width: 1366, height: 768 });
  };
  await looks('a sheet with a veto');
  await page.getByRole('link', { name: '打印评估表' }).click();
  await page.locator('.form .verdict').waitFor();
  await looks('the filled form');
  await page.goBack();
  await page.getByRole('link', { name: '返回档案' }).click();
  await page.getByRole('button', { name: '删除' }).waitFor();
  await looks('the dossier');
  await page.goto(`${host.url}mine/`);
  await appState(page, 'ready');
  await page.getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('heading', { name: '回收站' }).waitFor();
  await looks('the bin');
  seen.check();
});

// From the score to the filing: each page of a dossier, at two widths, its headings in order, with a way back.
async function worksOf(page, host, id, seen, what) {
  for (const path of work) {
    await goTo(page, `${host.url}${path}?of=${id}${/plan|versions/.test(path) ? '-1' : ''}`);
    await page.getByRole('link', { name: '返回档案' }).first().waitFor();
    const levels = await page.evaluate(() => [...document.querySelectorAll('main :is(h1, h2, h3, h4)')]
      .filter((it) => it.getClientRects().length).map((it) => Number(it.tagName[1])));
    assert.ok(levels.every((it, i) => (i === 0 ? it === 1 : 2 <= it && it <= levels[i - 1] + 1)), `${path}: ${levels}`);
    for (const [width, height] of [[1366, 768], [360, 640], [320, 640]]) {
      await page.setViewportSize({ width, height });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `${what} ${path} at ${width} px: ${wide} px too wide`);
      if (width !== 320) assert.deepEqual(await axe(page), [], `${what} ${path} at ${width} px`);
    }
    await page.setViewportSize({ width: 1366, height: 768 });
  }
  seen.check();
}

test('the pages of a dossier in which nothing is filled in are clean, and lead back', async (t) => {
  const { page, seen, host } = await openSheet(t, 1, { unit: '某厂' });
  await choose(page, '1-3', '', '不符合');
  await saved(page);
  await worksOf(page, host, new URL(page.url()).searchParams.get('of').split('-')[0], seen, 'empty');
});

test('the pages of a dossier that has everything are clean, and lead back', async (t) => {
  const { page, seen, host } = await visit(t, 'mine/', { app: 'ready' });
  await put(page, { 'zp1/doc/k1/a': FULL });
  await goTo(page, `${host.url}dossier/?of=k1`);
  await page.getByRole('button', { name: '删除' }).waitFor();
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 768 });
    assert.deepEqual(await axe(page), [], `the dossier at ${width} px`);
  }
  await worksOf(page, host, 'k1', seen, 'full');
});

test('a file is chosen by a button of ours, with the mouse and with the keyboard', async (t) => {
  for (const [path, id] of [['mine/', 'file'], ['open/', 'file'], ['desk/', 'piles']]) {
    const { page } = await visit(t, path, { app: 'ready', browser: { viewport: { width: 360, height: 640 } } });
    const label = page.locator(`label[for="${id}"]`);
    const box = await label.boundingBox();
    assert.ok(44 <= box.height && box.x + box.width <= 350, path);
    const chooser = page.waitForEvent('filechooser');
    await label.click();
    await chooser;
    await page.locator(`#${id}`).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    assert.notEqual(await label.evaluate((it) => getComputedStyle(it).outlineStyle), 'none', `${path}: the focus is seen`);
  }
});

test('the address of a row leads to it, clear of the header', async (t) => {
  const { page } = await visit(t, 'rubric/1/#1-30');
  const [top, header] = await page.evaluate(() =>
    [document.getElementById('1-30'), document.querySelector('.top')].map((it) => it.getBoundingClientRect()[it.id ? 'top' : 'bottom']));
  assert.ok(header <= top && top < 700, `row at ${top}, header to ${header}`);
});

test('the printed form is A4, has every row, its verdict and whose it is', async (t) => {
  const { page } = await openSheet(t, 1, { unit: '某厂' });
  await choose(page, '1-3', '', '不符合');
  await page.getByRole('link', { name: '打印评估表' }).click();
  await page.locator('.verdict').waitFor();
  await page.emulateMedia({ media: 'print' });
  const shown = await page.evaluate(() => document.body.innerText);
  for (let n = 1; n <= 49; n += 1) assert.ok(shown.includes(`1-${n}`), `row 1-${n}`);
  assert.match(shown, /触发否决项 1-3/);
  assert.match(shown, /仅供参考，非官方结论/);
  assert.equal(await page.locator('.top').isVisible(), false);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.match(pdf, /\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/);
});
