// Every page in each of its states, looked at once with all that everybody needs of it: `looked` of everyone.mjs says what.
//
// Ten journeys, a test each, come by the states on their way; a state is added where a journey passes it anyway.

import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cases, codes, links, wholeLink } from './engine.mjs';
import { LEAST, SIZES, TEXT, WIDE, looked } from './everyone.mjs';
import { appState, dist, launch, readerState, root, serve, visit, watch } from './harness.mjs';
import { test } from './limit.mjs';
import { seat } from './links.mjs';
import { choose, fill, goTo, newDossier, openSheet, put, saved, type } from './sheet.mjs';
import { LIVE, OTHERWISE, invalidNow } from './valid.mjs';

const ready = ['ready', 'fallback'];
// Everything that a dossier can have, as version 3 wrote it.
const FULL = readFileSync(join(root, 'tests/records/v3/employer.txt'), 'utf8').trim();

// What of valid.mjs was met in these states, by number.
const otherwise = new Set();

// Collects over a whole journey, so that one run says all that is wrong.
function journey(t) {
  const wrong = [];
  const states = [];
  t.after(() => t.diagnostic(`${states.length} states`));
  return {
    wrong,
    at: async (name, page, options) => {
      states.push(name);
      wrong.push(...await invalidNow(page, name, otherwise));
      wrong.push(...(await looked(page, options)).map((it) => `${name}: ${it}`));
    },
    end: (...seen) => {
      if (process.env.LOOKED) appendFileSync(process.env.LOOKED, wrong.map((it) => `${it}\n`).join(''));
      assert.deepEqual(wrong, []);
      for (const it of seen) it.check();
    },
  };
}

// A record of somebody else, saved as one's own: the quickest way to a dossier with these sheets.
async function dossierOf(page, host, applicant, sheets) {
  await page.goto('about:blank');
  await goTo(page, wholeLink({ applicant, unit: '平顶山市某机械有限公司', sheets }, host.url));
  await appState(page, ready);
  await page.getByRole('button', { name: '另存为我的自评' }).click();
  await page.waitForURL(/dossier\//);
  await appState(page, ready);
  return new URL(page.url()).searchParams.get('of');
}

const half = (annex) => Object.fromEntries(Object.entries(cases(annex)).slice(0, 9));
const vetoed = { ...cases(2), '2-11': { met: false } };

test('pages for reading', async (t) => {
  const { at, end } = journey(t);
  const { page, host, seen } = await visit(t);
  // 自检 asks for a page that there is not, to see what the host answers
  seen.allow.push('404 (Not Found)');
  const pages = ['', 'notice/', 'notice/henan-2021-1/', 'contents/', 'rubric/', 'rubric/1/', 'filing/', 'readings/', 'later/', 'about/', 'access/', 'licences/',
    '404.html', 'selfcheck.html', 'rescue.html'];
  for (const path of pages) {
    await page.goto(host.url + path);
    if (await page.locator('script[data-reader]').count()) await readerState(page, 'ready');
    // the two that stand alone have no 大字版; axe-core has seen all of these in pages.test.mjs
    await at(`/${path}`, page, { swept: true, light: ['readings/', 'licences/', 'contents/'].includes(path), small: /^(selfcheck|rescue)/.test(path) });
  }
  end(seen);
});

test('the search, with results and without', async (t) => {
  const { at, end } = journey(t);
  const { page, seen } = await visit(t, 'about/', { reader: 'ready' });
  await page.locator('#q').fill('考评人员');
  await page.locator('#results:not([aria-busy]) mark').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await at('results', page, { still: true, light: true });
  await page.locator('#q').fill('没有这样的词组');
  await page.locator('#results', { hasText: '没有找到' }).or(page.locator('.status', { hasText: '没有' })).first().waitFor();
  await at('no results', page, { still: true, light: true });
  end(seen);
});

test('the guided start and a new dossier', async (t) => {
  const { at, end } = journey(t);
  const { page, host, seen } = await visit(t, 'start/employer/', { app: 'ready' });
  await at('the first question', page);
  await page.locator('.option', { hasText: '省内其他企业' }).locator('input').check();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.locator('#place').fill('平顶');
  await at('the place, half typed', page);
  await page.locator('#place').fill('平顶山市');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.locator('#unit').waitFor();
  await at('where it files', page);
  await page.locator('#unit').fill('某厂');
  await page.getByRole('button', { name: '建立自评档案' }).click();
  await page.getByRole('heading', { name: '某厂', level: 1 }).waitFor();
  await at('a new dossier', page);
  const of = new URL(page.url()).searchParams.get('of');
  for (const path of ['scope/', 'roster/', 'evidence/', 'packet/', 'share/', 'print/']) {
    await goTo(page, `${host.url}${path}?of=${of}`);
    await page.locator('h1').first().waitFor();
    await at(`${path} of a new dossier`, page, { light: true });
  }
  end(seen);
});

test('a sheet: empty, half filled, finished, vetoed, with an error, unfolded, its sections listed', async (t) => {
  const { at, end } = journey(t);
  const { page, host, seen } = await visit(t, 'mine/', { app: 'ready' });
  await at('no dossier yet', page, { light: true });
  const sheets = [{}, half(2), cases(2), vetoed].map((answers) => ({ rubric: '2', answers }));
  const of = await dossierOf(page, host, 'employer', sheets);
  for (const [n, name] of ['empty', 'half filled', 'finished', 'vetoed'].entries()) {
    await goTo(page, `${host.url}sheet/2/?of=${of}-${n + 1}`);
    await page.locator('.sum .big b').waitFor();
    await at(`a sheet that is ${name}`, page, { light: n === 0 });
  }
  await type(page, '2-1', '不符合', 'abc');
  await page.getByText('请填数字').waitFor();
  await page.getByRole('button', { name: '全部展开' }).click();
  await at('a sheet with an error, unfolded', page);
  await page.getByRole('button', { name: '全部展开' }).click();
  await page.getByRole('button', { name: '项目', exact: true }).click();
  await page.locator('.steps a').first().waitFor();
  await at('the sections of a sheet', page, { still: true });
  await goTo(page, `${host.url}rubric/2/?of=${of}-4`);
  await page.locator('.verdict').waitFor();
  await at('the filled form', page, { light: true });
  await goTo(page, `${host.url}plan/?of=${of}-4`);
  await page.locator('.plan h1').waitFor();
  await at('the plan of a vetoed sheet', page);
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('heading', { name: '回收站' }).waitFor();
  await at('a dossier in the bin', page);
  end(seen);
});

test('a dossier that has everything, and its pages', async (t) => {
  const { at, end } = journey(t);
  const { page, host, seen } = await visit(t, 'mine/', { app: 'ready' });
  await put(page, { 'zp1/doc/k1/a': FULL });
  await goTo(page, `${host.url}mine/`);
  await at('我的自评', page);
  for (const path of ['dossier/', 'scope/', 'roster/', 'evidence/', 'packet/', 'share/', 'compare/']) {
    await goTo(page, `${host.url}${path}?of=k1`);
    await page.locator('h1').first().waitFor();
    await at(path, page);
  }
  for (const path of ['plan/', 'versions/']) {
    await goTo(page, `${host.url}${path}?of=k1-1`);
    await page.locator('h1').first().waitFor();
    await at(path, page);
  }
  end(seen);
});

test('a declaration with findings, examples, a pasted table', async (t) => {
  const { at, end } = journey(t);
  const { page, seen } = await visit(t, 'start/employer/', { app: 'ready' });
  await newDossier(page, '某厂');
  await page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
  await page.locator('table.rows').waitFor();
  for (const [i, text] of ['6-18-01-01', '车工', '数控车床', '4、9'].entries()) await page.locator(`[id="d-0-${i}"]`).fill(text);
  await page.locator('[id="d-0-3"]').blur();
  await page.locator('.findings li, .found li').first().waitFor();
  await page.getByText('从示例表添加').click();
  await at('findings, examples', page);
  await page.getByText('从示例表添加').click();
  await page.getByText('从 Excel/WPS 粘贴').click();
  await page.locator('#paste').fill('工种\t代码\t随便\n钳工\t6-20-01-01\t什么\n合计\t\t');
  await page.locator('.looked .columns').first().waitFor();
  await at('a pasted table, looked at', page);
  end(seen);
});

test('what is received: opened, damaged, refused, compared', async (t) => {
  const { at, end } = journey(t);
  const { page, host, seen } = await visit(t, 'open/', { app: 'ready' });
  await at('nothing to open yet', page);
  const [link, other] = links([{ rubric: '2', answers: cases(2) }, { rubric: '2', answers: vetoed }], host.url);
  const [code] = codes([{ rubric: '2', answers: cases(2) }]);
  const refusals = { 'no code': '今天天气很好', 'a code with a wrong letter': code.replace(/.(?=.{6}$)/, (it) => (it === 'X' ? 'Y' : 'X')), 'a link cut off': link.slice(0, -9) };
  for (const [name, text] of Object.entries(refusals)) {
    await page.locator('#text').fill(text);
    await page.getByRole('button', { name: '打开', exact: true }).click();
    await page.locator('main .alert, main .wrong:not(:empty)').first().waitFor();
    await at(`refused: ${name}`, page, { light: true });
  }
  await page.goto('about:blank');
  await goTo(page, link);
  await page.locator('.verdict').waitFor();
  await at('a record of somebody else, to read only', page);
  await goTo(page, `${host.url}compare/`);
  await at('nothing to compare yet', page, { light: true });
  for (const [side, text] of [['left', link], ['right', other]]) {
    const field = page.locator(`#${side}-text`);
    await field.evaluate((it) => { it.closest('details').open = true; });
    await field.fill(text);
    await page.locator('fieldset.side', { has: field }).getByRole('button', { name: '打开', exact: true }).click();
  }
  await page.locator('table.pairs').waitFor();
  await at('two records compared', page);
  end(seen);
});

test('a panel that disagrees, a desk with what could not be opened', async (t) => {
  const { at, end } = journey(t);
  const { page, host, seen } = await visit(t, 'panel/', { app: 'ready' });
  await at('an empty panel', page, { light: true });
  const seats = [cases(2), vetoed, { ...cases(2), '2-1': { defects: 2 } }];
  const all = links(seats.map((answers) => ({ rubric: '2', answers })), host.url);
  for (const [n, text] of all.entries()) await seat(page, text, n + 1);
  await page.locator('.agree .row').first().waitFor();
  await at('a panel that disagrees', page);
  await goTo(page, `${host.url}desk/`);
  await at('an empty desk', page, { light: true });
  await page.locator('#pile').fill(`${all.join('\n')}\n${all[0]}\n${codes([{ rubric: '2', answers: vetoed }])[0].replace(/.(?=.{6}$)/, (it) => (it === 'X' ? 'Y' : 'X'))}`);
  await page.getByRole('button', { name: '加入汇总' }).click();
  await page.locator('.unopened li').first().waitFor();
  await at('a desk', page);
  end(seen);
});

test('where the browser keeps nothing, where a newer program wrote, where two pages changed one dossier', async (t) => {
  const { at, end } = journey(t);
  const host = await serve();
  t.after(() => host.close());
  const context = await launch({ args: ['--disable-local-storage'] });
  t.after(() => context.close());
  const page = await context.newPage();
  const seen = watch(page, host);
  await goTo(page, `${host.url}start/employer/`);
  await page.locator('.band:visible').waitFor();
  await at('storage refused', page, { light: true });
  await page.goto(host.url);
  await page.locator('.band:visible').first().waitFor();
  await at('storage refused, the home page', page, { light: true });

  const { page: first, context: both, seen: theirs } = await openSheet(t, 2, {
    unit: '某厂', before: (it) => it.addInitScript(() => {
      window.deaf = false;
      for (const kind of ['storage', 'focus', 'visibilitychange', 'pageshow']) window.addEventListener(kind, (event) => window.deaf && event.stopImmediatePropagation(), true);
    }),
  });
  const second = await both.newPage();
  await goTo(second, first.url());
  await first.evaluate(() => { window.deaf = true; });
  await choose(second, '2-11', '', '符合');
  await saved(second);
  await fill(first, '2-11', { met: false });
  await first.locator('.band:visible').waitFor();
  await at('two pages changed one dossier', first, { still: true });
  end(seen, theirs);
});

test('where the program does not come, and the site in one file', async (t) => {
  const { at, end } = journey(t);
  const { page, host } = await visit(t, 'mine/', { app: 'failed', host: { missing: [/first-/, /fallback/] } });
  await at('the program is not to be had', page, { light: true });
  await page.goto(`${host.url}about/`);
  await page.evaluate(() => localStorage.setItem('zp1/doc/k1/a', 'ZP2.broken'));
  await page.goto(`${host.url}rescue.html`);
  await page.locator('#kept').waitFor();
  await at('the rescue page with something damaged', page, { light: true, small: true });
  const plain = await launch({ javaScriptEnabled: false });
  t.after(() => plain.close());
  const still = await plain.newPage();
  await still.goto(`${host.url}sheet/2/`);
  assert.equal(await still.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, true);
  const whole = join(dist, 'offline.html');
  if (existsSync(whole)) {
    const context = await launch();
    t.after(() => context.close());
    const offline = await context.newPage();
    await offline.goto(`${pathToFileURL(whole).href}#/start/employer/`);
    await appState(offline, ready);
    await at('the site in one file', offline, { light: true });
  } else t.diagnostic('this build has no offline.html');
  end();
});

test('the page that says what was looked at has the figures of what is looked at', () => {
  const page = readFileSync(join(dist, 'access/index.html'), 'utf8');
  const said = /检查了什么<\/h2>(.*?)<h2/s.exec(page)[1].replace(/<[^>]*>/g, '');
  const [words, edges] = new Set(readFileSync(join(root, 'tests/it/contrast.rs'), 'utf8').match(/(?<=it < )[\d.]+/g).map(Number));
  assert.deepEqual(said.match(/\d[\d.]*(?::1|%)?/g), [
    ...['1366', '360', '400 %'].map((it) => `${SIZES[it][0]}`), ...Object.keys(SIZES).filter((it) => it.includes('%')).map((it) => it.replace(' ', '')), '1.4.12',
    `${100 * TEXT}%`, `${WIDE[0]}`, `${LEAST.usual}`, `${LEAST.large}`, `${LEAST.link}`, `${words}:1`, `${edges}:1`,
  ]);
});

test('what the program writes otherwise than html-validate would is still so', () => {
  assert.deepEqual(LIVE.filter((_, i) => !otherwise.has(OTHERWISE.length + i)), []);
});
