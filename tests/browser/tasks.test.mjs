// The ten tasks of tasks.mjs, each in as many steps as it should take, and no more. With SCREENS=folder each step leaves a
// picture there and the folder's tasks.md is written anew: `cargo xtask tasks`.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { launch, root, serve, watch } from './harness.mjs';
import { test } from './limit.mjs';
import { handAt, tasks } from './tasks.mjs';

const DOC = join(root, 'docs/tasks.md');
const screens = process.env.SCREENS;
const done = [];

// Half as large as the window, as WebP: 10 KB a step.
async function picture(page, name) {
  const cdp = await page.context().newCDPSession(page);
  const clip = { x: await page.evaluate(() => scrollX), y: await page.evaluate(() => scrollY), width: 1366, height: 768, scale: 0.5 };
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 55, clip });
  await cdp.detach();
  writeFileSync(join(screens, name), Buffer.from(data, 'base64'));
}

if (screens) {
  rmSync(screens, { recursive: true, force: true });
  mkdirSync(screens, { recursive: true });
}

for (const task of tasks) {
  test(`${task.who}：${task.what}`, async (t) => {
    const host = await serve();
    t.after(() => host.close());
    const context = await launch({ viewport: { width: 1366, height: 768 }, permissions: ['clipboard-read', 'clipboard-write'] });
    t.after(() => context.close());
    const page = await context.newPage();
    const seen = watch(page, host);
    await page.addInitScript(() => { window.print = () => { window.printed = true; }; });
    const shown = (n) => [1, Math.ceil(task.steps / 2), task.steps].includes(n);
    const taken = screens && task.id !== 'phone' ? async (n) => shown(n) && picture(page, `${task.id}-${n}.webp`) : undefined;
    const hand = handAt(page, host.url, { picture: taken, after: (clear) => t.after(clear) });
    await task.before(hand);
    await task.run(hand);
    await task.done(hand);
    assert.equal(hand.steps.length, task.steps, hand.steps.join('；'));
    done.push({ ...task, taken: hand.steps });
    seen.check();
  });
}

// A table of all, then each task step by step.
function written() {
  const lines = [
    '# 十件事，各要几步', '',
    '一步是点一下、填一格、选一项或选一个文件。步数由脚本实际做一遍数出来（`tests/browser/tasks.mjs`），每次检查都重做：多一步就不通过。',
    '`cargo xtask tasks` 重做一遍并更新本页和图片。', '',
    '| 谁 | 要做什么 | 从哪里开始 | 步数 |', '| --- | --- | --- | --- |',
    ...done.map((it) => `| ${it.who} | ${it.what} | ${it.from} | ${it.steps} |`),
  ];
  for (const it of done) {
    lines.push('', `## ${it.who}：${it.what}`, '', `从${it.from}开始，${it.steps} 步：`, '', ...it.taken.map((step, i) => `${i + 1}. ${step}`));
    if (it.id !== 'phone') lines.push('', ...[...new Set([1, Math.ceil(it.taken.length / 2), it.taken.length])].map((n) => `![第 ${n} 步以后](tasks/${it.id}-${n}.webp)`));
  }
  return `${lines.join('\n')}\n`;
}

after(() => {
  if (done.length < tasks.length) return;
  if (screens) writeFileSync(DOC, written());
  else assert.equal(readFileSync(DOC, 'utf8'), written(), 'docs/tasks.md is not what is done: cargo xtask tasks');
});
