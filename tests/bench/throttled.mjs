// One visit on a slow line and a slow machine with nothing cached, and the host that it goes to.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWER = 4;
const LIMIT = 60_000;

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.wasm': 'application/wasm',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.bin': 'application/octet-stream', '.woff2': 'font/woff2',
};

// Serves folders as a good host does: brotli made beforehand, names with a hash kept for ever, the rest asked for again.
// `folders` has a folder for each name that a path begins with.
export async function serve(folders) {
  const files = new Map();
  for (const [name, folder] of Object.entries(folders)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile()) files.set(`/${name}${file.slice(folder.length)}`, file);
    }
  }
  const packed = new Map();
  const answer = (path) => {
    if (!packed.has(path)) {
      const bytes = readFileSync(files.get(path));
      const body = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
      packed.set(path, { body, etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"` });
    }
    return packed.get(path);
  };
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const path = asked.endsWith('/') ? `${asked}index.html` : asked;
    if (!files.has(path)) {
      response.writeHead(404).end();
      return;
    }
    const { body, etag } = answer(path);
    const kept = /-[0-9a-f]{16}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
    const same = request.headers['if-none-match'] === etag;
    const headers = { etag, 'cache-control': kept, 'content-type': types[extname(path)] ?? 'application/octet-stream' };
    response.writeHead(same ? 304 : 200, same ? headers : { ...headers, 'content-encoding': 'br' }).end(same ? undefined : body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  // packed before anybody waits for it
  const ready = (path) => answer(path.endsWith('/') ? `${path}index.html` : path);
  return { url: `http://127.0.0.1:${server.address().port}/`, close, ready };
}

// A page in a context of its own, slowed down; `then` gets it and its result is handed back.
export async function visit(browser, then) {
  const context = await browser.newContext({ locale: 'zh-CN' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT);
    await page.addInitScript(noticed);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', LINE);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    return await then(page, devtools);
  } finally {
    await context.close();
  }
}

// When it was painted first, all its parts had run, and it was ready for input, in milliseconds from the click that led there.
export async function times(page, url, ready) {
  await page.goto(url);
  const all = await page.waitForFunction(
    (ready) => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const [{ loadEventEnd }] = performance.getEntriesByType('navigation');
      return paint && loadEventEnd && (!ready || window.readyAt) &&
        { paint: paint.startTime, complete: Math.max(loadEventEnd, paint.startTime), ready: window.readyAt };
    },
    ready,
    { polling: 50 },
  );
  return all.jsonValue();
}

// In the page, before all else: notes the moment at which an app says that it is ready.
function noticed() {
  const names = ['data-app', 'data-ready'];
  new MutationObserver((changes, observer) => {
    const said = changes.some((it) => ['ready', 'fallback'].includes(it.target.getAttribute(it.attributeName)));
    if (said) {
      window.readyAt = performance.now();
      observer.disconnect();
    }
  }).observe(document, { attributes: true, attributeFilter: names, subtree: true });
}
