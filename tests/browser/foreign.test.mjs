// What comes from elsewhere: texts that would be programs, records and names that another page of the same host planted, masses of
// text, a frame around the page. Nothing of it runs, nothing is asked of another host, and what is refused is refused in
// words. Once with the headers of a well-kept host, once with the policy of the pages alone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { links } from './engine.mjs';
import { appState, dist, launch, root, serve, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { published, realHost, skips } from './real-hosts.mjs';
import { fileFrom, goTo, kept, mirror, newDossier, plant, plantMirror, put, saved } from './sheet.mjs';

// those of docs/hosts, as a host sends them with every page
const HEADERS = Object.fromEntries(
  [...readFileSync(join(root, 'docs/hosts/_headers'), 'utf8').split(/^\/assets/m)[0].matchAll(/^ +([\w-]+): (.+)$/gm)].map(([, name, value]) => [name.toLowerCase(), value]),
);
// each would say `taken` if it ran; those that are no text hold halves of characters
const PAYLOADS = JSON.parse(readFileSync(join(root, 'tests/foreign/payloads.json'), 'utf8')).map((it) => it.text ?? String.fromCharCode(...it.units));
// a dossier that is none of the browser's own
const RECORD = readFileSync(join(root, 'tests/records/v3/employer.txt'), 'utf8').trim();
const ALL = PAYLOADS.filter((it) => it.isWellFormed()).join(' ');

// Every page of the app, and some that only read.
const ROUTES = (of) => [
  '', 'mine/', `dossier/?of=${of}`, `scope/?of=${of}`, `sheet/1/?of=${of}-1`, `share/?of=${of}`, `roster/?of=${of}`, `evidence/?of=${of}`, `packet/?of=${of}`,
  `plan/?of=${of}-1`, `versions/?of=${of}-1`, 'open/', 'compare/', 'panel/', 'desk/', 'filing/', 'start/employer/', 'notice/all/', 'rubric/2/', 'rescue.html',
];

// Every page that has an address of its own.
const SITEMAP = [...readFileSync(join(dist, 'sitemap.xml'), 'utf8').matchAll(/<loc>https:\/\/[^/]+\/(.*?)<\/loc>/g)].map((it) => it[1]);

const watched = async (page) => {
  await page.addInitScript(() => {
    window.taken = () => { document.documentElement.dataset.taken = 'yes'; };
    window.violated = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violated.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  // a page that finds dossiers in the window's name asks before it is left
  page.on('dialog', (dialog) => dialog.accept());
};
const quiet = async (page, what) => {
  assert.equal(await page.evaluate(() => document.documentElement.dataset.taken), undefined, `${what}: ran`);
  assert.deepEqual(await page.evaluate(() => window.violated), [], `${what}: violations of the policy`);
};

// Writes the payloads into all fields of the page that take text, or as many as `most`, one after the other from the one at
// `from` on; says how many.
const typed = (page, from, most = Infinity) => page.evaluate(([payloads, from, most]) => {
  const fields = [...document.querySelectorAll('input:not([type]), input[type=text], input[type=search], input[type=tel], textarea')];
  const open = fields.filter((it) => !it.readOnly && !it.disabled).slice(0, most);
  open.forEach((field, at) => {
    field.focus();
    field.value = payloads[(from + at) % payloads.length];
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.blur();
  });
  return open.length;
}, [PAYLOADS, from, most]);

for (const [how, headers] of [['with the headers of a well-kept host', HEADERS], ['with the policy of the pages alone', {}]]) {
  test(`what is typed and planted runs nowhere, ${how}`, async (t) => {
    const { page, host, seen } = await visit(t, 'start/employer/', { app: ['ready', 'fallback'], host: { headers }, before: watched });
    const unit = PAYLOADS[0] + PAYLOADS[1];
    await newDossier(page, unit);
    const of = new URL(page.url()).searchParams.get('of');
    await goTo(page, `${host.url}sheet/1/?of=${of}-1`);
    await page.locator('#note-1').evaluate((it) => it.closest('details')?.setAttribute('open', ''));
    await page.locator('#note-1').fill(ALL);
    await page.locator('#note-1').blur();
    await saved(page);
    // what another page of the same host can plant
    const record = Object.entries(await kept(page)).find(([key]) => key.includes(`/doc/${of}/`))[1];
    await put(page, {
      'zp1/last': `dossier/?of=${of} ${unit}`, 'zp1/doc/<img src=x onerror=taken()>/a': record, 'zp1/doc/__proto__/a': record, 'zp1/doc/x/a': 'ZP3.1.1.1.1.4.1.AAAA',
      'zp1/panel': 'ZPH2.4.1.AAAA', 'zp1/quar/"><script>taken()</script>-1': ALL, 'zp1/large': '"><script>', 'zp1/doc/': ALL, 'zp1/earlier/__proto__': ALL, [ALL]: ALL,
    });
    await page.evaluate(async (all) => {
      sessionStorage.setItem('zp1/steps/x', all);
      window.name = `zp1\nzp1/doc/x/a\t${all}`;
      history.replaceState({ __proto__: { a: 1 }, html: all }, '');
      await Promise.all(['ziping', 'zp1', '__proto__', all].map((name) => new Promise((done) => {
        const asked = indexedDB.open(name, 7);
        asked.onupgradeneeded = () => asked.result.createObjectStore('zp1').put(all, 'zp1/doc/x/a');
        asked.onsuccess = () => { asked.result.close(); done(); };
        asked.onerror = done;
        asked.onblocked = done;
      })));
    }, ALL);
    // into every field of every page, and out again as a file
    if (headers === HEADERS) {
      let n = 0;
      for (const route of ROUTES(of).filter((it) => it && !/^(filing|notice|rubric|rescue)/.test(it))) {
        await goTo(page, host.url + route);
        n += await typed(page, n);
        await quiet(page, `${route}, typed`);
      }
      assert.ok(PAYLOADS.length < n, `${n} fields`);
      await goTo(page, `${host.url}dossier/?of=${of}`);
      const file = await fileFrom(page, () => page.getByRole('button', { name: '下载备份' }).first().click());
      assert.equal(JSON.parse(file.text).份数, 1);
      assert.ok(file.text.isWellFormed());
    }
    // all of them once, and where the pages say the policy themselves all pages of the site, with a payload in a field of each
    let n = 0;
    for (const route of new Set([...ROUTES(of), ...(headers === HEADERS ? [] : SITEMAP)])) {
      await goTo(page, host.url + route);
      assert.ok((await page.locator('h1').first().innerText()).length, route);
      if (headers !== HEADERS) n += await typed(page, n, 1);
      await quiet(page, route);
    }
    assert.ok(headers === HEADERS || 25 < n, `${n} fields`);
    // the same behind the sign of a link, and in the search
    for (const address of ['open/#s.<img src=x onerror=taken()>', `open/#s.${'A'.repeat(9000)}`, 'notice/all/?q=%3Cscript%3Etaken()%3C/script%3E', 'nowhere/%3Cscript%3Etaken()%3C/script%3E/']) {
      await page.goto(host.url + address);
      await page.locator('h1').first().waitFor();
      await quiet(page, address);
    }
    seen.allow.push(/status of 404/);
    seen.check();
  });
}

for (const name of ['nginx', 'apache']) {
  test(`every page of the site behind ${name}, with the headers of our snippet: nothing is refused, asked elsewhere or wrong`, { skip: skips(name) }, async (t) => {
    const site = published();
    t.after(() => site.clear());
    const host = await realHost(name, site);
    t.after(() => host.close());
    const { page, seen } = await visit(t, '', { host, before: watched });
    const policies = new Set();
    page.on('response', (it) => it.request().isNavigationRequest() && policies.add(it.headers()['content-security-policy']));
    assert.ok(30 < SITEMAP.length);
    for (const route of SITEMAP) {
      await goTo(page, host.url + route);
      assert.ok((await page.locator('h1').first().innerText()).length, route);
      await quiet(page, route);
    }
    assert.deepEqual([...policies], [HEADERS['content-security-policy']]);
    seen.check();
  });
}

// What the second store may hold that we did not put there: each payload as a name and as a text, and in entries that look like
// ours; a record of ours under names that are none; and what is no text at all.
const planted = (record) => [
  ...PAYLOADS.map((it) => [it, it]),
  ...PAYLOADS.flatMap((it, n) => [[`doc/x${n}`, `doc/${it}\n\n${it}`], [`quar/x${n}`, `quar/${it}\n${it}\n${it}`]]),
  ...PAYLOADS.slice(0, 3).map((it, n) => [`doc/y${n}`, `doc/${it}\n1 2 3\n${record}`]),
  ['doc/z0', `doc/__proto__\n\n${record}`], ['doc/z1', `doc/\n\n${record}`], ['panel', `panel\n\n${ALL}`], ['z', '\n\n'], ['zz', ''],
  [-1, 7], [0, null], ['doc/0', { split: ALL, __proto__: null }], ['doc/00', [ALL, [record]]], [['doc'], new Date(0)], [new Date(0), true], ['doc/zz', undefined],
];

for (const [what, spoil, words, some] of [
  // the entry of the dossier is no text any more
  ['is told, and what the first store has stays', (page, of) => plantMirror(page, [[`doc/${of}`, 7]]), '自评没有变化', 1],
  ['does not keep the mirror from bringing back what the first store lost', (page) => page.evaluate(() => localStorage.clear()), '已用另存的一份恢复', 4],
]) {
  test(`what is planted in the mirror runs nowhere, ${what}`, async (t) => {
    const { page, host, seen } = await visit(t, 'start/employer/', { app: ['ready', 'fallback'], before: watched });
    const unit = PAYLOADS[0] + PAYLOADS[1];
    await newDossier(page, unit);
    const of = new URL(page.url()).searchParams.get('of');
    const sheet = async () => {
      await goTo(page, `${host.url}sheet/1/?of=${of}-1`);
      await page.locator('#note-1').evaluate((it) => it.closest('details')?.setAttribute('open', ''));
    };
    await sheet();
    await page.locator('#note-1').fill(ALL);
    await page.locator('#note-1').blur();
    await saved(page);
    const note = await page.locator('#note-1').inputValue();
    const record = (await mirror(page))[`doc/${of}`];
    await page.goto(`${host.url}rescue.html`);
    await plantMirror(page, planted(record));
    await spoil(page, of);
    const rescued = async () => {
      await page.goto(`${host.url}rescue.html`);
      await page.locator('#kept', { hasText: /找到 [1-9]\d* 份自评，另有 \d+ 份读不出来的数据。$/ }).waitFor();
      assert.ok(JSON.parse(await page.locator('#text').inputValue()).档案.includes(record));
      await quiet(page, 'rescue.html');
    };
    await rescued();
    await goTo(page, `${host.url}mine/`);
    await page.locator('.told', { hasText: words }).waitFor();
    for (const route of ROUTES(of).filter((_, at) => at % some === 0)) {
      await goTo(page, host.url + route);
      await quiet(page, route);
      assert.ok((await page.locator('h1').first().innerText()).length, route);
    }
    await goTo(page, `${host.url}mine/`);
    await page.getByRole('link', { name: unit, exact: true }).waitFor();
    await sheet();
    assert.equal(await page.locator('#note-1').inputValue(), note);
    assert.equal((await mirror(page))[`doc/${of}`], record);
    await rescued();
    seen.check();
  });
}

test('what is planted in the name of the window, where the browser keeps nothing, runs nowhere, and a dossier in it opens', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const context = await launch({ args: ['--disable-local-storage'] });
  t.after(() => context.close());
  const unit = '平顶山市某机械有限公司';
  // a name with half a character in it goes to no other page
  const lines = [
    ...PAYLOADS.filter((it) => it.isWellFormed()).flatMap((it, n) => [it, `${it}\t${it}`, `zp1/doc/${it}/a\t${RECORD}`, `zp1/doc/x${n}/a\t${it}`, `zp1/quar/${it}-1\t${it}`]),
    `zp1/last\tdossier/?of=k2 ${ALL}`, `zp1/doc/k2/a\t${RECORD}`, `zp1/panel\t${ALL}`, `zp1/doc/__proto__/a\t${RECORD}`, `zp1/mirror\t${ALL}`, '\t', '', `zp1/doc/k1/a\t${RECORD}`, `zp1/doc/k1/b\t${ALL}`,
  ];
  for (const route of ROUTES('k1').filter((it) => it !== 'rescue.html')) {
    // a window of its own, from a page without the program, which would empty its name
    const { page, seen } = await visit(t, 'rescue.html', { host, browser: context, before: watched });
    // by the page itself: what a driver opens is a window without a name
    const there = page.waitForURL(host.url + route);
    await page.evaluate(([name, url]) => { window.name = name; location.href = url; }, [`zp1\n${lines.join('\n')}`, host.url + route]);
    await there;
    if (await page.evaluate(() => !!document.querySelector('script[data-live]'))) await appState(page, ['ready', 'fallback']);
    await quiet(page, route);
    assert.ok((await page.locator('h1').first().innerText()).length, route);
    if (/^(dossier|scope|share|roster|evidence|packet)/.test(route)) await page.getByText(unit).first().waitFor();
    if (!route) await page.getByRole('link', { name: `接着填：${PAYLOADS[0]}` }).waitFor();
    if (/^mine/.test(route)) await page.getByRole('link', { name: unit }).first().waitFor();
    seen.check();
    await page.close({ runBeforeUnload: false });
  }
});

test('the name of a file is shown as text, or not at all, on every page that takes one', async (t) => {
  const { page, host, seen } = await visit(t, 'desk/', { app: ['ready', 'fallback'], before: watched });
  const names = PAYLOADS.filter((it) => it.isWellFormed());
  const file = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.setInputFiles('#piles', names.map((it) => file(it, '今天天气很好')));
  await page.locator('.unopened li').nth(names.length - 1).waitFor();
  const shown = await page.locator('.unopened').evaluate((it) => [it.textContent, it.querySelectorAll('img, script, svg, b b').length]);
  assert.ok(names.filter((it) => /^[!-~]+$/.test(it)).every((it) => shown[0].includes(it)), shown[0]);
  assert.equal(shown[1], 0);
  await quiet(page, 'desk/');
  // what is too large is told with its name
  await page.setInputFiles('#piles', file(names[0], 'A7SA RARW '.repeat(300_000)));
  await page.getByText(`“${names[0]}”超过 2 MB，没有打开`).first().waitFor();
  for (const [route, field] of [['open/', '#file'], ['workbook/', '#book'], ['compare/', '#left-file'], ['panel/', '#seat-file']]) {
    for (const name of [names[0], `${names[1]}.xlsx`]) {
      await goTo(page, host.url + route);
      await page.setInputFiles(field, file(name, '今天天气很好'));
      await page.getByText(/没有(打开|读入)：/).first().waitFor();
      assert.equal(await page.locator('main').evaluate((it) => it.querySelectorAll('img[src=x], script').length), 0, route);
      await quiet(page, route);
    }
  }
  seen.check();
});

test('what is too much is told at once, and is not taken', async (t) => {
  const { page, host, seen } = await visit(t, 'open/', { app: ['ready', 'fallback'], before: watched });
  const paste = (selector, text, repeat = 1) => page.evaluate(([selector, text, repeat]) => {
    const data = new DataTransfer();
    data.setData('text/plain', text.repeat(repeat));
    const field = document.querySelector(selector);
    field.focus();
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    const from = performance.now();
    const goes = field.dispatchEvent(event);
    return { goes, took: performance.now() - from };
  }, [selector, text, repeat]);
  const told = (words) => page.getByText(words).first().waitFor();

  assert.equal((await paste('#text', 'A7SA RARW')).goes, true);
  assert.equal((await paste('#text', '"份数": 1 ', 200_000)).goes, false);
  await told('没有放入：有 1600000 字，这里一次最多 200000 字');
  await goTo(page, `${host.url}desk/`);
  assert.equal((await paste('#pile', 'A7SA RARW GKHJ TQ6W ', 50_000)).goes, true, 'hundreds of records');
  assert.equal((await paste('#pile', 'A7SA RARW GKHJ TQ6W ', 500_000)).goes, false);
  await told('没有放入：有 10000000 字，这里一次最多 2000000 字');
  await goTo(page, `${host.url}start/employer/`);
  await newDossier(page, '某厂');
  const of = new URL(page.url()).searchParams.get('of');
  await goTo(page, `${host.url}scope/?of=${of}`);
  await page.locator('#paste').evaluate((it) => it.closest('details').setAttribute('open', ''));
  assert.equal((await paste('#paste', '\t', 100_000)).goes, false);
  await told('没有放入：表格有 100001 列，最多 200 列');
  assert.equal(await page.locator('#paste').inputValue(), '');
  await quiet(page, 'pasting');
  seen.check();
});

test('a record in the path of a link does not stay there, and a page in a frame of another site says so', async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const [link] = links([{ rubric: '3', answers: { '3-1': { met: true } } }], host.url);
  const record = link.split('#s.')[1];
  const { page, seen } = await visit(t, '', { host, browser: { hosts: ['framing.test'] }, before: watched });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${host.url}open/%23s.${record}`);
  await page.getByText('单位自评，未经鉴定中心评估').waitFor();
  // only the first request had it
  assert.deepEqual(asked.filter((it) => it.includes(record) && !it.includes('#')).length, 1);
  assert.ok(!page.url().includes(record));
  seen.allow.push(/status of 404/);
  seen.check();

  const framing = await serve(undefined, { answer: (given, path) => (path.endsWith('/frame.html') ? { status: 200, headers: { 'content-type': 'text/html' }, body: `<title>x</title><iframe src="${host.url}sheet/1/" width="900" height="700"></iframe>` } : given) });
  t.after(() => framing.close());
  // the same machine under another name is another site
  await page.goto(`${framing.url.replace('127.0.0.1', 'framing.test')}frame.html`);
  const frame = page.frameLocator('iframe');
  await frame.locator('#framed', { hasText: '本页嵌在别的网站里' }).waitFor();
  assert.equal(await frame.getByRole('link', { name: '单独打开本页' }).getAttribute('target'), '_blank');
  await page.goto(`${host.url}sheet/1/`);
  await appState(page, ['ready', 'fallback']);
  assert.equal(await page.locator('#framed').count(), 0);
});

test('a panic shows the way to the data on every page', async (t) => {
  const { page, host } = await visit(t, 'start/employer/', { app: ['ready', 'fallback'] });
  await newDossier(page, '某厂');
  const of = new URL(page.url()).searchParams.get('of');
  for (const route of ROUTES(of).filter((it) => it && !/^(filing|notice|rubric|rescue)/.test(it))) {
    await goTo(page, host.url + route);
    await page.evaluate(() => dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') })));
    await page.locator('#boot', { hasText: '程序出错，已保存的数据没有丢失' }).waitFor();
    await page.locator('#boot').getByRole('link', { name: '取出已保存的数据' }).waitFor();
  }
});
