// Any static host, as it is met outside: below a sub-path, without some file, with odd MIME types, slow.

import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const dist = process.env.DIST ?? join(root, 'dist');

// Serves a folder the way a plain host does. `url` ends in the prefix and a slash.
//   prefix   the sub-path of the site, such as '/hr/ziping/'; nothing is served above it
//   missing  names, or patterns, of files that are not to be had
//   mime     other types by ending, such as { '.wasm': 'text/plain' }; false for none at all
//   headers  sent with every answer; { 'content-security-policy': policy } for one
//   slash    false to serve the page of a folder also under the address without its last slash, where others redirect
//   hold     called with each path; what it gives is awaited before the answer, see `gate`
//   answer   called with { status, headers, body } of each answer, its path and the request: what it gives is sent instead
//   hostname under which the page is asked for; other names than localhost are no secure context
export async function serve(dir = dist, options = {}) {
  const { prefix = '/', missing = [], mime = {}, headers = {}, slash = true, hold, hostname = '127.0.0.1', answer } = options;
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    requests.push(path);
    await hold?.(path);
    const found = path.startsWith(prefix) && !missing.some((it) => matches(it, path));
    const below = path.slice(prefix.length);
    const named = found && (await inside(dir, below));
    const file = named === '' && !slash ? await inside(dir, `${below}/`) : named;
    const shown = file || join(dir, '404.html');
    if (file === '') {
      response.writeHead(301, { location: `${path}/` }).end();
      return;
    }
    const type = { ...types, ...mime }[extname(shown)];
    const body = await readFile(shown).catch(() => 'nothing here');
    const sent = { status: file ? 200 : 404, headers: { ...(mime && type ? { 'content-type': type } : {}), ...headers }, body };
    const given = answer ? await answer(sent, path, request) : sent;
    response.writeHead(given.status, given.headers).end(request.method === 'HEAD' ? undefined : given.body);
  });
  await new Promise((done) => server.listen(options.port ?? 0, '127.0.0.1', done));
  const url = `http://${hostname}:${server.address().port}${prefix}`;
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  return { url, requests, close };
}

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.wasm': 'application/wasm',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.csv': 'text/csv', '.xml': 'text/xml',
  '.txt': 'text/plain; charset=utf-8', '.bin': 'application/octet-stream',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

// Something to wait for until the test opens it: `hold: () => it.opened`, then `it.open()`.
export function gate() {
  let open;
  const opened = new Promise((done) => (open = done));
  return { open, opened };
}

// Does a text have the pattern in it, or these letters?
export const matches = (pattern, text) => (pattern instanceof RegExp ? pattern.test(text) : text.includes(pattern));

// The file for a path, undefined where there is none, '' for a folder without its slash.
async function inside(dir, path) {
  const file = normalize(join(dir, path));
  if (file !== normalize(dir) && !file.startsWith(normalize(dir + sep))) return undefined;
  const about = await stat(file).catch(() => undefined);
  if (!about?.isDirectory()) return about && file;
  if (path && !path.endsWith('/')) return '';
  const index = join(file, 'index.html');
  return existsSync(index) ? index : undefined;
}
