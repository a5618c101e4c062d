// The ten tasks of tasks.mjs, each in no more steps than it should take, as counted in should.mjs. With SCREENS=folder the first
// step, the last and one between leave a picture there and docs/tasks.md is written anew: `cargo xtask tasks`.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { launch, root, serve, watch } from './harness.mjs';
import { test } from './limit.mjs';
import { should } from './should.mjs';
import { handAt, tasks } from './tasks.mjs';

const DOC = join(root, 'docs/tasks.md');
const screens = process.env.SCREENS;
const done = [];

// Half as large as the window, as WebP: 10 KB a step.
async function picture(page) {
  const cdp = await page.context().newCDPSession(page);
  const clip = { x: await page.evaluate(() => scrollX), y: await page.evaluate(() => scrollY), width: 1366, height: 768, scale: 0.5 };
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 55, clip });
  await cdp.detach();
  return Buffer.from(data, 'base64');
}

if (screens) {
  rmSync(screens, { recursive: true, force: true });
  mkdirSync(screens, { recursive: true });
}

// After which steps a picture is shown.
const shown = (of) => [...new Set([1, Math.ceil(of / 2), of])];

test('for each task it is said how many steps it should take', () => {
  assert.deepEqual(Object.keys(should), tasks.map((it) => it.id));
});

for (const task of tasks) {
  test(`${task.who}：${task.what}`, async (t) => {
    const host = await serve();
    t.after(() => host.close());
    const context = await launch({ viewport: { width: 1366, height: 768 }, permissions: ['clipboard-read', 'clipboard-write'] });
    t.after(() => context.close());
    const page = await context.newPage();
    const seen = watch(page, host);
    await page.addInitScript(() => { window.print = () => { window.printed = true; }; });
    const pictures = [];
    const taken = screens && task.id !== 'phone' ? async () => pictures.push(await picture(page)) : undefined;
    const hand = handAt(page, host.url, { picture: taken, after: (clear) => t.after(clear) });
    await task.before(hand);
    await task.run(hand);
    await task.done(hand);
    const { by, steps } = should[task.id];
    assert.ok(hand.steps.length <= steps.length, `${hand.steps.length} steps and not ${steps.length}: ${hand.steps.join('；')}`);
    for (const n of pictures.length ? shown(pictures.length) : []) writeFileSync(join(screens, `${task.id}-${n}.webp`), pictures[n - 1]);
    done.push({ ...task, by, should: steps, taken: hand.steps });
    seen.check();
  });
}

// What should be done, of twenty alike only the first.
const listed = ({ should: steps }) => (steps.length < 10 ? steps.join('；') : `${steps[0]}，以下同`);

// A table of all, then each task step by step.
function written() {
  const lines = [
    '# 十件事，各要几步', '',
    '一步是点一下、填一格、选一项或选一个文件。“应”是照网页和说明的文字数的（`tests/browser/should.mjs`），“实际”由脚本做一遍数出来',
    '（`tests/browser/tasks.mjs`），每次检查都重做：实际多于应有的就不通过。',
    '`cargo xtask tasks` 重做一遍并更新本页和图片。', '',
    '| 谁 | 要做什么 | 从哪里开始 | 应 | 实际 |', '| --- | --- | --- | --- | --- |',
    ...done.map((it) => `| ${it.who} | ${it.what} | ${it.from} | ${it.should.length} | ${it.taken.length} |`),
  ];
  for (const it of done) {
    lines.push('', `## ${it.who}：${it.what}`, '', `应 ${it.should.length} 步（${it.by}）：${listed(it)}。`, '', `从${it.from}开始，实际 ${it.taken.length} 步：`, '', ...it.taken.map((step, i) => `${i + 1}. ${step}`));
    if (it.id !== 'phone') lines.push('', ...shown(it.taken.length).map((n) => `![第 ${n} 步以后](tasks/${it.id}-${n}.webp)`));
  }
  return `${lines.join('\n')}\n`;
}

after(() => {
  if (done.length < tasks.length) return;
  if (screens) writeFileSync(DOC, written());
  else assert.equal(readFileSync(DOC, 'utf8'), written(), 'docs/tasks.md is not what is done: cargo xtask tasks');
});
