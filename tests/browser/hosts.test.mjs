// The snippets of docs/hosts in real servers: every address of the site, every header, packed files, what is not there.
// Without a browser; what a browser makes of hosts that do it wrong is in selfcheck.test.mjs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { after, before, describe } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { root } from './host.mjs';
import { test } from './limit.mjs';
import { files, get, published, realHost, skips } from './real-hosts.mjs';

// As README.md lists them; tests/it/hosts.rs compares it with what our own server sends.
const readme = readFileSync(join(root, 'README.md'), 'utf8').split('## 架设网站')[1];
const told = (name) => [...readme.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))].map((it) => it[1]);
const ALWAYS = ['Content-Security-Policy', 'X-Content-Type-Options', 'Referrer-Policy', 'Permissions-Policy'];
const [ASKED_AGAIN, FOR_EVER] = told('Cache-Control');

const TYPES = {
  '.html': /^text\/html(;\s*charset=utf-8)?$/i, '.css': /^text\/css(;\s*charset=utf-8)?$/i,
  '.js': /^(text|application)\/javascript(;\s*charset=utf-8)?$/i, '.wasm': /^application\/wasm$/,
  '.bin': /^application\/octet-stream$/, '.svg': /^image\/svg\+xml/, '.xml': /^(text|application)\/xml/,
  '.xlsx': /^application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet$/, '.json': /^application\/json/,
};
const unpack = { br: brotliDecompressSync, gzip: gunzipSync };

const packed = published();
const plain = published({ packed: false });
after(() => [packed, plain].forEach((it) => it.clear()));
const all = files(plain.site);
const asset = (ending) => all.find((it) => it.startsWith('assets/') && it.endsWith(ending));
// what a visitor asks for: the address of a page ends in its folder
const address = (file) => file.replace(/(^|\/)index\.html$/, '$1');

function has(answer, file) {
  for (const name of ALWAYS) assert.equal(answer.headers[name.toLowerCase()], told(name)[0], `${name} of ${file}`);
  const kept = file.startsWith('assets/') ? FOR_EVER : ASKED_AGAIN;
  assert.equal(answer.headers['cache-control'], kept, `Cache-Control of ${file}`);
  const type = TYPES[extname(file)];
  if (type) assert.match(answer.headers['content-type'], type, `Content-Type of ${file}`);
}

for (const [name, prefixes] of [['nginx', ['/', '/zp/']], ['apache', ['/', '/zp/']], ['caddy', ['/']]]) {
  for (const prefix of prefixes) {
    describe(`${name} at ${prefix}`, { skip: skips(name) }, () => {
      let host;
      before(async () => (host = await realHost(name, packed, { prefix })));
      after(() => host?.close());

      test('every address of the site, each file with its type, headers and bytes, plain and packed', async () => {
        const routes = [...readFileSync(join(plain.site, 'sitemap.xml'), 'utf8').matchAll(/<loc>https:\/\/[^/]+\/(.*?)<\/loc>/g)];
        const asked = new Set(all.map(address));
        assert.ok(routes.length > 20 && routes.every((it) => asked.has(it[1])), 'every route of the site map is a page');
        for (const file of all) {
          const bytes = readFileSync(join(plain.site, file));
          for (const encoding of ['', 'gzip', 'br']) {
            const answer = await get(host.url + address(file), { headers: { 'accept-encoding': encoding } });
            assert.equal(answer.status, 200, file);
            has(answer, file);
            const sent = answer.headers['content-encoding'];
            const got = sent ? unpack[sent](answer.body) : answer.body;
            assert.ok(got.equals(bytes), `${file} as ${sent}`);
            if (extname(file) === '.xlsx') continue;
            assert.equal(sent, encoding || undefined, `${file} for ${encoding}`);
            assert.match(answer.headers.vary ?? '', encoding ? /accept-encoding/i : /|/);
            // it is the very file that lies beside, not one packed on the way
            if (encoding) assert.ok(answer.body.equals(readFileSync(join(packed.site, `${file}.${encoding === 'br' ? 'br' : 'gz'}`))), file);
          }
        }
      });

      test('browsers ask for both at once and get the smaller one', async () => {
        const answer = await get(host.url + asset('.wasm'), { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } });
        assert.equal(answer.headers['content-encoding'], 'br');
      });

      test('what is not there is our page for it, with 404, and is never kept', async () => {
        const page = readFileSync(join(plain.site, '404.html'));
        for (const path of ['nowhere/', 'nowhere', 'sheet/99/', 'assets/app-0123456789abcdef.wasm', 'assets/nothing-0123456789abcdef.js']) {
          const answer = await get(host.url + path);
          assert.equal(answer.status, 404, path);
          assert.ok(answer.body.equals(page), path);
          has(answer, '404.html');
        }
      });

      test('a page that did not change is not sent again, packed or not, and a changed one would be', async () => {
        for (const encoding of ['', 'gzip', 'br']) {
          for (const path of ['about/', asset('.js')]) {
            const headers = { 'accept-encoding': encoding };
            const first = await get(host.url + path, { headers });
            const { etag, 'last-modified': time } = first.headers;
            const same = await get(host.url + path, { headers: { ...headers, 'if-none-match': etag } });
            assert.deepEqual([same.status, same.body.length], [304, 0], `${path} ${encoding} ${etag}`);
            const since = await get(host.url + path, { headers: { ...headers, 'if-modified-since': time } });
            assert.equal(since.status, 304);
            const other = await get(host.url + path, { headers: { ...headers, 'if-none-match': '"other"' } });
            assert.equal(other.status, 200);
          }
        }
      });

      test('a folder without its slash leads to the one with it, by an address that holds behind a proxy too', async () => {
        for (const path of ['sheet/1', 'about', 'notice/henan-2021-1']) {
          const answer = await get(`${host.url}${path}?of=a-1`, { headers: { host: 'zp.example:8443' } });
          assert.ok([301, 302, 307, 308].includes(answer.status), `${path}: ${answer.status}`);
          const to = new URL(answer.headers.location, `http://zp.example:8443${prefix}${path}`);
          // Caddy forgets the query; no link of ours leads to such an address
          assert.equal(to.href, `http://zp.example:8443${prefix}${path}/${name === 'caddy' ? '' : '?of=a-1'}`);
        }
        if (prefix !== '/') {
          const top = await get(host.url.slice(0, -1));
          assert.equal(new URL(top.headers.location, host.url).href, host.url);
        }
      });

      test('a part of a file, and only its head', async () => {
        const file = asset('.bin');
        const bytes = readFileSync(join(plain.site, file));
        const part = await get(host.url + file, { headers: { range: 'bytes=10-19', 'accept-encoding': 'identity' } });
        assert.equal(part.status, 206);
        assert.ok(part.body.equals(bytes.subarray(10, 20)));
        const head = await get(host.url + file, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
        assert.deepEqual([head.status, head.body.length, head.headers['content-length']], [200, 0, String(bytes.length)]);
        has(head, file);
      });
    });
  }

  test(`${name} packs by itself where nothing lies packed beside`, { skip: skips(name) }, async (t) => {
    const host = await realHost(name, plain);
    t.after(() => host.close());
    for (const path of ['about/', asset('.js'), asset('.css'), asset('.wasm'), all.find((it) => it.includes('first-sheet'))]) {
      const file = path.endsWith('/') ? `${path}index.html` : path;
      const bytes = readFileSync(join(plain.site, file));
      const headers = { 'accept-encoding': 'gzip' };
      const answer = await get(host.url + path, { headers });
      assert.equal(answer.headers['content-encoding'], 'gzip', path);
      assert.match(answer.headers.vary, /accept-encoding/i);
      assert.ok(gunzipSync(answer.body).equals(bytes) && answer.body.length < bytes.length, path);
      const same = await get(host.url + path, { headers: { ...headers, 'if-none-match': answer.headers.etag } });
      assert.equal(same.status, 304, `${path} ${answer.headers.etag}`);
      has(answer, file);
    }
  });
}

test('nginx without its module for brotli sends gzip', { skip: skips('nginx') }, async (t) => {
  const host = await realHost('nginx', packed, { brotli: false });
  t.after(() => host.close());
  const answer = await get(host.url + asset('.wasm'), { headers: { 'accept-encoding': 'gzip, deflate, br' } });
  assert.equal(answer.headers['content-encoding'], 'gzip');
});

test('_headers gives each file what the list says, by the rules of the hosts that read it', async () => {
  const text = readFileSync(join(root, 'docs/hosts/_headers'), 'utf8');
  for (const file of ['index.html', 'about/index.html', asset('.js'), asset('.wasm')]) {
    const given = headersFor(text, `/${file}`);
    const wanted = Object.fromEntries(ALWAYS.map((it) => [it.toLowerCase(), told(it)[0]]));
    // these hosts have pages asked for again by themselves, and join the values of two rules that give one header
    if (file.startsWith('assets/')) wanted['cache-control'] = FOR_EVER;
    assert.deepEqual(given, wanted, file);
  }
});

// `_headers` as Cloudflare Pages and Netlify read it: a path, then its headers, indented; `*` stands for anything.
export function headersFor(text, path) {
  const found = {};
  let holds = false;
  for (const line of text.split('\n').filter((it) => it.trim() && !/^\s*#/.test(it))) {
    if (/^\S/.test(line)) {
      assert.match(line, /^\/\S*$/);
      holds = new RegExp(`^${line.replace(/[.+?^$()[\]{}|\\]/g, '\\$&').replace('*', '.*')}$`).test(path);
    } else {
      const [, name, value] = /^\s+([A-Za-z-]+): (\S.*)$/.exec(line);
      const key = name.toLowerCase();
      if (holds) found[key] = key in found ? `${found[key]}, ${value}` : value;
    }
  }
  return found;
}

