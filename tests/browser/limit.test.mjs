// A browser that stops for good ends no suite: what waited for it begins once more, and fails the second time.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './host.mjs';
import { test } from './limit.mjs';

const from = (file) => JSON.stringify(pathToFileURL(join(root, 'tests/browser', file)).href);
const FILE = `
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { launch } from ${from('harness.mjs')};
import { test } from ${from('limit.mjs')};

// every process of the browser stops, as it does by itself now and then
const below = (pid) => { try { return readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ').pop().split(' ')[1] === String(process.pid); } catch { return false; } };
const stop = () => readdirSync('/proc').filter((it) => /^[0-9]+$/.test(it) && below(it)).forEach((pid) => process.kill(Number(pid), 'SIGSTOP'));
let turns = 0;
const open = async (t) => {
  const context = await launch();
  t.after(() => context.close());
  return context.newPage();
};
test('stops once', async (t) => {
  const page = await open(t);
  if ((turns += 1) === 1) stop();
  assert.equal(await page.evaluate(() => 1 + 1), 2);
});
test('stops always', async (t) => {
  const page = await open(t);
  stop();
  await page.evaluate(() => 1 + 1);
});
test('fails', () => { turns = 100; assert.equal(1, 2); });
test('comes after', async (t) => { await (await open(t)).evaluate(() => 1); assert.equal(turns, 100); });
`;

test('a test whose browser stops begins once more, and one whose browser stops again fails by name', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ziping-limit-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'stops.test.mjs');
  await writeFile(file, FILE);
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const { stdout } = spawnSync(process.execPath, ['--test-reporter=tap', file], { env: { ...env, LONGEST: '5000' }, encoding: 'utf8', timeout: 120_000 });
  const lines = stdout.split('\n').filter((it) => /^(ok|not ok|# no end|  error:)/.test(it));
  assert.equal(lines.filter((it) => it.startsWith('# no end after 5000 ms, begun once more; killed: chrom')).length, 2, stdout);
  assert.deepEqual(lines.filter((it) => /^(ok|not ok)/.test(it)), ['ok 1 - stops once', 'not ok 2 - stops always', 'not ok 3 - fails', 'ok 4 - comes after']);
  assert.match(stdout, /no end after 5000 ms, twice; killed: chrom/);
});
