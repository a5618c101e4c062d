// How a page comes: what it shows is all in one file, styled as with all of the style sheet, and the reader answers whoever was
// quicker than it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { serve, times, visit as throttled } from '../bench/throttled.mjs';
import { launch } from './browsers.mjs';
import { dist, gate, readerState, root, visit } from './harness.mjs';
import { test } from './limit.mjs';

const READING = ['', 'start/', 'readings/', 'notice/', 'notice/henan-2021-1/', 'notice/henan-2020-16/', 'notice/mohrss-2020-49/', 'notice/pingdingshan-2021-135/', 'about/', '404.html'];

// In the page: adds the whole style sheet and tells the elements that look another way with it, and what stands before and after
// them. Of elements of one kind within one kind, as the rows of a table, the first two.
async function differing(whole, large) {
  document.documentElement.className = `js${large}`;
  const seen = {};
  const kind = (it) => `${it.tagName}.${it.className}`;
  const elements = [...document.querySelectorAll('body, body *:not(script, noscript)')].filter((it) => {
    const key = `${kind(it.parentElement)} ${kind(it)}`;
    return (seen[key] = (seen[key] ?? 0) + 1) <= 2;
  });
  const styles = () => elements.map((it) => [null, '::before', '::after'].map((part) => {
    const style = getComputedStyle(it, part);
    return part && style.content === 'none' ? '' : [...style].map((name) => style.getPropertyValue(name)).join(';');
  }).join());
  const some = styles();
  const script = document.querySelector('script[data-reader]');
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet' });
  link.href = new URL(whole, new URL(script.src || script.dataset.src, location));
  await new Promise((done, failed) => ((link.onload = done), (link.onerror = failed), document.head.append(link)));
  const differ = styles().flatMap((it, i) => (it === some[i] ? [] : [elements[i].outerHTML.slice(0, 100)]));
  link.remove();
  return [elements.length, differ];
}

const differingIn = (page, ...args) => page.evaluate(`(${differing})(...${JSON.stringify(args)})`);

test('pages with only some of the rules look as with all of them, on the screen, small, in large print and on paper', async (t) => {
  const { page, host } = await visit(t);
  for (const path of READING) {
    await page.goto(host.url + path);
    const whole = await page.evaluate(() => document.querySelector('script[data-reader]').getAttribute('data-reader').split(' ').pop());
    assert.match(whole, /^pages-/, path);
    for (const [width, media, large] of [[1366, 'screen', ''], [700, 'screen', ''], [360, 'screen', ' large'], [1366, 'print', '']]) {
      await page.setViewportSize({ width, height: 768 });
      await page.emulateMedia({ media });
      const [elements, differ] = await differingIn(page, whole, large);
      assert.ok(elements > 20, path);
      assert.deepEqual(differ, [], `${path} at ${width}, ${media}${large}`);
    }
  }
});

test('a page to fill in is styled by what stands in it, and a part that came later rests on other pages', async (t) => {
  const { page, host, seen } = await visit(t, 'mine/', { app: 'ready' });
  assert.deepEqual(host.requests.filter((it) => /\.css$/.test(it)), []);
  const media = () => page.evaluate(() => [...document.querySelectorAll('style[data-of]')].map((it) => it.media));
  assert.deepEqual(await media(), ['']);
  await page.evaluate(() => window.app_wear('compare'));
  assert.deepEqual(await media(), ['not all']);
  await page.evaluate(() => window.app_wear('mine'));
  assert.deepEqual(await media(), ['all']);
  seen.check();
});

test('who presses 引用 before the reader is there gets it when it comes', async (t) => {
  const reader = gate();
  const hold = (path) => /reader-.*\.wasm$/.test(path) && reader.opened;
  const { page, context, host } = await visit(t, 'notice/henan-2021-1/', { host: { hold } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(host.url).origin });
  await page.waitForFunction(() => document.querySelector('script[data-reader][src]'));
  await page.waitForLoadState('load');
  const cite = page.locator('.cite').first();
  // boot.js listens from its first line on
  await page.waitForFunction(() => typeof window.app_part === 'function');
  await cite.click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.reader), 'loading');
  reader.open();
  await page.locator('.cite', { hasText: '已复制' }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /豫职鉴/);
});

test('who types before the boot script is there gets the results when it comes', async (t) => {
  const boot = gate();
  const hold = (path) => /boot-/.test(path) && boot.opened;
  const { page } = await visit(t, 'notice/henan-2021-1/', { host: { hold } });
  await page.locator('#q').fill('毕业学年');
  boot.open();
  await page.locator('#found [role=option]').first().waitFor();
});

test('under a host that refuses styles and scripts in pages, they are still read, filled in and searched', async (t) => {
  const strict = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
  const host = { headers: { 'content-security-policy': strict } };
  const { page } = await visit(t, 'sheet/1/', { host, app: 'ready' });
  assert.ok(await page.locator('fieldset[id="1-1"]').isVisible());
  await readerState(page, 'ready');
  await page.goto(page.url().replace('sheet/1/', 'notice/henan-2021-1/'));
  assert.ok(await page.locator('.notice [id="2-3"]').isVisible());
});

test('the scripts of the bench can be read, and visit a page on a slow line', async () => {
  const folder = join(root, 'tests/bench');
  for (const name of readdirSync(folder).filter((it) => it.endsWith('.mjs'))) {
    execFileSync(process.execPath, ['--check', join(folder, name)]);
  }
  const slow = await serve({ site: dist });
  const context = await launch();
  try {
    const { paint, complete } = await throttled(context.browser(), (page) => times(page, `${slow.url}site/about/`));
    assert.ok(150 < paint && paint <= complete, 'a round trip has 150 ms');
  } finally {
    await context.close();
    await slow.close();
  }
});
