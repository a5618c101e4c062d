// Makes the pictures of the guides anew from a built site: DIST=dist node docs/release/pictures.mjs
//
// Drawings are pages of their own below; CHROME names the browser, WINDOW is what `ziping serve` printed.

import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tests/browser/host.mjs';

const { chromium } = createRequire(new URL('../../tests/browser/', import.meta.url))('playwright-core');
const into = (name) => fileURLToPath(new URL(`pictures/${name}.png`, import.meta.url));

const style = `<style>
  body { margin: 0; padding: 14px; font: 15px/1.6 "Noto Sans CJK SC", sans-serif; background: #fff; color: #222; display: inline-flex; gap: 14px; align-items: center; }
  .box { border: 2px solid #1f5fa8; border-radius: 6px; padding: 8px 12px; background: #f5f9ff; } .box b { display: block; }
  .box ul { margin: 4px 0 0; padding-left: 18px; } .box code { font: 13px "Noto Sans Mono", monospace; } .in { margin-top: 6px; background: #fff; }
  .to { text-align: center; color: #1f5fa8; font-weight: 700; } .to i { display: block; font: 30px/1 sans-serif; }
  pre { margin: 0; background: #111; color: #eee; font: 14px/1.55 "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace; padding: 12px 16px; }
  .title { background: #ddd; color: #222; font-size: 13px; padding: 4px 10px; }
</style>`;
const arrow = (words) => `<div class="to">${words}<i>➜</i></div>`;
const drawings = {
  unpack: `<div class="box"><b>解压得到的文件夹</b><code>README-zh.html</code> 请先读我<br><code>hosts</code> 各种服务器的设置
      <div class="box in"><b>site</b><code>index.html<br>404.html<br>selfcheck.html<br>offline.html<br>assets …<br>sheet …</code></div></div>
    ${arrow('复制 site <u>里面</u>的全部')}
    <div class="box"><b>服务器的网站文件夹</b>如 <code>C:\\inetpub\\wwwroot\\zp</code><br>或 <code>/var/www/zp</code>
      <div class="box in"><code>index.html<br>404.html<br>selfcheck.html<br>offline.html<br>assets …<br>sheet …</code></div>
      <div class="box in"><code>web.config</code> 或 <code>.htaccess</code>（从 hosts 来）</div></div>`,
  steps: `<div class="box"><b>1 双击 start.cmd</b>浏览器打开<br>本机的网站</div>${arrow('看着')}
    <div class="box"><b>2 用记事本改</b><code>content</code>、<code>rubrics</code><br>按 Ctrl+S，网页自己刷新</div>${arrow('改好了')}
    <div class="box"><b>3 双击 build.cmd</b>新网站在<br><code>dist</code> 里</div>${arrow('复制里面的')}
    <div class="box"><b>4 服务器</b>网站文件夹</div>`,
  window: `<div><div class="title">C:\\Users\\rsj\\Desktop\\ziping\\start.cmd</div><pre>${process.env.WINDOW ?? ''}</pre></div>`,
};

const host = await serve();
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROME, args });
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 700 }, locale: 'zh-CN' });
  for (const [name, drawing] of Object.entries(drawings)) {
    if (name === 'window' && !process.env.WINDOW) continue;
    await page.setContent(style + drawing);
    await page.locator('body').screenshot({ path: into(name) });
  }
  await page.setViewportSize({ width: 1024, height: 640 });
  await page.goto(host.url);
  await page.screenshot({ path: into('home') });
  // on a host with mistakes, which are told
  await page.setViewportSize({ width: 900, height: 560 });
  await page.goto(`${host.url}selfcheck.html`);
  await page.getByText('检查完了').waitFor();
  await page.screenshot({ path: into('selfcheck') });
} finally {
  await browser.close();
  await host.close();
}
// a few colours are enough, and a third of the bytes; without ImageMagick they are only larger
for (const name of ['unpack', 'steps', 'window', 'home', 'selfcheck']) {
  try {
    execFileSync('convert', [into(name), '-strip', '+dither', '-colors', '48', `png8:${into(name)}`], { stdio: 'ignore' });
  } catch {
    console.error(`${name}.png stays as it is`);
  }
}
