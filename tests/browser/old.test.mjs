// A whole sheet in the old kernels that offices still have, by mouse and keyboard where the driver has them.

import assert from 'node:assert/strict';
import { cases, codes, engine, expected, links } from './engine.mjs';
import { appState, serve } from './harness.mjs';
import { chromium86, chromium87, no87 } from './kernels.mjs';
import { test } from './limit.mjs';
import { fillAll, shown, words } from './sheet.mjs';

test('Chromium 86: annex 6 by mouse and keyboard says what the engine says, and is there after a reload', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const browser = await chromium86();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${host.url}start/social/`);
  assert.equal(await appState(page), 'fallback');
  const press = (words) => page.evaluate((words) => [...document.querySelectorAll('a, button')].find((it) => it.textContent === words).click(), words);
  await press('先不回答，以后再填');
  await page.waitForSelector('#unit');
  await press('建立自评档案');
  await page.waitForFunction(() => /添加/.test(document.body.textContent));
  await press('添加职业（工种）自评表');
  await page.waitForSelector('.sum');
  const answers = cases(6, '考评人员3人得4分没有否决');
  await fillAll(page, answers);
  // what this driver brings from the page has no keys without a value
  const wanted = JSON.parse(JSON.stringify(expected(6, answers)));
  assert.deepEqual(await shown(page), wanted);
  await page.waitForSelector('.saved.good');
  await page.reload();
  await appState(page, 'fallback');
  await page.waitForSelector('.sum');
  assert.deepEqual(await shown(page), wanted);
  assert.deepEqual(errors, []);
});

test('Chromium 87: annex 6 through its controls says what the engine says', { skip: no87() }, async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const answers = cases(6, '考评人员3人得4分没有否决');
  const { value, log } = await chromium87(`${host.url}start/social/`, script(answers));
  const { points, sentence } = expected(6, answers);
  assert.deepEqual(value, { points, sentence }, log.join('\n'));
});

// Evaluated again and again, and each time a step further: the kernel has no other driver.
function script(answers) {
  const said = { met: words.complies, hazard: words.hazard, has: words.has, level: words.level };
  const labels = { defects: '不符合', qualified_examiners: '符合条件', headcount: '聘任总数', experts: '专家', intact: '完好', total: '共', award: '自估' };
  return `(() => {
    const answers = ${JSON.stringify(answers)}, words = ${JSON.stringify(said)}, labels = ${JSON.stringify(labels)};
    const named = (it) => [...document.querySelectorAll('a, button')].find((found) => found.textContent === it);
    if (document.documentElement.dataset.app !== 'fallback') return null;
    const first = document.getElementById('6-1');
    if (!first) { (named('先不回答，以后再填') || named('建立自评档案') || named('添加职业（工种）自评表')).click(); return null; }
    if (!window.asked) {
      window.asked = true;
      for (const [row, answer] of Object.entries(answers)) for (const [key, value] of Object.entries(answer)) {
        const at = document.getElementById(row);
        if (key in words) {
          const word = words[key][typeof value === 'boolean' ? Number(value) : value];
          [...at.querySelectorAll('.seg label')].find((it) => it.textContent === word).querySelector('input').click();
        } else {
          const field = at.querySelector('input[type=text][aria-label^="' + labels[key] + '"]');
          field.focus(); field.value = String(value);
          for (const it of ['input', 'change']) field.dispatchEvent(new Event(it, { bubbles: true }));
        }
      }
      return null;
    }
    if (!document.querySelector('.saved.good')) return null;
    return { points: document.querySelector('.sum .big b').textContent, sentence: document.querySelector('.sum .say').textContent };
  })()`;
}

test('Chromium 86: a link opens with the verdict of the engine, and a code is read on the desk', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const browser = await chromium86();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const sheet = { rubric: '4', answers: cases(4, '年均29.67人得2分', '考评人员3人得4分', '规划自评2.5分') };
  const [link] = links([sheet], `${host.url}open/`);
  await page.goto(link);
  assert.equal(await appState(page), 'fallback');
  await page.waitForSelector('.verdict');
  const points = engine(4, sheet.answers).base_total;
  assert.match(await page.evaluate(() => document.querySelector('.verdict').textContent), new RegExp(`^已得 ${points} 分`));
  assert.equal(await page.evaluate(() => location.hash), '');
  await page.goto(`${host.url}desk/`);
  assert.equal(await appState(page), 'fallback');
  const text = [...codes([sheet]), link].join('\n');
  await page.evaluate((it) => { document.querySelector('#pile').value = it; }, text);
  await page.evaluate(() => [...document.querySelectorAll('button')].find((it) => it.textContent === '加入汇总').click());
  await page.waitForFunction(() => /2 份自评，2 张自评表，0 份未能打开/.test(document.body.textContent));
  assert.deepEqual(errors, []);
});
