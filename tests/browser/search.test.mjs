// 搜索: what is typed is found where it stands, by keyboard, pinyin and input method, on every page and in old kernels.

import assert from 'node:assert/strict';
import { appState, gate, near, readerState, serve, still, visit } from './harness.mjs';
import { chromium86 } from './kernels.mjs';
import { test } from './limit.mjs';
import { choose, fill, openSheet, shown } from './sheet.mjs';

// The last option, where there is more than is shown.
const MORE = '#results div[role=option]';
const NOTICE = 'notice/henan-2021-1/';
const read = (t, options = {}) => visit(t, NOTICE, { reader: 'ready', ...options });

// What the list shows, option by option. Only evaluates: puppeteer's pages are asked too.
// The first stands there at once, the others a moment later.
const results = (page) => settled(page).then(() => page.evaluate(() => [...document.querySelectorAll('#results a[role=option]')].filter((it) => it.getClientRects().length).map((it) => ({
  to: it.href,
  number: it.closest('[role=group]')?.querySelector('.doc b').textContent,
  label: it.querySelector('.label')?.textContent,
  marked: it.querySelector('mark')?.textContent,
  id: it.id,
}))));
const settled = (page) => page.waitForSelector('#results:not([aria-busy])');

// Puts the query into the field and waits for its answer. `all` of it, and not only the first.
async function ask(page, query, { all = false } = {}) {
  await page.locator('#q').fill('');
  await page.locator('#found .panel').waitFor({ state: 'hidden' });
  await page.locator('#q').fill(query);
  await settled(page);
  const more = page.locator(MORE);
  if (all && await more.isVisible()) {
    await more.click();
    await more.waitFor({ state: 'hidden' });
  }
  return results(page);
}

const closed = (page) => page.locator('#results').waitFor({ state: 'hidden' });
const open = (page) => page.locator('#results').waitFor();
// Where the arrows are: the field says so, and the option too.
const chosen = (page) => page.evaluate(() => ({
  told: document.getElementById('q').getAttribute('aria-activedescendant'),
  options: [...document.querySelectorAll('#results [aria-selected="true"]')].map((it) => it.id),
  focus: document.activeElement.id,
}));
const at = (n) => ({ told: `found-${n}`, options: [`found-${n}`], focus: 'q' });

test('/ goes to the field, and is a letter in a text field', async (t) => {
  const { page, host } = await read(t);
  await page.keyboard.press('/');
  assert.equal((await chosen(page)).focus, 'q');
  assert.equal(await page.locator('#q').inputValue(), '');
  await page.keyboard.press('/');
  assert.equal(await page.locator('#q').inputValue(), '/');

  const { page: sheet } = await openSheet(t, 2, { host });
  await sheet.locator('.fill .name').focus();
  await sheet.keyboard.type('钳工/车工');
  assert.equal(await sheet.locator('.fill .name').inputValue(), '钳工/车工');
  await sheet.locator('h1').focus();
  await sheet.keyboard.press('/');
  assert.equal((await chosen(sheet)).focus, 'q');
});

test('there are results from the first letter on, and fewer with every one that follows', async (t) => {
  const { page } = await read(t);
  await page.locator('#q').focus();
  const counts = [];
  for (const letter of '省级备案') {
    await page.keyboard.type(letter);
    const text = await page.locator('#q').inputValue();
    await page.waitForFunction((text) => {
      const marks = [...document.querySelectorAll('#results mark')];
      return marks.length && marks.every((it) => it.textContent === text);
    }, text);
    counts.push(Number.parseInt(await page.locator('#found .status').textContent(), 10));
  }
  assert.deepEqual(counts, [...counts].sort((a, b) => b - a));
  assert.ok(counts[3] < counts[0], String(counts));
  for (const letter of ['备', 'z', '2']) assert.ok(0 < (await ask(page, letter)).length, letter);
});

test('the first letters of its pinyin find a word, and mark it', async (t) => {
  const { page } = await read(t);
  for (const [letters, words] of [['zgzd', '资格制度'], ['ZGZD', '资格制度'], ['zynl', '职业能力'], ['rlzyshbz', '人力资源社会保障']]) {
    const marked = (await ask(page, letters, { all: true })).map((it) => it.marked);
    assert.ok(marked.includes(words), `${letters}: ${marked}`);
  }
});

test('brackets and digits of any kind are the same query', async (t) => {
  const { page } = await read(t);
  const all = [];
  for (const query of ['〔2021〕', '[2021]', '(2021)', '（２０２１）', '【2021】']) {
    all.push((await ask(page, query, { all: true })).map((it) => it.to));
  }
  assert.ok(3 < all[0].length, String(all[0]));
  for (const it of all) assert.deepEqual(it, all[0]);
});

test('results stand below their document, with its 文号 and the clause', async (t) => {
  const { page, host } = await read(t);
  const found = await ask(page, '毕业学年对学生');
  const first = { to: `${host.url}${NOTICE}#2-1`, number: '豫职鉴〔2021〕1号', label: '二（一）', marked: '毕业学年对学生', id: 'found-0' };
  assert.deepEqual(found[0], first);
  const row = (await ask(page, '普通车床')).find((it) => it.number === '豫职鉴〔2021〕1号');
  assert.deepEqual([row?.to, row?.label], [`${host.url}${NOTICE}#3-5-r2`, '三（五） 表第2行']);
  const many = await ask(page, '备案');
  const numbers = many.map((it) => it.number);
  assert.ok(3 < new Set(numbers).size, String(numbers));
  // no document comes twice
  assert.deepEqual(numbers, [...new Set(numbers)].flatMap((one) => numbers.filter((it) => it === one)));
  assert.deepEqual(many.map((it) => it.id), many.map((_, at) => `found-${at}`));
});

test('the number of a row and the code of a reading lead there', async (t) => {
  const { page, host } = await read(t);
  for (const [query, to] of [['3-12', 'rubric/3/#3-12'], ['AMB-32', 'readings/#AMB-32']]) {
    assert.equal((await ask(page, query))[0]?.to, host.url + to, query);
  }
});

test('arrows choose, Enter goes there, Escape and a click elsewhere close', async (t) => {
  const { page, host, seen } = await read(t);
  const found = await ask(page, '评价范围');
  assert.ok(2 < found.length);
  assert.deepEqual((await chosen(page)).options, []);
  const steps = [['ArrowDown', 0], ['ArrowDown', 1], ['ArrowUp', 0], ['ArrowUp', (await page.locator('#results [role=option]').count()) - 1], ['ArrowDown', 0], ['ArrowDown', 1], ['ArrowDown', 2]];
  for (const [key, n] of steps) {
    await page.keyboard.press(key);
    assert.deepEqual(await chosen(page), at(n), key);
    const [low, high, top, bottom] = await page.evaluate((id) => {
      const [option, panel] = [document.getElementById(id), document.querySelector('#found .panel')].map((it) => it.getBoundingClientRect());
      return [option.top, option.bottom, panel.top, panel.bottom];
    }, `found-${n}`);
    assert.ok(top <= low && high <= bottom, `option ${n} is out of sight`);
  }
  await page.keyboard.press('Escape');
  await closed(page);
  assert.equal(await page.locator('#q').getAttribute('aria-expanded'), 'false');
  assert.equal(await page.locator('#q').inputValue(), '评价范围');

  await page.keyboard.type('申');
  await open(page);
  assert.equal(await page.locator('#q').getAttribute('aria-expanded'), 'true');
  await page.locator('.notice .title').click();
  await closed(page);

  const [, second] = await ask(page, '评价范围');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(second.to);
  const there = page.locator(`[id="${decodeURIComponent(new URL(second.to).hash.slice(1))}"]`);
  await there.waitFor();
  assert.ok(host.url.length < second.to.length);
  seen.check();
});

test('Enter alone takes the first, on this page and on another, and a click takes any', async (t) => {
  const { page, host } = await read(t);
  await ask(page, '毕业学年对学生');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${host.url}${NOTICE}#2-1`);
  await closed(page);
  const [other] = await ask(page, '评价等级范围不超过');
  assert.equal(other.to, `${host.url}rubric/3/#3-12`);
  await page.keyboard.press('Enter');
  await page.waitForURL(other.to);
  await readerState(page, 'ready');
  const many = await ask(page, '毕业学年');
  const last = many.at(-1);
  await page.locator(`#${last.id}`).click();
  await page.waitForURL(last.to);
});

test('nothing found is said, and the contents are offered', async (t) => {
  const { page, host } = await read(t);
  await ask(page, '没有这样的话');
  assert.equal(await page.locator('#found .status').textContent(), '没有找到“没有这样的话”');
  const offered = page.locator('#found a');
  assert.deepEqual(await offered.allTextContents(), ['看目录']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${host.url}contents/`);
  await readerState(page, 'ready');
  await page.locator('#q').fill('没有这样的话');
  await offered.click();
  await page.waitForURL(`${host.url}contents/`);
});

test('all are shown when asked for', async (t) => {
  const { page } = await read(t);
  const first = await ask(page, '备案');
  const more = page.locator(MORE);
  const n = Number(/^显示全部 (\d+) 处$/.exec(await more.textContent())[1]);
  assert.ok(first.length < n);
  assert.match(await page.locator('#found .status').textContent(), new RegExp(`^${n} 处，在 \\d+ 个页面$`));
  await more.click();
  await page.waitForFunction((n) => document.querySelectorAll('#results a[role=option]').length === n, n);
  assert.equal(await more.isVisible(), false);
  const found = await results(page);
  assert.equal(new Set(found.map((it) => it.id)).size, n);
  // the next query begins with a few again
  assert.ok((await ask(page, '职业')).length < n);
});

test('an input method is left alone and its words are searched once they are chosen', async (t) => {
  const { page, context } = await read(t);
  const input = await context.newCDPSession(page);
  const before = await ask(page, '技能');
  await page.locator('#q').evaluate((it) => it.setSelectionRange(0, 2));
  await still(page);
  await page.evaluate(() => {
    window.answers = 0;
    new MutationObserver(() => { window.answers += 1; }).observe(document.getElementById('found'), { childList: true, subtree: true });
  });
  for (const part of ['b', 'be', 'bei', 'bei a', 'bei an']) {
    await input.send('Input.imeSetComposition', { text: part, selectionStart: part.length, selectionEnd: part.length });
    assert.equal(await page.locator('#q').inputValue(), part);
  }
  // an input method chooses with the same keys
  for (const key of ['ArrowDown', 'ArrowUp', 'Enter']) {
    await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 });
    await input.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: 229 });
  }
  assert.deepEqual(await results(page), before);
  assert.deepEqual((await chosen(page)).options, []);
  assert.equal(await page.evaluate(() => window.answers), 0);
  await input.send('Input.insertText', { text: '备案' });
  await page.locator('#results mark', { hasText: /^备案$/ }).first().waitFor();
  assert.equal(await page.locator('#q').inputValue(), '备案');
  assert.equal(await page.evaluate(() => window.answers), 1);
  // the other results come a moment later
  await page.clock.resume();
  await settled(page);
  await input.send('Input.imeSetComposition', { text: 'cai liao', selectionStart: 8, selectionEnd: 8 });
  await input.send('Input.insertText', { text: '申请' });
  await page.locator('#results mark', { hasText: /^备案申请$/ }).first().waitFor();
  assert.equal(await page.locator('#q').inputValue(), '备案申请');
  assert.equal((await chosen(page)).focus, 'q');
});

test('what was typed before the search was there is answered when it comes', async (t) => {
  const reader = gate();
  const hold = (path) => /(reader|search)-.*\.(wasm|bin)$/.test(path) && reader.opened;
  const { page } = await visit(t, NOTICE, { host: { hold } });
  await page.locator('#q').focus();
  await page.keyboard.type('毕业学年');
  assert.notEqual(await page.evaluate(() => document.documentElement.dataset.reader), 'ready');
  reader.open();
  await open(page);
  assert.equal(await page.locator('#q').inputValue(), '毕业学年');
});

test('nobody hears of what is searched: typing makes no request', async (t) => {
  const { page, host, seen } = await read(t);
  const asked = [];
  page.on('request', (it) => asked.push(it.url()));
  const before = host.requests.length;
  for (const query of ['备案', '职', 'z', 'zgzd', '〔2021〕', '3-12', '省级备案', '0371', '没有这样的话', 'AMB-01']) await ask(page, query, { all: true });
  assert.deepEqual([asked, host.requests.slice(before)], [[], []]);
  seen.check();
});

test('on a sheet the search comes when asked for, and costs nothing of what was filled in', async (t) => {
  const { page, host, seen } = await openSheet(t, 1, { unit: '某厂' });
  await fill(page, '1-3', { met: true });
  await choose(page, '1-6', '', '符合');
  const before = await shown(page);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.reader), undefined);
  const address = page.url();
  // half a word in a note, and on to the search before it is saved
  await page.locator('#note-4').evaluate((it) => { it.closest('details').open = true; });
  await page.locator('#note-4').fill('聘书见附页');
  await page.locator('#q').focus();
  await readerState(page, 'ready');
  const found = await ask(page, '经费保障', { all: true });
  assert.deepEqual(await shown(page), before);
  assert.equal(await page.locator('#note-4').inputValue(), '聘书见附页');
  assert.equal(page.url(), address);
  const row = found.find((it) => it.to.startsWith(`${host.url}rubric/1/#1-`));
  assert.ok(row, JSON.stringify(found));
  await page.locator(`#${row.id}`).click();
  await page.waitForURL(row.to);
  assert.match(await page.locator(`tr[id="${row.label}"]`).textContent(), /经费/);
  await page.goBack();
  await appState(page, 'ready');
  await page.locator('.sum').waitFor();
  assert.deepEqual(await shown(page), before);
  assert.equal(await page.locator('#note-4').inputValue(), '聘书见附页');
  seen.check();
});

test('on a page of the app a result is found and followed by keyboard', async (t) => {
  for (const path of ['mine/', 'start/school/']) {
    const { page, seen } = await visit(t, path, { app: 'ready' });
    await page.keyboard.press('/');
    await page.keyboard.type('毕业学年对学生');
    await open(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${NOTICE}#2-1`);
    await page.locator('.notice [id="2-1"]').waitFor();
    seen.check();
  }
});

test('Chromium 86, which refuses WASM here, searches all the same', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const browser = await chromium86();
  t.after(() => browser.close());
  assert.match(await browser.version(), /Chrome\/86\./);
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(host.url + NOTICE);
  assert.equal(await readerState(page), 'fallback');
  const answered = async (query) => {
    await page.focus('#q');
    await page.keyboard.type(query);
    await page.waitForSelector('#results [role=option]');
    return results(page);
  };
  const first = (await answered('zgzd')).map((it) => it.marked);
  assert.ok(first.includes('资格制度'), String(first));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('#results')?.getClientRects().length);
  await page.evaluate(() => { document.getElementById('q').value = ''; });
  assert.equal((await answered('毕业学年对学生'))[0].to, `${host.url}${NOTICE}#2-1`);
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await chosen(page), at(0));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash === '#2-1');

  await page.goto(`${host.url}sheet/1/`);
  await appState(page, 'fallback');
  await page.focus('#q');
  assert.equal(await readerState(page), 'fallback');
  assert.equal((await answered('消防'))[0].to, `${host.url}rubric/2/#2-20`);
  assert.deepEqual(errors, []);
});

test('200 pieces of the documents, cut anywhere, are found in them', async (t) => {
  const { page, host } = await visit(t, 'notice/', { reader: 'ready' });
  const papers = await page.evaluate(() => [...document.querySelectorAll('.issued h2 a')].map((it) => it.href));
  assert.equal(papers.length, 4);
  const texts = [];
  for (const paper of papers) {
    await page.goto(paper);
    texts.push(await page.evaluate(() => {
      const paper = document.querySelector('article.notice').cloneNode(true);
      paper.querySelectorAll('.ed, .refs, .cite').forEach((it) => it.remove());
      return paper.textContent;
    }));
  }
  await readerState(page, 'ready');
  // the same pieces every time
  let seed = 20210135;
  const random = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * below);
  };
  const samples = Array.from({ length: 200 }, (_, n) => {
    const text = [...texts[n % papers.length]];
    for (;;) {
      const length = 2 + random(11);
      const from = random(text.length - length);
      const piece = text.slice(from, from + length).join('');
      if (2 <= piece.trim().length && !/\n/.test(piece)) return { piece, to: papers[n % papers.length] };
    }
  });
  assert.ok(150 < new Set(samples.map((it) => it.piece)).size);
  const missed = await page.evaluate(async (samples) => {
    const field = document.getElementById('q');
    const type = (text) => { field.value = text; field.dispatchEvent(new InputEvent('input', { bubbles: true })); };
    const until = async (it) => {
      for (let left = 500; 0 < left; left -= 1) {
        if (it()) return true;
        await new Promise((done) => setTimeout(done));
      }
      return false;
    };
    const shown = (it) => [...document.querySelectorAll(`#found ${it}`)].find((it) => it.getClientRects().length);
    const missed = [];
    field.focus();
    for (const { piece, to } of samples) {
      type('');
      await until(() => !shown('.panel'));
      type(piece);
      await until(() => shown('#results:not([aria-busy])'));
      shown('div[role=option]')?.click();
      await until(() => !shown('div[role=option]'));
      const there = [...document.querySelectorAll('#results a')].some((it) => it.href.split('#')[0] === to);
      if (!there) missed.push(`${piece} in ${to}`);
    }
    return missed;
  }, samples);
  assert.deepEqual(missed, []);
  assert.ok(papers.every((it) => it.startsWith(host.url)));
});

const BUILD = /reader-fallback-/;

test("without the reader's module or its glue its JavaScript build searches", async (t) => {
  for (const missing of [/reader-\w+\.wasm$/, /reader-\w+\.js$/]) {
    const { page } = await visit(t, NOTICE, { reader: 'fallback', host: { missing: [missing] } });
    assert.notEqual(await page.locator('.cite:visible').count(), 0);
  }
});

for (const [what, missing] of [['module', [/reader-\w+\.wasm$/, BUILD]], ['glue', [/reader-\w+\.js$/, BUILD]], ['corpus', [/search-\w+\.bin$/]]]) {
  test(`without the reader's ${what} the page reads, and Enter leads to the contents`, async (t) => {
    const { page, host } = await visit(t, NOTICE, { host: { missing } });
    await near(page);
    await page.waitForFunction(() => document.documentElement.dataset.reader === 'failed');
    assert.ok(await page.locator('.notice [id="2-3"]').isVisible());
    assert.equal(await page.locator('.cite:visible').count(), 0);
    await page.keyboard.press('/');
    await page.keyboard.type('备案');
    await page.keyboard.press('Enter');
    await page.waitForURL((it) => it.href.startsWith(`${host.url}contents/`));
    assert.ok(await page.getByRole('heading', { name: '目录' }).isVisible());
  });
}

test('without script the contents stand in the place of the field', async (t) => {
  for (const path of [NOTICE, 'sheet/1/', '']) {
    const { page, host } = await visit(t, path, { browser: { javaScriptEnabled: false } });
    assert.equal(await page.locator('#q').isVisible(), false);
    assert.equal(await page.locator('#large').isVisible(), false);
    const toc = page.locator('.toc');
    assert.ok(await toc.isVisible());
    await toc.click();
    await page.waitForURL(`${host.url}contents/`);
    assert.ok(await page.getByRole('link', { name: '（三）评价等级' }).isVisible());
  }
  const { page } = await read(t);
  assert.equal(await page.locator('#q').isVisible(), true);
  // with scripts there is room for both on a wide screen only
  for (const [width, there] of [[1366, true], [1000, false]]) {
    await page.setViewportSize({ width, height: 768 });
    assert.equal(await page.locator('.toc').isVisible(), there, `${width} px`);
  }
});
