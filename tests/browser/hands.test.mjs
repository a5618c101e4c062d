// Typing: by keyboard alone, with an input method, with full-width digits, and what is refused in words.

import assert from 'node:assert/strict';
import { cases, expected } from './engine.mjs';
import { visit } from './harness.mjs';
import { test } from './limit.mjs';
import { openSheet, saved, shown } from './sheet.mjs';

test('a sheet is filled in by keyboard alone, and the focus is always in sight', async (t) => {
  const { page } = await openSheet(t, 2);
  const answers = cases(2);
  const words = { true: 0, false: 1 };
  await page.locator('h1').focus();
  let steps = 0;
  for (const [row, answer] of Object.entries(answers)) {
    for (const [key, value] of Object.entries(answer)) {
      // Tab until the focus is on the next control of the row that this fact belongs to
      const label = { defects: '不符合', qualified_examiners: '符合条件', headcount: '聘任总数', experts: '专家', intact: '完好', total: '共', award: '自估' }[key];
      for (;;) {
        await page.keyboard.press('Tab');
        assert.ok((steps += 1) < 900, `no way by Tab to ${row} ${key}`);
        const at = await page.evaluate(() => {
          const it = document.activeElement;
          const box = (it.type === 'radio' ? it.parentNode : it).getBoundingClientRect();
          const header = document.querySelector('.top').getBoundingClientRect().bottom;
          return { row: it.closest('fieldset')?.id, type: it.type, name: it.getAttribute('aria-label') ?? '', clear: header <= box.bottom && box.top < innerHeight };
        });
        if (at.row === row) assert.ok(at.clear, `the focus in ${row} is out of sight`);
        if (at.row === row && (label ? at.name.startsWith(label) : at.type === 'radio')) break;
      }
      if (label) {
        await page.keyboard.type(String(value));
      } else {
        await page.keyboard.press('Space');
        const order = key === 'hazard' ? Number(value) : words[value];
        for (let i = 0; i < order; i += 1) await page.keyboard.press('ArrowRight');
      }
    }
  }
  await page.keyboard.press('Tab');
  assert.deepEqual(await shown(page), expected(2, answers));
});

test('an input method is left alone in every kind of text field', async (t) => {
  const { page, context } = await openSheet(t, 2, { before: (page) => page.clock.install() });
  const input = await context.newCDPSession(page);
  await page.locator('#note-1').evaluate((it) => { it.closest('details').open = true; });
  for (const field of ['.fill .name', '#note-1']) {
    await page.locator(field).focus();
    for (const part of ['n', 'ni', 'ni h', 'ni hao']) {
      await input.send('Input.imeSetComposition', { text: part, selectionStart: part.length, selectionEnd: part.length });
      await page.clock.runFor(120);
    }
    await input.send('Input.insertText', { text: '你好' });
    await input.send('Input.imeSetComposition', { text: 'zhi', selectionStart: 3, selectionEnd: 3 });
    await input.send('Input.insertText', { text: '职' });
    assert.equal(await page.locator(field).inputValue(), '你好职');
  }
  await page.locator('.saved.good').waitFor();
  await page.reload();
  await page.locator('.fill .name').waitFor();
  assert.equal(await page.locator('.fill .name').inputValue(), '你好职');
  assert.equal(await page.locator('#note-1').inputValue(), '你好职');
});

test('a word that an input method has put there is saved before its field is left, though no input is told after it', async (t) => {
  const { page } = await openSheet(t, 2);
  await page.locator('.fill .name').focus();
  // as Chromium tells of it on every system
  await page.locator('.fill .name').evaluate((it) => {
    it.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    it.value = '钳工';
    it.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'insertCompositionText' }));
    it.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '钳工' }));
  });
  await saved(page);
  await page.reload();
  await page.locator('.fill .name').waitFor();
  assert.equal(await page.locator('.fill .name').inputValue(), '钳工');
});

const typed = [
  ['2-1', '不符合', 'abc', '请填数字'],
  ['2-1', '不符合', '-1', '不能是负数'],
  ['2-1', '不符合', '1.5', '请填整数'],
  ['2-8', '自估', '-0.5', '不能是负数'],
  ['2-8', '自估', '3.55', '最多填一位小数'],
  ['2-8', '自估', '7', '不能超过本项分值 6 分'],
  ['2-13', '共', '0', '总数应大于 0'],
];
test('a wrong number is refused at the field, in words, and the last valid answer stays', async (t) => {
  const { page } = await openSheet(t, 2);
  for (const [row, label, text, words] of typed) {
    const field = page.locator(`[id="${row}"] input[aria-label^="${label}"]`);
    await field.fill('3');
    await field.blur();
    const before = await shown(page);
    await field.fill(text);
    await field.blur();
    const why = page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`);
    assert.equal(await why.textContent(), `${words}；仍按 3 计`);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await shown(page), before);
    await field.fill('2');
    await field.blur();
    assert.equal(await why.textContent(), '');
  }
});

test('full-width digits and a Chinese full stop are numbers', async (t) => {
  const { page } = await openSheet(t, 2);
  const field = page.locator('[id="2-8"] input[aria-label^="自估"]');
  await field.fill('５。５');
  await field.blur();
  assert.equal(await field.inputValue(), '5.5');
  assert.equal((await shown(page)).points, '5.5');
});

test('a number refused beside another answer is taken when that one changes', async (t) => {
  const { page } = await openSheet(t, 2);
  const [intact, total] = ['完好', '共'].map((it) => page.locator(`[id="2-13"] input[aria-label^="${it}"]`));
  for (const [field, text] of [[total, '100'], [intact, '150']]) { await field.fill(text); await field.blur(); }
  assert.match(await page.locator('[id="2-13"] .count .wrong').first().textContent(), /完好数不能多于总数/);
  await total.fill('150');
  await total.blur();
  await page.locator('[id="2-13"] output', { hasText: '100.0%，达到 80%，得 5 分' }).waitFor();
});

test('what is pressed counts, though a message that goes away moves it under the mouse', async (t) => {
  const { page } = await visit(t, 'start/employer/', { app: ['ready', 'fallback'] });
  await page.locator('.option', { hasText: '省内其他企业' }).locator('input').check();
  await page.getByRole('button', { name: '下一步' }).click();
  // our style leaves room for this message: here it does not
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.guide .hint { min-height: 0 !important; }');
    document.adoptedStyleSheets = [sheet];
  });
  await page.locator('#place').fill('某某地方');
  await page.locator('#place').blur();
  await page.locator('.hint', { hasText: '某某地方' }).waitFor();
  await page.locator('#place').fill('平顶山市');
  const next = page.getByRole('button', { name: '下一步' });
  const box = await next.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 3);
  await page.mouse.down();
  await page.locator('.hint', { hasText: '某某地方' }).waitFor({ state: 'detached' });
  const after = await next.boundingBox();
  assert.ok(after.y + after.height < box.y + box.height - 3, `it has moved from ${box.y} to ${after.y}`);
  await page.mouse.up();
  await page.locator('#unit').waitFor();
});
