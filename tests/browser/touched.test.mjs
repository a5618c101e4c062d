// What is made anew on a page: after a key no more than that key changed, and of a sheet that somebody goes to the first rows
// at once. Counted, as times differ from machine to machine.

import assert from 'node:assert/strict';
import { cases } from './engine.mjs';
import { test } from './limit.mjs';
import { openSheet } from './sheet.mjs';

const ROWS = Object.keys(cases(1)).length;

test('a key writes what it changed, and a sheet is drawn piece by piece', async (t) => {
  const { page, seen } = await openSheet(t, 1);
  await page.evaluate(() => {
    window.made = { elements: 0, rows: new Set(), places: new Set() };
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        const element = target.nodeType === 1 ? target : target.parentElement;
        window.made.rows.add(element?.closest('fieldset.row')?.id ?? '');
        for (const it of addedNodes) {
          if (it.nodeType !== 1) continue;
          window.made.elements += 1 + it.getElementsByTagName('*').length;
          window.made.places.add(element.closest('[id], [class]')?.className);
        }
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  const field = page.locator('fieldset.row input[inputmode=numeric]').first();
  const key = async (text) => {
    await page.evaluate(() => Object.assign(window.made, { elements: 0, rows: new Set(), places: new Set() }));
    const before = await page.locator('.now b').textContent();
    await field.fill(text);
    await page.waitForFunction((before) => document.querySelector('.now b').textContent !== before, before);
    await page.getByText(/^已保存/).first().waitFor();
    return page.evaluate(() => ({ elements: window.made.elements, rows: [...window.made.rows].filter(Boolean), places: [...window.made.places] }));
  };
  await key('1');
  const row = await field.evaluate((it) => it.closest('fieldset').id);
  for (const text of ['2', '1']) {
    const { elements, rows, places } = await key(text);
    assert.deepEqual(rows, [row]);
    // what is said about the row, and in words about the total
    assert.ok(elements <= 12, `${elements} elements in ${places.join('; ')}`);
  }

  // the first rows, and all at once for whoever prints
  await page.locator('.crumb a').click();
  await page.locator('main a[href*="sheet/1/"]').first().waitFor();
  const drawn = await page.evaluate(async () => {
    const count = () => document.querySelectorAll('fieldset.row').length;
    const some = new Promise((done) => {
      new MutationObserver((_, it) => count() && (it.disconnect(), done())).observe(document.body, { childList: true, subtree: true });
    });
    document.querySelector('main a[href*="sheet/1/"]').click();
    await some;
    const first = count();
    dispatchEvent(new Event('beforeprint'));
    for (let turn = 0; turn < 20; turn += 1) await null;
    const all = count();
    dispatchEvent(new Event('afterprint'));
    return { first, all };
  });
  assert.ok(3 < drawn.first && drawn.first < ROWS / 2, `${drawn.first} rows first`);
  assert.equal(drawn.all, ROWS);

  // back where one was
  await page.locator('[id="1-20"]').evaluate((it) => it.scrollIntoView());
  const at = await page.evaluate(() => scrollY);
  assert.ok(1000 < at, `${at}`);
  await page.evaluate(() => document.querySelector('.crumb a').click());
  await page.locator('main a[href*="sheet/1/"]').first().waitFor();
  await page.goBack();
  await page.locator('[id="1-20"]').waitFor();
  await page.waitForFunction((at) => Math.abs(scrollY - at) < 50, at);

  // and at the row that a link names
  await page.locator('.crumb a').click();
  const link = page.locator('main a[href*="sheet/1/"]').first();
  await link.evaluate((it) => { it.href = `${it.href.split('#')[0]}#1-25`; });
  await link.click();
  await page.waitForFunction(() => {
    const top = document.getElementById('1-25')?.getBoundingClientRect().top;
    return 0 <= top && top < innerHeight;
  });
  seen.check();
});
