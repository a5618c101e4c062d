// The page 自检: on hosts that do all as they are told it says so, and of each thing that a host does wrong, what it is and the
// line that mends it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { axe, dist, root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { builtFor, files, published, realHost, skips } from './real-hosts.mjs';

// At once, as a whole site goes through it.
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

const readme = readFileSync(join(root, 'README.md'), 'utf8').split('## 架设网站')[1];
const told = (name) => [...readme.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))].map((it) => it[1]);
const ALWAYS = ['Content-Security-Policy', 'X-Content-Type-Options', 'Referrer-Policy', 'Permissions-Policy'];
const [ASKED_AGAIN, FOR_EVER] = told('Cache-Control');
const assets = readdirSync(join(dist, 'assets'));
const first = (pattern) => assets.find((it) => pattern.test(it));

// What a host does that does everything as it is told: headers, gzip, ETag. It is changed by one fault at a time.
function right(answer, path, request) {
  const { status, body } = answer;
  const bytes = Buffer.from(body);
  const headers = { ...answer.headers };
  for (const name of ALWAYS) headers[name.toLowerCase()] = told(name)[0];
  headers['cache-control'] = status === 200 && path.includes('/assets/') ? FOR_EVER : ASKED_AGAIN;
  headers.etag = `"${createHash('sha1').update(bytes).digest('hex')}"`;
  headers['content-encoding'] = 'gzip';
  const sent = { status, headers, body: gzipSync(bytes, { level: 1 }) };
  return status === 200 && request.headers['if-none-match'] === headers.etag ? { ...sent, status: 304, body: '' } : sent;
}

// Opens the page and gives what it found: by the name of each check its level and all its words.
async function checked(t, host, { path = 'selfcheck.html', whole = false, ...more } = {}) {
  const opened = await visit(t, path, { host, ...more });
  await done(opened.page);
  if (whole) {
    await opened.page.evaluate(() => delete document.documentElement.dataset.checked);
    await opened.page.getByRole('button', { name: '逐个核对全部文件' }).click();
    await done(opened.page);
  }
  const items = await opened.page.locator('#found li').evaluateAll((all) => all.map((it) => [
    it.dataset.check, { level: it.dataset.level, words: it.innerText },
  ]));
  const found = Object.fromEntries(items);
  const wrong = Object.keys(found).filter((it) => found[it].level !== 'ok');
  return { ...opened, found, wrong };
}

const done = (page) =>
  page.waitForFunction(() => document.documentElement.dataset.checked, null, { timeout: 60_000 });

const changed = (how) => ({ answer: async (answer, path, request) => how(right(answer, path, request), path, { answer, request }) });
const without = (...names) => changed((it) => {
  names.forEach((name) => delete it.headers[name]);
  return it;
});
const of = (pattern, how) => changed((it, path, more) => (pattern.test(path) && it.status === 200 ? how(it, more) : it));
const unpacked = (it, { answer }) => {
  delete it.headers['content-encoding'];
  return { ...it, body: answer.body };
};
const ABOUT = /\/about\/$/;
// scripts, but not those by which the page checks
const OTHERS = /\/(?!selfcheck|mends)[^/]*\.js$/;

let packed;
// the site as it is built for an address with a path
let below;
before(() => (packed = published()));
after(() => packed.clear());

test('where a host does all as it is told, all is well, and the summary can be copied', async (t) => {
  const { wrong, found, page, seen } = await checked(t, { answer: right });
  assert.deepEqual(wrong, []);
  assert.ok(Object.keys(found).length > 20);
  assert.match(await page.locator('#state').innerText(), /检查完了：全部正常。/);
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 740 });
    assert.deepEqual(await axe(page), []);
  }
  const text = await page.locator('#text').inputValue();
  assert.match(text, /^自评网站自检：http:\/\/127\.0\.0\.1:\d+\/\n/);
  assert.equal(text.match(/^正常：/gm).length, Object.keys(found).length);
  await page.context().grantPermissions(['clipboard-read']);
  await page.getByRole('button', { name: '复制结果' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  seen.allow.push(/404/);
  seen.check();
});

test('all files are compared one by one, and all is well', async (t) => {
  const { wrong } = await checked(t, { answer: right }, { whole: true });
  assert.deepEqual(wrong, []);
});

for (const name of ['nginx', 'apache', 'caddy']) {
  test(`our snippet in ${name}: all is well`, { skip: skips(name) }, async (t) => {
    const host = await realHost(name, packed);
    t.after(() => host.close());
    assert.deepEqual((await checked(t, host)).wrong, []);
  });
}

for (const name of ['nginx', 'apache']) {
  test(`our snippet for a sub-path in ${name}: all is well`, { skip: skips(name) }, async (t) => {
    const site = published({ from: (below ??= builtFor('https://zp.example/zp/', packed.dir)) });
    t.after(() => site.clear());
    const host = await realHost(name, site, { prefix: '/zp/' });
    t.after(() => host.close());
    assert.deepEqual((await checked(t, host)).wrong, []);
    // and the program runs there: the policy in the header and that of the page hold together
    const { seen } = await visit(t, 'sheet/1/', { host, app: 'ready' });
    seen.check();
    const { page } = await visit(t, 'nowhere/at/all', { host });
    await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
  });
}

test('our own server: all is well', async (t) => {
  const out = join(packed.dir, 'served');
  const args = ['serve', '--app', join(root, 'target/app'), '--out', out, '--port', '0'];
  const child = spawn(join(root, 'target/release/ziping'), args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => child.kill());
  const [url] = await once(createInterface(child.stdout), 'line');
  const { wrong, found } = await checked(t, { url: url.trim() });
  assert.deepEqual(wrong, [], JSON.stringify(found));
});

// What a host does wrong; which checks say so; what they say; and the line that mends it.
const FAULTS = [
  ['no .wasm', { missing: [/\.wasm$/] }, ['missing', 'all'], /\.wasm（404）/, /<mimeMap fileExtension="\.wasm" mimeType="application\/wasm" \/>/],
  ['a page for every address', changed((it, path, { answer }) => (answer.status === 404 ? { ...it, status: 200 } : it)),
    ['nowhere'], /回答的是 200/, /error_page 404 \/404\.html;/],
  ['a page for .wasm', of(/\.wasm$/, (it) => ({ ...it, headers: { ...it.headers, 'content-type': 'text/html' } })),
    ['missing', 'all'], /\.wasm（回答的是网页）/, /重新上传/],
  ['another page for what is missing', changed((it) => (it.status === 404 ? { ...it, body: gzipSync('<h1>Not Found</h1>') } : it)),
    ['nowhere'], /给出的不是 404\.html/, /ErrorDocument 404 \/404\.html/],
  ['missing files are kept', changed((it) => (it.status === 404 ? { ...it, headers: { ...it.headers, 'cache-control': FOR_EVER } } : it)),
    ['kept'], /不存在的文件也叫浏览器缓存/, /location \/assets\//],
  ['scripts as text', of(OTHERS, (it) => ({ ...it, headers: { ...it.headers, 'content-type': 'text/plain' } })), ['type'], /\.js（text\/plain）/, /AddType text\/javascript \.js/],
  ['.wasm as text', { answer: right, mime: { '.wasm': 'text/plain' } }, ['kind'], /\.wasm（text\/plain）/, /AddType application\/wasm \.wasm/],
  ['pages in GBK', { answer: right, mime: { '.html': 'text/html; charset=gb2312' } }, ['charset'], /gb2312/, /AddDefaultCharset UTF-8/],
  ['nothing packed', of(/./, unpacked), ['plain'], /about\/index\.html（\d+ KB，压缩后约 \d+ KB）/, /gzip on; .*application\/wasm/],
  ['a proxy that drops Content-Encoding', of(/\.(wasm|bin)$/, (it) => (delete it.headers['content-encoding'], it)),
    ['packed'], /\.wasm/, /Content-Encoding/],
  ['a proxy that drops it where brotli was used', of(OTHERS, (it, { answer }) => {
    delete it.headers['content-encoding'];
    return { ...it, body: brotli(answer.body) };
  }), ['packed'], /\.js/, /Accept-Encoding/],
  ['encoding that is none', of(/\.css$/, (it, { answer }) => ({ ...it, body: answer.body })), ['missing'], /压缩标记与内容不符/, /重新上传/],
  ['pages are kept', of(/\/$|\.html$/, (it) => ({ ...it, headers: { ...it.headers, 'cache-control': 'max-age=3600' } })),
    ['pages'], /max-age=3600/, /Header set Cache-Control "no-cache"/],
  ['nothing is said of keeping', without('cache-control'), ['pages', 'kept'], /（没有）/, /immutable/],
  ['no validators', without('etag'), ['again'], /没有 ETag/, /etag on;/],
  ['no answer of 304', changed((it, _, { answer }) => (it.status === 304 ? { ...it, status: 200, body: gzipSync(answer.body) } : it)),
    ['again'], /回答的是 200/, /ETag/],
  ['no policy', without('content-security-policy'), ['framed'], /frame-ancestors/, /add_header Content-Security-Policy "base-uri/],
  ['a policy that forbids WASM', changed((it) => ({
    ...it, headers: { ...it.headers, 'content-security-policy': "default-src 'self'; frame-ancestors 'self'" },
  })), ['strict'], /'wasm-unsafe-eval'/, /Header always set Content-Security-Policy/],
  ['no nosniff', without('x-content-type-options'), ['sniff'], /nosniff/, /<add name="X-Content-Type-Options" value="nosniff" \/>/],
  ['no referrer policy', without('referrer-policy'), ['referrer'], /Referrer-Policy/, /no-referrer/],
  ['no permissions policy', without('permissions-policy'), ['permissions'], /Permissions-Policy/, /camera=\(\)/],
  ['no slash added', { answer: right, slash: false }, ['slash'], /about 没有转到 about\//, /DirectorySlash On/],
  ['a slash by way of another port', { slash: false, ...changed((it, path) => (/\/about$/.test(path) || /\/sheet\/1$/.test(path)
    ? { status: 301, headers: { location: 'http://127.0.0.1:9/about/' }, body: '' } : it)) }, ['slash'], /转到了别处/, /absolute_redirect off;/],
  ['a script put into pages', of(ABOUT, (it, { answer }) => ({
    ...it, body: gzipSync(`${answer.body}`.replace('</body>', '<script src="//ads.example/a.js"></script></body>')),
  })), ['changed'], /被加进了 <script src="\/\/ads\.example\/a\.js">/, /自动插入/],
  ['a banner put into pages', of(ABOUT, (it, { answer }) => ({
    ...it, body: gzipSync(`${answer.body}`.replace('<body>', '<body><div>本站由某某承建</div>')),
  })), ['changed'], /about\/index\.html（多了 \d+ 字节）/, /页面优化/],
  ['line ends of another kind', of(/boot-\w+\.js$|\.html$|\.js$|\.css$/, (it, { answer }) => ({
    ...it, body: gzipSync(`${answer.body}`.replaceAll('\n', '\r\n')),
  })), ['changed'], /换行被改了/, /二进制/],
  ['half a file', of(/\.bin$/, (it, { answer }) => ({ ...it, body: gzipSync(answer.body.subarray(0, 900)) })), ['changed'], /少了 \d+ 字节/, /重新上传/],
  ['a page of an earlier release', of(ABOUT, (it, { answer }) => ({
    ...it, body: gzipSync(`${answer.body}`.replace(/boot-[0-9a-f]{16}/, 'boot-0123456789abcdef')),
  })), ['release'], /about\/index\.html/, /清空 CDN/],
  ['an asset that was not copied', { answer: right, missing: [first(/^app-compare-/)] }, ['all'], /app-compare-/, /重新上传 assets/],
  ['no blank form', { answer: right, missing: ['blank.xlsx'] }, ['missing'], /blank\.xlsx（404）/, /fileExtension="\.xlsx"/],
  ['a sub-path that site.toml does not know', { answer: right, prefix: '/zp/' }, ['top'], /它们以 \/ 开头，网站却在 \/zp\//, /address = "http/],
];

for (const [what, host, checks, says, mends] of FAULTS) {
  test(`${what}: it is said, and the line that mends it`, async (t) => {
    const { found, wrong, page } = await checked(t, { answer: right, ...host });
    assert.deepEqual(wrong.sort(), [...checks].sort(), JSON.stringify(wrong.map((it) => found[it])));
    const words = checks.map((it) => found[it].words).join('\n');
    assert.match(words, says);
    assert.match(words, mends);
    assert.match(words, /^(必须改|建议改)：/m);
    await page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  });
}

test('a proxy that packs anew in another way does no harm', async (t) => {
  const host = changed((it, path, { answer }) => (it.status === 304 ? it
    : { ...it, headers: { ...it.headers, 'content-encoding': 'br', etag: `W/${it.headers.etag}` }, body: brotli(answer.body) }));
  const { wrong } = await checked(t, changed((it, path, more) => {
    const etag = more.request.headers['if-none-match'];
    if (etag?.startsWith('W/')) more.request.headers['if-none-match'] = etag.slice(2);
    return host.answer(more.answer, path, more.request);
  }));
  assert.deepEqual(wrong, []);
});

test('outside of this machine http, and another address than that of site.toml, are said', async (t) => {
  const { found, wrong, page } = await checked(t, { answer: right, hostname: 'zp.test' }, {
    browser: { hosts: ['zp.test'] },
  });
  assert.deepEqual(wrong.sort(), ['https', 'place']);
  assert.match(found.place.words, /site\.toml 写的是 https:\/\/ziping\.example\/，现在打开的是 http:\/\/zp\.test/);
  assert.match(await page.locator('#state').innerText(), /文件只核对了长度/);
});

test('without its script the page says where to look', async (t) => {
  const { page } = await visit(t, 'selfcheck.html', { host: { missing: [/selfcheck-/] } });
  assert.match(await page.locator('#state').innerText(), /一直停在这里的，是脚本没有运行：看 assets\/selfcheck-\w+\.js/);
});

// IIS refuses a whole site for a web.config that it does not understand. What it may hold, as its schema has it: by each
// element its attributes and children.
test('web.config has only what IIS knows', async (t) => {
  const { page } = await visit(t, 'rescue.html');
  const text = readFileSync(join(root, 'docs/hosts/web.config'), 'utf8');
  const tree = await page.evaluate((text) => {
    const doc = new DOMParser().parseFromString(text, 'text/xml');
    const walk = (it) => ({ name: it.tagName, has: [...it.attributes].map((a) => a.name), in: [...it.children].map(walk) });
    return doc.querySelector('parsererror') ? doc.documentElement.textContent : walk(doc.documentElement);
  }, text);
  const known = {
    configuration: [[], ['system.webServer', 'location']], location: [['path'], ['system.webServer']],
    'system.webServer': [[], ['defaultDocument', 'staticContent', 'httpErrors', 'httpProtocol', 'urlCompression']],
    defaultDocument: [['enabled'], ['files']], files: [[], ['clear', 'add']],
    staticContent: [[], ['remove', 'mimeMap', 'clientCache']], mimeMap: [['fileExtension', 'mimeType'], []],
    clientCache: [['cacheControlMode', 'cacheControlMaxAge', 'cacheControlCustom'], []],
    httpErrors: [['errorMode', 'existingResponse'], ['remove', 'error']],
    error: [['statusCode', 'subStatusCode', 'path', 'responseMode'], []],
    httpProtocol: [[], ['customHeaders']], customHeaders: [[], ['remove', 'add']],
    urlCompression: [['doStaticCompression'], []], clear: [[], []],
    add: [['name', 'value'], []], remove: [['fileExtension', 'statusCode', 'subStatusCode', 'name'], []],
  };
  assert.equal(typeof tree, 'object', tree);
  const look = ({ name, has, in: children }) => {
    const [attributes, elements] = known[name] ?? assert.fail(`${name} is not known`);
    assert.ok(has.every((it) => attributes.includes(it)), `${name} ${has}`);
    for (const child of children) {
      assert.ok(elements.includes(child.name), `${child.name} in ${name}`);
      look(child);
    }
  };
  look(tree);
  // a type that the server has already may be given only after it was removed
  const maps = [...text.matchAll(/<(remove|mimeMap) fileExtension="(\.\w+)"/g)].map((it) => `${it[1]} ${it[2]}`);
  for (const map of maps.filter((it) => it.startsWith('mimeMap'))) {
    assert.equal(maps[maps.indexOf(map) - 1], map.replace('mimeMap', 'remove'));
  }
  // every kind of file that the site has, but those that IIS always knew
  const kinds = new Set(files(dist).map((it) => it.split('.').pop()));
  for (const kind of kinds) assert.ok(text.includes(`".${kind}"`) || ['xml', 'png', 'jpg', 'pdf', 'csv', 'txt', 'doc', 'xls'].includes(kind), kind);
});
