// nginx, Apache and Caddy as Debian has them, set up with the snippets of docs/hosts as they stand: only the placeholders
// are filled in. What is not installed, a test skips and says so.

import { spawn } from 'node:child_process';
import {
  chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ziping } from './engine.mjs';
import { dist, root } from './host.mjs';

const snippet = (name) => readFileSync(join(root, 'docs/hosts', name), 'utf8');
const asRoot = process.getuid?.() === 0;
const MODULES = ['/usr/lib/nginx/modules', '/usr/lib/apache2/modules'];

// Where each program lies, or undefined.
const found = (...paths) => paths.find((it) => existsSync(it));
const programs = {
  nginx: found('/usr/sbin/nginx'),
  apache: found('/usr/sbin/apache2'),
  caddy: found('/usr/bin/caddy'),
};
// For the option of a test: why it is skipped, or false.
export const skips = (name) => !programs[name] && `${name} is not installed`;

// A copy of the site that any user may read, with `.br` and `.gz` beside each file, as the release has them; or without.
export function published({ packed = true, from = dist } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'ziping-hosts-'));
  chmodSync(dir, 0o755);
  const site = join(dir, 'site');
  cpSync(from, site, { recursive: true });
  if (packed) {
    for (const path of files(site).filter((it) => PACKED.has(extname(it)))) {
      const bytes = readFileSync(join(site, path));
      // quickly: how small they are is not tested here
      writeFileSync(join(site, `${path}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
      writeFileSync(join(site, `${path}.gz`), gzipSync(bytes, { level: 1 }));
    }
  }
  return { dir, site, clear: () => rmSync(dir, { recursive: true, force: true }) };
}

const PACKED = new Set(['.html', '.js', '.css', '.wasm', '.bin', '.svg', '.xml', '.json', '.txt']);

// All files of a folder, as paths below it.
export function files(dir) {
  const all = readdirSync(dir, { recursive: true, withFileTypes: true });
  const paths = all.filter((it) => it.isFile()).map((it) => join(it.parentPath ?? it.path, it.name).slice(dir.length + 1));
  return paths.filter((it) => !/(^|\/)\./.test(it)).sort();
}

// Starts one of them for a published site, at `prefix`. `url` ends in the prefix, as with `serve` of host.mjs.
export async function realHost(name, { dir, site }, { prefix = '/', brotli = true } = {}) {
  const home = mkdtempSync(join(dir, `${name}-`));
  chmodSync(home, 0o755);
  const port = await freePort();
  const { command, args, env = {} } = makers[name]({ home, site, port, prefix, brotli });
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (it) => (said += it));
  const ended = new Promise((done) => child.once('exit', done));
  const until = Date.now() + 20_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`${name} did not start: ${said}${logs(home)}`);
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  const close = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  };
  return { url: `http://127.0.0.1:${port}${prefix}`, close };
}

// Replaces text that must be there.
function filled(text, ...pairs) {
  return pairs.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the snippet has no ${from}`);
    return text.replaceAll(from, to);
  }, text);
}

const makers = {
  nginx({ home, site, port, prefix, brotli }) {
    const modules = join(MODULES[0], 'ngx_http_brotli_static_module.so');
    const packs = brotli && existsSync(modules);
    const folder = ['/var/www/ziping', site];
    const module = packs ? [['#brotli_static on;', 'brotli_static on;']] : [];
    const server =
      prefix === '/'
        ? filled(snippet('nginx-server.conf'), ['listen 80;', `listen 127.0.0.1:${port};`], folder, ...module)
        : `server { listen 127.0.0.1:${port}; root ${home};\n` +
          `${filled(snippet('nginx-path.conf'), folder, ['/zp', prefix.slice(0, -1)], ...module)}\n}`;
    const conf = join(home, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    writeFileSync(
      conf,
      `${packs ? `load_module ${modules};\n` : ''}${asRoot ? 'user root;\n' : ''}daemon off;\nworker_processes 1;\n` +
        `pid ${home}/pid;\nerror_log ${home}/error.log;\nevents {}\n` +
        `http {\n${temporary.map((it) => `${it}_temp_path ${home}/${it};\n`).join('')}access_log off;\n` +
        // as Debian's own nginx.conf has it
        `include /etc/nginx/mime.types;\ndefault_type application/octet-stream;\n${server}\n}\n`,
    );
    return { command: programs.nginx, args: ['-c', conf, '-e', join(home, 'error.log')] };
  },

  apache({ home, site, port, prefix, brotli }) {
    const modules = ['authz_core', 'mime', 'dir', 'alias', 'headers', 'rewrite', 'deflate', 'filter', 'setenvif'];
    if (!existsSync(join(MODULES[1], 'mod_mpm_event.so'))) modules.splice(0, 1);
    const loaded = ['mpm_event', ...modules];
    writeFileSync(
      join(site, '.htaccess'),
      filled(snippet('.htaccess'), ['ErrorDocument 404 /404.html', `ErrorDocument 404 ${prefix}404.html`])
        .replace(...(brotli ? ['', ''] : [/\\bbr\\b/g, 'never'])),
    );
    const conf = join(home, 'apache.conf');
    writeFileSync(
      conf,
      `${loaded.map((it) => `LoadModule ${it}_module ${MODULES[1]}/mod_${it}.so\n`).join('')}` +
        `ServerRoot ${home}\nServerName 127.0.0.1\nListen 127.0.0.1:${port}\nPidFile ${home}/pid\nErrorLog ${home}/error.log\n` +
        `Mutex file:${home} default\n${asRoot ? 'User www-data\nGroup www-data\n' : ''}StartServers 1\n` +
        // as Debian sets them, so that the snippet has to cope with them
        `TypesConfig /etc/mime.types\nAddType application/x-gzip .gz .tgz\nAddLanguage br .br\nDirectoryIndex index.html\n` +
        `${prefix === '/' ? `DocumentRoot ${site}` : `DocumentRoot ${home}\nAlias ${prefix} ${site}/\n` +
          `Alias ${prefix.slice(0, -1)} ${site}`}\n` +
        `<Directory ${site}>\nOptions FollowSymLinks\nAllowOverride FileInfo\nRequire all granted\n</Directory>\n`,
    );
    return { command: programs.apache, args: ['-f', conf, '-DFOREGROUND'] };
  },

  caddy({ home, site, port, prefix }) {
    const own = filled(snippet('Caddyfile'), ['ziping.example {', `http://:${port} {`], ['/var/www/ziping', site]);
    if (prefix !== '/') throw new Error('Caddy is tried at the root only');
    const conf = join(home, 'Caddyfile');
    writeFileSync(conf, `{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n${own}`);
    return {
      command: programs.caddy,
      args: ['run', '--config', conf, '--adapter', 'caddyfile'],
      env: { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home },
    };
  },
};

const logs = (home) => {
  const path = join(home, 'error.log');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

const answers = (port) =>
  new Promise((done) => {
    const request = ask({ host: '127.0.0.1', port, path: '/', agent: false }, (it) => (it.resume(), done(true)));
    request.on('error', () => done(false)).end();
  });

// One request, nothing followed, nothing unpacked: { status, headers, body }.
export function get(url, { method = 'GET', headers = {} } = {}) {
  return new Promise((done, fail) => {
    const request = ask(url, { method, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (it) => parts.push(it));
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.setTimeout(20_000, () => request.destroy(new Error(`${url} was not answered in time`)));
    request.on('error', fail).end();
  });
}

// The site as it is built for another address: `ziping` as it was built last.
export function builtFor(address, dir) {
  const source = join(dir, 'source');
  mkdirSync(source);
  for (const part of ['content', 'rubrics', 'style']) cpSync(join(root, part), join(source, part), { recursive: true });
  writeFileSync(join(source, 'site.toml'), `address = "${address}"\n`);
  const out = join(dir, 'built');
  ziping(['--site', source, 'build', '--app', join(root, 'target/app'), '--out', out]);
  return out;
}
