// How a page comes: what it shows is all in one file, styled as with all of the style sheet, and the reader answers whoever was
// quicker than it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gate, readerState, visit } from './harness.mjs';

const READING = ['', 'start/', 'readings/', 'notice/', 'notice/henan-2021-1/', 'notice/henan-2020-16/', 'notice/mohrss-2020-49/', 'notice/pingdingshan-2021-135/', 'about/', '404.html'];

// What the style of every element and of what stands before and after it comes to.
const styles = (page) => page.evaluate(() => [...document.querySelectorAll('body, body *:not(script, noscript)')].flatMap((it) =>
  [null, '::before', '::after'].map((part) => {
    const style = getComputedStyle(it, part);
    return `${it.tagName}.${it.className}#${it.id}${part ?? ''} ${[...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ')}`;
  })));

test('pages with only some of the rules look as with all of them, on the screen, small, in large print and on paper', async (t) => {
  const { page, host } = await visit(t);
  for (const path of READING) {
    await page.goto(host.url + path);
    const whole = await page.evaluate(() => document.querySelector('script[data-reader]').getAttribute('data-reader').split(' ').pop());
    assert.match(whole, /^pages-/, path);
    for (const [width, media, large] of [[1366, 'screen', ''], [700, 'screen', ''], [360, 'screen', ' large'], [1366, 'print', '']]) {
      await page.setViewportSize({ width, height: 768 });
      await page.emulateMedia({ media });
      const look = (all) => page.evaluate(async ([all, whole, large]) => {
        document.documentElement.className = `js${large}`;
        document.querySelector('link[data-all]')?.remove();
        if (!all) return;
        const link = Object.assign(document.createElement('link'), { rel: 'stylesheet' });
        link.href = new URL(whole, document.querySelector('script[data-reader][src], script[data-src]').src || new URL(document.querySelector('script[data-src]')?.dataset.src, location));
        link.setAttribute('data-all', '');
        await new Promise((done) => ((link.onload = done), document.head.append(link)));
      }, [all, whole, large]);
      await look(false);
      const some = await styles(page);
      await look(true);
      const all = await styles(page);
      const differ = some.flatMap((it, i) => (it === all[i] ? [] : [[it, all[i]]]));
      assert.equal(differ.length, 0, `${path} at ${width}, ${media}: ${differ[0]?.map((it) => it.slice(0, 300))}`);
    }
  }
});

test('a page to fill in is styled by what stands in it, and a part that came later rests on other pages', async (t) => {
  const { page, host, seen } = await visit(t, 'mine/', { app: 'ready' });
  assert.deepEqual(host.requests.filter((it) => /\.css$/.test(it)), []);
  const media = () => page.evaluate(() => [...document.querySelectorAll('style[data-of]')].map((it) => it.media));
  assert.deepEqual(await media(), ['all']);
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

test('under a host that refuses styles and scripts in pages, they are still read, filled in and searched', async (t) => {
  const strict = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
  const host = { headers: { 'content-security-policy': strict } };
  const { page } = await visit(t, 'sheet/1/', { host, app: 'ready' });
  assert.ok(await page.locator('fieldset[id="1-1"]').isVisible());
  await readerState(page, 'ready');
  await page.goto(page.url().replace('sheet/1/', 'notice/henan-2021-1/'));
  assert.ok(await page.locator('.notice [id="2-3"]').isVisible());
});
