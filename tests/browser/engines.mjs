// The whole job in each engine, one after the other, for `cargo xtask test --engines`:
//
//   node tests/browser/engines.mjs                       all of them; writes docs/browsers.md where all could be had
//   node tests/browser/engines.mjs 'Chromium 87' Firefox only these; their columns are kept in target/engines
//   node tests/browser/engines.mjs --table               writes docs/browsers.md from the columns that are kept
//
// ONLY picks steps by parts of their names, SHOTS names a folder for pictures of what failed, DIST another built site.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drivers } from './drivers.mjs';
import { root } from './host.mjs';
import { whole } from './job.mjs';
import { tableOf } from './table.mjs';

const wanted = process.argv.slice(2);
const kept = join(root, 'target/engines');
const file = (name) => join(kept, `${name}.json`);
let failed = false;
// no column of another build beside those of this one
if (!wanted.length) rmSync(kept, { recursive: true, force: true });
mkdirSync(kept, { recursive: true });
for (const [name, { open, missing }] of Object.entries(drivers)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const why = missing();
  if (why) {
    console.log(`# ${name}: not tried, ${why}`);
    continue;
  }
  const begun = Date.now();
  const driver = await open();
  console.log(`# ${name}, ${driver.version}`);
  const told = ({ name, skipped, untried, weaker, failure }) => {
    const words = failure ? `FAILED\n${failure.stack}` : weaker ? `weaker: ${weaker}` : skipped ? `skipped, ${skipped}` : untried ? `passed, ${untried}` : 'passed';
    console.log(`${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${name}: ${words}`);
    failed ||= !!failure;
  };
  let pictures = 0;
  const shot = async () => process.env.SHOTS && driver.shot(join(process.env.SHOTS, `${name}-${(pictures += 1)}.png`));
  try {
    const outcome = await whole(driver, { only: process.env.ONLY?.split(','), told, shot });
    const plain = outcome.map((it) => ({ ...it, failure: it.failure && String(it.failure) }));
    if (!process.env.ONLY) writeFileSync(file(name), JSON.stringify({ name, version: driver.version, outcome: plain }));
  } finally {
    await driver.end();
  }
}
const names = Object.keys(drivers);
const all = names.every((it) => existsSync(file(it))) && (!wanted.length || wanted.includes('--table'));
if (all) writeFileSync(join(root, 'docs/browsers.md'), tableOf(names.map((it) => JSON.parse(readFileSync(file(it), 'utf8')))));
console.log(all ? 'wrote docs/browsers.md' : 'docs/browsers.md is left as it is');
process.exit(failed ? 1 : 0);
