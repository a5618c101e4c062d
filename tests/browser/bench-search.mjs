// How long from a keystroke until the results stand on the page, in Chromium at a quarter of this machine's speed.
// `node tests/browser/bench-search.mjs`, with the built site in dist; `cargo xtask bench search` builds it first.

import assert from 'node:assert/strict';
import { write } from '../bench/figures.mjs';
import { closeBrowsers, launch } from './browsers.mjs';
import { serve } from './host.mjs';

const PAGE = 'notice/henan-2021-1/';
const QUERIES = ['备案', '职', 'z', 'zgzd', '〔2021〕', '3-12', '省级备案', '0371'];
const TIMES = 20;
const SLOWER = 4;
const ALLOWED = 10; // milliseconds, for 95 of 100

const host = await serve();
const browser = await launch();
try {
  const page = await browser.newPage();
  const devtools = await browser.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(host.url + PAGE);
  await page.focus('#q');
  await page.waitForFunction(() => document.documentElement.dataset.reader === 'ready');

  console.log(`${PAGE}, ${TIMES} times each, processor ${SLOWER} times slower, ${ALLOWED} ms allowed`);
  console.log('  median      p95  results  query');
  const empty = [];
  const figures = [];
  for (const query of QUERIES) {
    const { times, results } = await page.evaluate(typed, { query, times: TIMES });
    if (!results) {
      console.log(`${'nothing found'.padStart(26)}  ${query}`);
      empty.push(query);
      continue;
    }
    times.sort((a, b) => a - b);
    const [median, p95] = [0.5, 0.95].map((part) => times[Math.ceil(part * times.length) - 1]);
    console.log(`${median.toFixed(2).padStart(8)} ${p95.toFixed(2).padStart(8)} ${String(results).padStart(8)}  ${query}`);
    figures.push({ what: `results of ${query}, 95 of 100`, unit: 'ms', ours: p95, allowed: [ALLOWED] });
  }
  assert.ok(!empty.length, `without results: ${empty.join(' ')}`);
  write(figures);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await closeBrowsers();
  await host.close();
}

// In the page: types the whole query into the empty field, as often as asked for. A result counts when it is in the
// document; what the browser then needs to lay it out and paint it is not ours.
async function typed({ query, times }) {
  const field = document.getElementById('q');
  const count = () => document.querySelectorAll('#found [role=option]').length;
  const type = (text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const until = async (reached) => {
    const late = new Promise((done) => setTimeout(done, 5000));
    const seen = new Promise((done) => {
      new MutationObserver((_, observer) => {
        if (!reached()) return;
        done(performance.now());
        observer.disconnect();
      }).observe(document.body, { childList: true, subtree: true });
    });
    return Promise.race([seen, late]);
  };
  const took = [];
  for (let i = 0; i < times; i += 1) {
    if (count()) {
      const empty = until(() => !count());
      type('');
      await empty;
    }
    // layout and paint of what was there before do not count
    await new Promise((done) => setTimeout(done, 50));
    const full = until(() => count());
    const started = performance.now();
    type(query);
    const ended = await full;
    if (!ended) break;
    took.push(ended - started);
  }
  return { times: took, results: count() };
}
