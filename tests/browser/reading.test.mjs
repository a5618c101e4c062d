// Documents: every clause has its address and can be cited, they fit in large print, on telephones and on paper.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appState, axe, serve, visit } from './harness.mjs';
import { test } from './limit.mjs';

const NOTICE = 'notice/henan-2021-1/';
const NOTICES = [NOTICE, 'notice/henan-2020-16/', 'notice/mohrss-2020-49/', 'notice/pingdingshan-2021-135/'];

test('everything that the contents lead to is there', async (t) => {
  const { page, host, seen } = await visit(t, 'contents/', { reader: 'ready' });
  const links = await page.evaluate(() => [...document.querySelectorAll('main a[href]')].map((it) => it.href));
  const ids = new Map();
  for (const link of new Set(links)) {
    const [address, hash] = link.split('#');
    if (!ids.has(address)) {
      const answer = await page.request.get(address);
      assert.equal(answer.status(), 200, address);
      ids.set(address, new Set([...(await answer.text()).matchAll(/ id="([^"]*)"/g)].map((it) => it[1])));
    }
    if (hash) assert.ok(ids.get(address).has(decodeURIComponent(hash)), link);
  }
  assert.ok(150 < links.filter((it) => it.includes('#')).length);
  for (const it of NOTICES) assert.ok(links.includes(host.url + it), it);
  seen.check();
});

// What 引用 gives, by the page and the id; the words are those of the paper.
const CITED = [
  [NOTICE, '2-2', '豫职鉴〔2021〕1号 二（二）', '（二）评价的职业或工种范围　限于连续招生三年以上，有一定招生规模的专业，对应的职业有国家职业技能标准。个别小专业可不受招生规模限制。'],
  [NOTICE, '3-5-r2', '豫职鉴〔2021〕1号 三（五） 表第2行', '6-18-01-01　车工　普通车床　4、3、2、1　国家职业技能标准'],
  ['rubric/3/', '3-12', '豫职鉴〔2020〕16号 附件3 3-12', '评价等级　评价等级范围不超过3级且符合国家职业标准规定。不合规，不得分。　3　对照方案　听取汇报'],
];
const button = (page, id) => page.locator(`.cite[data-of="${id}"]`);

for (const hostname of ['127.0.0.1', 'renshe.test']) {
  test(`a clause, a row of a table and a row of a rubric are cited, on ${hostname}`, async (t) => {
    const secure = hostname === '127.0.0.1';
    const host = await serve(undefined, { hostname });
    t.after(() => host.close());
    for (const [path, id, reference, words] of CITED) {
      const { page, context, seen } = await visit(t, path, { host, reader: 'ready', browser: { hosts: secure ? [] : [hostname] } });
      assert.equal(await page.evaluate(() => navigator.clipboard !== undefined), secure);
      const wanted = `${reference}\n“${words}”\n${host.url}${path}#${id}`;
      await button(page, id).click();
      await button(page, id).filter({ hasText: '已复制' }).waitFor();
      await page.locator(`.cite[data-of="${id}"]:empty`).waitFor();
      if (secure) {
        await context.grantPermissions(['clipboard-read']);
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), wanted);
      } else {
        await page.evaluate(() => document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' })));
        await page.locator('#pasted').focus();
        await page.keyboard.press('Control+V');
        assert.equal(await page.locator('#pasted').inputValue(), wanted);
      }
      assert.equal(await page.locator('.copied').count(), 0);
      seen.check();
    }
  });
}

test('where copying is refused the text stands on the page, marked, once, and goes away again', async (t) => {
  const before = (page) => page.addInitScript(() => { document.execCommand = () => false; });
  const { page, host } = await visit(t, NOTICE, { reader: 'ready', before });
  const [path, id, reference, words] = CITED[0];
  await button(page, id).click();
  await button(page, id).filter({ hasText: '请按 Ctrl+C' }).waitFor();
  const shown = await page.evaluate(() => {
    const it = document.querySelector('textarea.copied');
    return { text: it.value, marked: it.value.slice(it.selectionStart, it.selectionEnd), focus: document.activeElement === it };
  });
  const wanted = `${reference}\n“${words}”\n${host.url}${path}#${id}`;
  assert.deepEqual(shown, { text: wanted, marked: wanted, focus: true });
  assert.ok(await page.locator('.copied').isVisible());
  const [box, size] = [await page.locator('.copied').boundingBox(), page.viewportSize()];
  assert.ok(0 <= box.x && box.x + box.width <= size.width && 0 <= box.y && box.y + box.height <= size.height);
  await button(page, '2-3').evaluate((it) => it.click());
  assert.equal(await page.locator('.copied').count(), 1);
  await page.mouse.click(20, size.height - 20);
  await page.locator('.copied').waitFor({ state: 'detached', timeout: 5_000 });
});

// 大字版: the height of what stands there.
const PLACES = {
  [NOTICE]: ['.brand', '.top nav a', '#large', '#q', '.notice .title', '.notice .body p', '.notice td', '.cite', '.tel'],
  'rubric/': ['.top nav a', 'h1', '.list a', '.list p'],
  'readings/': ['.top nav a', 'h1', '.explained h3', '.explained dd', '.index summary'],
  '': ['.top nav a', 'h1', '.lead', '.btn', '.annexes a'],
  'sheet/1/': ['.top nav a', 'h1', 'blockquote', 'legend .name'],
};
const WIDTHS = [[1366, 768], [768, 1024], [360, 640]];
const heights = (page, places) => page.evaluate((places) => places.map((it) => {
  const found = [...document.querySelectorAll(it)].find((it) => it.getClientRects().length);
  const text = document.createTreeWalker(found, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  if (text) range.setStart(text, 0), range.setEnd(text, 1);
  return [it, text ? range.getBoundingClientRect().height : found.getBoundingClientRect().height];
}), places);
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [path, places] of Object.entries(PLACES)) {
  test(`大字版 makes /${path} larger, nothing wider than the screen, and axe has nothing against it`, async (t) => {
    const live = path.startsWith('sheet');
    const { page, seen } = await visit(t, path, live ? { app: 'ready' } : { reader: 'ready' });
    const wrong = [];
    const large = page.locator('#large');
    for (const [width, height] of WIDTHS) {
      await page.setViewportSize({ width, height });
      assert.equal(await large.getAttribute('aria-pressed'), 'false');
      const before = await heights(page, places);
      await large.click();
      assert.equal(await large.getAttribute('aria-pressed'), 'true');
      const after = await heights(page, places);
      for (const [n, [place, small]] of before.entries()) {
        if (after[n][1] < small * 1.15) wrong.push(`${place} at ${width} px: from ${small} to ${after[n][1]}`);
      }
      const wide = await sideways(page);
      if (wide) wrong.push(`${wide} px too wide at ${width} px`);
      if (width !== 768) wrong.push(...(await axe(page)).map((it) => `${width} px: ${it}`));
      await large.click();
    }
    assert.deepEqual(wrong, []);
    seen.check();
  });
}

test('大字版 stays on the next page, after a reload, and when the app has come; and goes again', async (t) => {
  const { page, host } = await visit(t, NOTICE, { reader: 'ready' });
  const size = () => page.evaluate(() => document.querySelector('.top nav a').getBoundingClientRect().height);
  const pressed = () => page.locator('#large').getAttribute('aria-pressed');
  const small = await size();
  await page.locator('#large').click();
  const large = await size();
  assert.ok(small * 1.15 < large, `${small} ${large}`);
  await page.reload();
  assert.deepEqual([await size(), await pressed()], [large, 'true']);
  await page.getByRole('link', { name: '评估要点', exact: true }).click();
  await page.waitForURL(`${host.url}rubric/`);
  assert.deepEqual([await size(), await pressed()], [large, 'true']);
  for (const path of ['sheet/1/', '', 'mine/']) {
    await page.goto(host.url + path);
    // the home page reads, the others are made anew by the app
    if (path) await appState(page, 'ready');
    await page.waitForFunction(() => document.getElementById('large').getAttribute('aria-pressed') === 'true');
    assert.equal(await size(), large, path);
  }
  // from page to page within the app too
  await page.getByRole('link', { name: '用人单位', exact: true }).click();
  await page.waitForURL(`${host.url}start/employer/`);
  assert.deepEqual([await size(), await pressed()], [large, 'true']);
  await page.locator('#large').click();
  assert.deepEqual([await size(), await pressed()], [small, 'false']);
  await page.goto(host.url + NOTICE);
  assert.deepEqual([await size(), await pressed()], [small, 'false']);
});

test('axe has nothing against the list of results, in either size', async (t) => {
  const wrong = [];
  for (const [width, height] of [[1366, 768], [360, 640]]) {
    const { page } = await visit(t, NOTICE, { reader: 'ready', browser: { viewport: { width, height } } });
    for (const large of [false, true]) {
      if (large) await page.locator('#large').click();
      for (const query of ['备案', '没有这样的话']) {
        await page.locator('#q').fill(query);
        await page.locator('#found .status').waitFor();
        if (query === '备案') await page.keyboard.press('ArrowDown');
        wrong.push(...(await axe(page)).map((it) => `${width} px, ${large ? '大字版' : 'usual'}, ${query}: ${it}`));
        const wide = await sideways(page);
        if (wide) wrong.push(`${wide} px too wide at ${width} px`);
        await page.keyboard.press('Escape');
      }
    }
  }
  assert.deepEqual([...new Set(wrong)], []);
});

test('on a telephone no 文号 stands on two lines, nor anything else to be kept together', async (t) => {
  const wrong = [];
  for (const path of [...NOTICES, 'readings/']) {
    const { page } = await visit(t, path, { reader: 'ready' });
    for (let width = 320; width <= 420; width += 20) {
      await page.setViewportSize({ width, height: 740 });
      const [n, broken] = await page.evaluate(() => {
        const kept = [...document.querySelectorAll('main .nw')].filter((it) => it.getClientRects().length);
        const broken = kept.filter((it) => it.getClientRects().length !== 1).map((it) => it.textContent);
        // a 文号 with the last three characters of its issuer, wherever its markup ends
        for (const block of document.querySelectorAll('main :is(p, h1, h2, h3, h4, li, td, dd, dt, q)')) {
          const texts = [];
          for (let walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT); walk.nextNode();) texts.push(walk.currentNode);
          const all = texts.map((it) => it.data).join('');
          for (const it of all.matchAll(/\p{Script=Han}{3}〔\d{4}〕\d+号/gu)) {
            const range = document.createRange();
            let from = 0;
            for (const text of texts) {
              const [begin, end] = [it.index - from, it.index + it[0].length - from];
              if (0 <= begin && begin < text.length) range.setStart(text, begin);
              if (0 < end && end <= text.length) range.setEnd(text, end);
              from += text.length;
            }
            const rects = [...range.getClientRects()].filter((it) => it.width);
            if (rects.some((it) => rects[0].bottom <= it.top || it.bottom <= rects[0].top)) broken.push(it[0]);
          }
        }
        return [kept.length, broken];
      });
      assert.ok(0 < n);
      wrong.push(...broken.map((it) => `${path} at ${width} px: ${it}`));
    }
  }
  assert.deepEqual(wrong, []);
});

// Paper: what poppler makes of the file that the browser prints.
async function printed(t, page) {
  const folder = mkdtempSync(join(tmpdir(), 'ziping-pdf-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'page.pdf');
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const poppler = (program, ...args) => execFileSync(program, [...args, file, ...(program === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const boxes = poppler('pdfinfo', '-l', '999').split('\n').flatMap((it) => /size:\s+([\d.]+) x ([\d.]+) pts/.exec(it)?.slice(1, 3).map(Number) ?? []);
  const pages = poppler('pdftotext', '-layout').split('\f').slice(0, -1);
  const places = poppler('pdftotext', '-bbox').split('<page ').slice(1).map((page) =>
    [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g)].map((it) => {
      const [left, top, right, bottom] = it.slice(1, 5).map(Number);
      return { left, top, right, bottom, text: it[5] };
    }));
  // in the order of the markup: the words of a cell stand together
  const words = squeeze(poppler('pdftotext', '-raw'));
  return { boxes, pages, places, words };
}
const squeeze = (text) => text.replace(/\s/g, '');
const MM = 72 / 25.4;

test('a printed notice is a 公文: A4, 22 lines of 28 characters, nothing but its words', async (t) => {
  const { page } = await visit(t, NOTICE, { reader: 'ready' });
  // open results and large print are for the screen
  await page.locator('#large').click();
  await page.locator('#q').fill('备案');
  await page.locator('#results').waitFor();
  const { boxes, pages, places, words: all } = await printed(t, page);
  assert.ok(2 <= pages.length && pages.length <= 9, `${pages.length} pages`);
  for (let n = 0; n < boxes.length; n += 2) {
    assert.ok(Math.abs(boxes[n] - 595.3) < 1 && Math.abs(boxes[n + 1] - 841.9) < 1, String(boxes));
  }
  assert.match(squeeze(pages[0]), /^河南省职业技能鉴定指导中心文件豫职鉴〔2021〕1号/);
  for (const [n, text] of pages.entries()) assert.ok(10 < squeeze(text).replace(/—\d+—$/, '').length, `page ${n + 1} is empty`);
  const rows = await page.evaluate(() => [...document.querySelectorAll('tr[id] td')].map((it) => {
    const cell = it.cloneNode(true);
    cell.querySelectorAll('.ed, .cite').forEach((it) => it.remove());
    return cell.textContent;
  }).filter((it) => it));
  assert.ok(60 < rows.length);
  for (const cell of rows) assert.ok(all.includes(squeeze(cell)), cell);
  for (const head of ['一、备案和监管服务', '（三）评价等级', '杨子江0371-69306132']) assert.ok(all.includes(head), head);

  const first = places[0].find((it) => it.text.startsWith('各省辖市'));
  const body = first.bottom - first.top;
  const ours = ['搜索', '大字版', '引用', '使用说明', '解读AMB', '所涉评估内容', '本文目录', '打印本文件', '仅供参考，非官方', '显示全部', '发文机关'];
  const wrong = ours.filter((it) => all.includes(it)).map((it) => `${it} is printed`);
  for (const [n, words] of places.entries()) {
    // the words of the paper, which are larger than notes and tables; not the number of the page
    const large = words.filter((it) => body - 2 < it.bottom - it.top && it.top < 841.9 - 35 * MM);
    const lines = [];
    for (const it of large) {
      const line = lines.find((line) => Math.abs((line.top + line.bottom) / 2 - (it.top + it.bottom) / 2) < 8);
      if (line) line.words.push(it);
      else lines.push({ top: it.top, bottom: it.bottom, words: [it] });
    }
    if (22 < lines.length) wrong.push(`page ${n + 1}: ${lines.length} lines`);
    for (const { words } of lines) {
      const text = words.map((it) => it.text).join('');
      const width = [...text].reduce((sum, it) => sum + (/[ -~]/.test(it) ? 0.5 : 1), 0);
      if (28.5 < width) wrong.push(`page ${n + 1}: ${width} characters: ${text}`);
    }
    for (const it of words.filter((it) => it.top < 841.9 - 35 * MM)) {
      const inside = 28 * MM - 2 <= it.left && it.right <= 595.3 - 26 * MM + 9 && 37 * MM <= (it.top + it.bottom) / 2;
      if (!inside) wrong.push(`page ${n + 1}: outside the text area: ${it.text}`);
    }
  }
  assert.deepEqual(wrong, []);
  // a full page is full
  const full = places.map((words) => new Set(words.filter((it) => body - 2 < it.bottom - it.top).map((it) => Math.round(it.top / 10))).size);
  assert.ok(18 <= Math.max(...full), String(full));
});

test('all documents on paper: each begins a page, and every row of the six annexes is there', async (t) => {
  const { page } = await visit(t, 'notice/all/', { reader: 'ready' });
  const rows = await page.evaluate(() => [...document.querySelectorAll('.official tr[id]')].map((it) => it.id.match(/[1-6]-\d+$/)[0]));
  assert.ok(200 < rows.length, String(rows.length));
  const heads = await page.evaluate(() => [...document.querySelectorAll('.sheet-of-paper')].map((it) =>
    it.querySelector('.number') ? it.querySelector('.red').textContent : it.querySelector('.annex-title').textContent));
  assert.equal(heads.length, NOTICES.length + 6);
  const { pages } = await printed(t, page);
  const texts = pages.map(squeeze);
  for (const [n, text] of texts.entries()) assert.ok(10 < text.length, `page ${n + 1} is empty`);
  const starts = heads.map((head) => texts.findIndex((it) => it.startsWith(squeeze(head))));
  assert.ok(starts.every((it, n) => n === 0 ? it === 0 : starts[n - 1] < it), JSON.stringify([heads, starts]));
  const words = new Set(pages.join('\n').split(/[^-\d]+/));
  const glued = pages.join('\n');
  assert.deepEqual(rows.filter((it) => !words.has(it) && !new RegExp(`(^|\\D)${it}(\\D|$)`, 'm').test(glued)), []);
});

test('the printed rubric is A4, upright, and every row is on it', async (t) => {
  const { page } = await visit(t, 'rubric/3/', { reader: 'ready' });
  const { boxes, pages } = await printed(t, page);
  assert.ok(boxes.every((it, n) => Math.abs(it - (n % 2 ? 841.9 : 595.3)) < 1), String(boxes));
  const all = pages.join('\n');
  for (const id of await page.evaluate(() => [...document.querySelectorAll('.official tr[id]')].map((it) => it.id))) {
    assert.match(all, new RegExp(`(^|\\D)${id}(\\D|$)`, 'm'), id);
  }
  assert.deepEqual(['引用', 'AMB-32', '按此表自评', '打印本表'].filter((it) => squeeze(all).includes(it)), []);
});

test('feed.xml is an Atom feed of the documents', async (t) => {
  const { page, host, seen } = await visit(t, 'notice/', { reader: 'ready' });
  const listed = await page.evaluate(() => [...document.querySelectorAll('.issued h2 a')].map((it) => new URL(it.href).pathname));
  assert.deepEqual([...listed].sort(), NOTICES.map((it) => `/${it}`).sort());
  assert.equal(await page.locator('link[rel=alternate]').evaluate((it) => it.href), `${host.url}feed.xml`);
  const feed = await page.evaluate(async () => {
    const xml = new DOMParser().parseFromString(await (await fetch(document.querySelector('link[rel=alternate]').href)).text(), 'application/xml');
    const text = (of, name) => of.getElementsByTagName(name)[0]?.textContent;
    return {
      root: xml.documentElement.localName,
      namespace: xml.documentElement.namespaceURI,
      updated: text(xml, 'updated'),
      entries: [...xml.getElementsByTagName('entry')].map((it) => ({
        id: text(it, 'id'), title: text(it, 'title'), updated: text(it, 'updated'), author: text(it, 'name'),
        link: it.getElementsByTagName('link')[0].getAttribute('href'),
      })),
    };
  });
  assert.deepEqual([feed.root, feed.namespace], ['feed', 'http://www.w3.org/2005/Atom']);
  assert.deepEqual(feed.entries.map((it) => new URL(it.link).pathname).sort(), [...listed].sort());
  assert.equal(new Set(feed.entries.map((it) => it.id)).size, NOTICES.length);
  const dates = feed.entries.map((it) => it.updated);
  for (const [n, it] of feed.entries.entries()) {
    assert.match(it.updated, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    assert.ok(Date.parse('2020-01-01') <= Date.parse(it.updated) && Date.parse(it.updated) < Date.now(), it.updated);
    // not before the year that its 文号 names
    assert.ok(/〔(\d+)〕/.exec(it.title)[1] <= it.updated.slice(0, 4), it.title);
    assert.ok(n === 0 || it.updated <= dates[n - 1], String(dates));
    assert.ok(it.title && it.author, it.id);
  }
  assert.equal(feed.updated, dates[0]);
  seen.check();
});

test('every document has a title of its own and what a telephone shows when its address is passed on', async (t) => {
  const { page, host } = await visit(t, NOTICE);
  const titles = new Set();
  const abouts = new Set();
  for (const path of NOTICES) {
    await page.goto(host.url + path);
    const it = await page.evaluate(() => {
      const meta = (name) => document.querySelector(`meta[${name}]`)?.content;
      return {
        title: document.title, og: meta('property="og:title"'), name: meta('itemprop="name"'),
        about: meta('name="description"'), ogAbout: meta('property="og:description"'), url: meta('property="og:url"'),
        number: document.querySelector('.number').textContent, h1: document.querySelector('h1').textContent,
      };
    });
    assert.ok(it.title.includes(it.number) && it.title.includes(it.h1), it.title);
    assert.ok(it.og.includes(it.h1) && it.name.includes(it.h1), JSON.stringify(it));
    assert.ok(10 < it.about.length && it.ogAbout.length, path);
    assert.ok(it.url.endsWith(`/${path}`), it.url);
    titles.add(it.title);
    abouts.add(it.about);
  }
  assert.deepEqual([titles.size, abouts.size], [NOTICES.length, NOTICES.length]);
});

test('a row leads to the clause and the reading that it rests on, and each of them back', async (t) => {
  const { page, host, seen } = await visit(t, 'rubric/3/#3-12', { reader: 'ready' });
  const row = page.locator('tr[id="3-12"]');
  const clause = '[id="2-3"]';
  await row.getByRole('link', { name: '豫职鉴〔2021〕1号 二（三）' }).click();
  await page.waitForURL(`${host.url}${NOTICE}#2-3`);
  assert.match(await page.locator(clause).textContent(), /^（三）评价等级/);
  // what rests on a clause stands after its last paragraph
  const beside = () => page.evaluateHandle((clause) => {
    const head = document.querySelector(clause);
    return [...document.querySelectorAll('.refs')].find((it) => head.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING);
  }, clause);
  await (await (await beside()).asElement().$('a[href$="#3-12"]')).click();
  await page.waitForURL(`${host.url}rubric/3/#3-12`);
  assert.match(await row.textContent(), /评价等级/);

  await row.getByRole('link', { name: 'AMB-32' }).click();
  await page.waitForURL(`${host.url}readings/#AMB-32`);
  const reading = page.locator('[id="AMB-32"]');
  await reading.getByRole('link', { name: '豫职鉴〔2021〕1号 二（三）' }).click();
  await page.waitForURL(`${host.url}${NOTICE}#2-3`);
  await (await (await beside()).asElement().$('a[href$="#AMB-32"]')).click();
  await page.waitForURL(`${host.url}readings/#AMB-32`);
  await reading.getByRole('link', { name: '3-12', exact: true }).click();
  await page.waitForURL(`${host.url}rubric/3/#3-12`);
  seen.check();
});
