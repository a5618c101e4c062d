// What a benchmark of pages stands on: the built site in dist, or where DIST says, the same words made by others beside it, a
// host for both, and a browser.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '../browser/node_modules/playwright-core/index.mjs';
import { dist, root } from '../browser/host.mjs';
import { build } from './peers.mjs';
import { serve } from './throttled.mjs';

export const SURVEY = 'SurveyJS';
export const BOOK = 'mdBook';

const ziping = join(root, process.env.ZIPING ?? 'target/release/ziping');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// What our program answers.
export const asked = (words, input = '') =>
  execFileSync(ziping, [...words, '--quiet'], { cwd: root, input, maxBuffer: 1e9, encoding: 'utf8' });

// `then` gets the browser, the host, which has the site below `site/` and the others below `peers/`, and the rubrics.
export async function onGround(then) {
  const { rubrics } = JSON.parse(asked(['rubrics']));
  const into = join(root, 'target/bench/peers');
  build({ site: dist, root, into, rubrics, mdbook: join(root, 'target/tools/bin/mdbook') });
  const host = await serve({ site: dist, peers: into });
  const executablePath = process.env.CHROME ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
  const browser = await chromium.launch({ executablePath, headless: true, args: flags });
  try {
    return await then({ browser, host, rubrics });
  } finally {
    await browser.close();
    await host.close();
  }
}
