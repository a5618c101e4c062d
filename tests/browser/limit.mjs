// `test` of node:test for all files here, with an end: a browser stops for good now and then, and whoever waits for its answer
// would wait as long, without a word of which test it was.
//
// A test that takes longer than LONGEST is given up, what it started is killed, and it begins once more; the second time it fails.
// An assertion that fails is never tried again.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test as plain } from 'node:test';
import { closeBrowsers } from './browsers.mjs';

// In ms; the longest test takes 80 s on two processors that do nothing else.
const LONGEST = Number(process.env.LONGEST ?? 300_000);
const LATE = Symbol('late');

// As that of node:test: a name, perhaps options, and a function.
export function test(name, ...rest) {
  const run = rest.pop();
  return plain(name, ...rest, (t) => within(t, run));
}

async function within(t, run) {
  if (await ended(t, run)) return;
  const killed = killStarted();
  t.diagnostic(`no end after ${LONGEST} ms, begun once more; killed: ${killed.join(', ')}`);
  // so that the next is not given one that is dead
  await closeBrowsers();
  if (await ended(t, run)) return;
  assert.fail(`no end after ${LONGEST} ms, twice; killed: ${killStarted().join(', ')}`);
}

// Whether it ended; what fails later, because of what was killed, is nobody's concern any more.
async function ended(t, run) {
  let late;
  const over = new Promise((done) => (late = setTimeout(done, LONGEST, LATE)));
  try {
    return (await Promise.race([Promise.resolve(run(t)), over])) !== LATE;
  } finally {
    clearTimeout(late);
  }
}

// Kills all processes below this one, and says their names.
function killStarted() {
  const all = readdirSync('/proc').filter((it) => /^\d+$/.test(it)).flatMap((pid) => {
    try {
      const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return [{ pid: Number(pid), name, parent: Number(rest.split(' ')[1]) }];
    } catch { return []; /* it ended meanwhile */ }
  });
  const ours = all.filter((it) => it.parent === process.pid);
  for (const it of ours) ours.push(...all.filter((child) => child.parent === it.pid));
  for (const { pid } of ours) try { process.kill(pid, 'SIGKILL'); } catch { /* gone with the others */ }
  return ours.map((it) => it.name);
}
