// Makes the pictures of docs/clerk.md anew: each recipe is done in a copy of the site and the page photographed that it shows.
// What is done stands in the guide; tests/it/clerk.rs tries all of it.
//
//   cargo build && CHROME=/usr/bin/chromium node tests/browser/clerk.mjs
//
// ZIPING names another program. The compiled app is not needed: pages that only read have none.

import { execFile, execFileSync } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { root, serve } from './host.mjs';
import { small } from './small-png.mjs';

const ziping = process.env.ZIPING ?? join(root, 'target/debug/ziping');
const chrome = process.env.CHROME ?? 'chromium';
// A picture with nothing in it has fewer bytes.
const EMPTY = 2000;
const into = (name) => join(root, 'docs/clerk', `${name}.png`);
const folder = await mkdtemp(join(tmpdir(), 'clerk-'));

// Stand-ins for what is compiled, and the scripts as they are.
const app = join(folder, 'app');
await mkdir(app);
for (const name of ['app.wasm', 'app.js', 'reader.wasm', 'reader.js', 'reader-fallback.js']) await writeFile(join(app, name), '');
for (const name of await readdir(join(root, 'assets'))) await copyFile(join(root, 'assets', name), join(app, name));

// The blocks of the guide with the lines before them, by recipe.
function recipes(text) {
  const all = [];
  let [before, block] = ['', undefined];
  for (const line of text.split('\n')) {
    if (line === '```' && block === undefined) block = '';
    else if (line === '```') {
      all.at(-1)?.blocks.push({ before, block });
      block = undefined;
    } else if (block !== undefined) block += `${line}\n`;
    else if (line.startsWith('## ')) all.push({ title: line.slice(3), blocks: [] });
    else if (line) {
      before = line;
      if (/^(打开|新建) `/.test(line)) all.at(-1).file = line.split('`')[1];
    }
  }
  return all;
}

async function done(recipe, wrong) {
  const site = await mkdtemp(join(folder, 'site-'));
  for (const name of ['content', 'rubrics', 'site.toml']) await cp(join(root, name), join(site, name), { recursive: true });
  const file = recipe.file && join(site, recipe.file);
  let find;
  for (const { before, block } of recipe.blocks) {
    const put = wrong ?? block;
    if (before.endsWith('找到：')) find = block.trimEnd();
    else if (before.endsWith('改成：')) await writeFile(file, (await readFile(file, 'utf8')).replace(find, put.trimEnd()));
    else if (before.endsWith('在末尾加上：')) await writeFile(file, `${await readFile(file, 'utf8')}\n${put}`);
    else if (before.startsWith('新建 `')) await writeFile(file, put);
  }
  return site;
}

const told = (site) => {
  try {
    return execFileSync(ziping, ['check', '--app', app], { cwd: site, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return error.stdout + error.stderr;
  }
};

// Waited for, and not stood still for: the host must answer meanwhile.
async function photograph(name, url, width = 900, height = 460) {
  const shot = join(folder, `${name}.png`);
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--lang=zh-CN', '--disable-background-networking', '--virtual-time-budget=3000'];
  // on a busy machine the browser is sometimes done before the page in the frame is
  for (let left = 5; 0 < left; left -= 1) {
    await promisify(execFile)(chrome, [...args, `--window-size=${width},${height}`, `--screenshot=${shot}`, url]);
    const picture = small(await readFile(shot));
    if (EMPTY < picture.length) return writeFile(into(name), picture);
  }
  throw new Error(`${url} stays empty`);
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const style = `<meta charset="utf-8"><style>
  body { margin: 0; padding: 16px; font: 15px/1.6 "Noto Sans CJK SC", sans-serif; background: #fff; color: #222; }
  .window { border: 1px solid #888; border-radius: 6px; overflow: hidden; margin-bottom: 14px; } .title { background: #ddd; font-size: 13px; padding: 4px 10px; }
  pre { margin: 0; padding: 10px 14px; font: 14px/1.6 "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace; white-space: pre-wrap; } .black { background: #111; color: #eee; }
  mark { background: #ffe08a; } .row { display: flex; gap: 16px; align-items: center; } .box { border: 2px solid #1f5fa8; border-radius: 6px; padding: 8px 14px; background: #f5f9ff; }
  .box b { display: block; } code { font: 13px "Noto Sans Mono", monospace; } .to { color: #1f5fa8; font-weight: 700; text-align: center; }
</style>`;
const window = (title, body, black) => `<div class="window"><div class="title">${title}</div><pre class="${black ? 'black' : ''}">${body}</pre></div>`;

async function draw(name, html, height) {
  const file = join(folder, `${name}.html`);
  await writeFile(file, style + html);
  await photograph(name, pathToFileURL(file).href, 860, height);
}

try {
  await mkdir(join(root, 'docs/clerk'), { recursive: true });
  const all = recipes(await readFile(join(root, 'docs/clerk.md'), 'utf8'));
  const pages = [['一', 'phone', ''], ['二', 'notice', ''], ['三', 'row', '#1-3'], ['四', 'later', '#2026-05'], ['五', 'name', '']];
  for (const [number, name, fragment] of pages) {
    const recipe = all.find((it) => it.title.startsWith(number));
    const site = await done(recipe);
    execFileSync(ziping, ['build', '--app', app, '--quiet'], { cwd: site });
    const host = await serve(join(site, 'dist'));
    const seen = recipe.blocks.find((it) => it.before.endsWith('看到：')).before.split('`').at(-2).replace('index.html', '');
    // a window that is photographed does not stand where its address says, a frame in it does
    const frame = join(folder, `${name}-frame.html`);
    await writeFile(frame, `<body style="margin:0"><iframe src="${host.url + seen + fragment}" style="border:0;width:100vw;height:100vh;display:block"></iframe>`);
    await photograph(name, pathToFileURL(frame).href);
    await host.close();
  }
  const row = all.find((it) => it.title.startsWith('三'));
  const wrong = row.blocks.find((it) => it.before.endsWith('如果写成：')).block;
  const lines = (await readFile(join(root, row.file), 'utf8')).split('\n');
  const find = row.blocks.find((it) => it.before.endsWith('找到：')).block.trimEnd();
  const at = lines.indexOf(find);
  const shown = [...lines.slice(at - 3, at), null, ...lines.slice(at + 1, at + 4)].map((it) => (it === null ? `<mark>${escaped(wrong.trimEnd())}</mark>` : escaped(it)));
  const says = told(await done(row, wrong));
  await draw('window', window(`employer-public.toml - 记事本`, shown.join('\n')) + window('D:\\zp\\check.cmd', escaped(says), true), 400);
  const box = (title, list) => `<div class="box"><b>${title}</b>${list.map((it) => `<code>${it}</code>`).join('<br>')}</div>`;
  const to = (words) => `<div class="to">${words}<br>➜</div>`;
  await draw('publish', `<div class="row">${box('双击 build.cmd', ['没有问题，才生成'])}${to('得到')}${box('dist 文件夹', ['assets …', 'notice …', 'rubric …', 'index.html'])}${to('1 先复制 assets<br>2 再复制其余<br>3 最后 index.html')}${box('服务器的网站文件夹', ['assets …', 'notice …', 'rubric …', 'index.html'])}</div>`, 190);
} finally {
  await rm(folder, { recursive: true, force: true });
}
