// Prints the blank forms of a built site with Chromium: node print.mjs SITE INTO, where INTO is a folder that is there.
//
// Page ends are worked out beforehand, so no script of the site runs. The site stands at the address that its own pages
// say, so that links in the file lead there and are the same whichever port is free.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { chromium } = createRequire(new URL('../../../tests/browser/', import.meta.url))('playwright-core');
const [site, into] = process.argv.slice(2);
const rubrics = [1, 2, 3, 4, 5, 6].map((annex) => [`rubric/${annex}/`, `blank-annex-${annex}.pdf`]);
const ROWS = 26;

const address = /data-address="([^"]+)"/.exec(readFileSync(join(site, 'scope/index.html'), 'utf8'))[1];
const types = { html: 'text/html; charset=utf-8', css: 'text/css' };
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROME, args });
try {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await context.route('**/*', (route) => {
    const below = route.request().url().slice(address.length).split(/[?#]/)[0];
    const file = !below || below.endsWith('/') ? `${below}index.html` : below;
    const contentType = types[file.split('.').pop()];
    return contentType ? route.fulfill({ body: readFileSync(join(site, file)), contentType }) : route.abort();
  });
  const page = await context.newPage();
  const print = async (name) => {
    await page.evaluate(() => document.fonts.ready);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true });
    writeFileSync(join(into, name), same(pdf));
  };
  for (const [below, name] of rubrics) {
    await page.goto(address + below);
    await print(name);
  }
  // the declaration prints what is in it, so there is no page of an empty one: the same table with empty rows
  const editions = new URL('../../../rubrics/', import.meta.url);
  const newest = readdirSync(editions).filter((it) => existsSync(new URL(`${it}/scope.toml`, editions))).sort().pop();
  const scope = readFileSync(new URL(`${newest}/scope.toml`, editions), 'utf8');
  const columns = /^columns\s*=\s*\[([^\]]*)\]/m.exec(scope)[1].match(/[^",\s]+/g);
  await page.goto(`${address}scope/`);
  await page.evaluate(([columns, rows]) => {
    const cells = (name) => columns.map((it) => `<${name}>${name === 'th' ? it : '　'}</${name}>`).join('');
    document.querySelector('main').innerHTML = `<section class="printed"><div class="declared"><h2>评价范围</h2>
      <p class="whose"><span>申请单位：＿＿＿＿＿＿＿＿</span><span>日期：＿＿＿＿年＿＿月＿＿日</span></p>
      <table><thead><tr>${cells('th')}</tr></thead><tbody>${`<tr>${cells('td')}</tr>`.repeat(rows)}</tbody></table>
      </div></section>`;
  }, [columns, ROWS]);
  await print('blank-scope.pdf');
} finally {
  await browser.close();
}

// Without the time of printing, and with the marks of the structure counted from one: Chromium goes on counting from
// whatever it did before. Nothing gets longer or shorter, so every place in the file stays.
function same(pdf) {
  const text = pdf.toString('latin1').replace(/(\/(?:CreationDate|ModDate) \(D:)\d{14}/g, '$119800101000000');
  const marks = [...new Set(text.match(/node\d{8}/g) ?? [])].sort();
  const counted = new Map(marks.map((mark, n) => [mark, `node${String(n + 1).padStart(8, '0')}`]));
  return Buffer.from(text.replace(/node\d{8}/g, (mark) => counted.get(mark)), 'latin1');
}
