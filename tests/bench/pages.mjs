// How fast pages are there, beside others with the same words, all in one run: nothing cached, brotli, 1.6 Mbit/s with 150 ms
// a round trip, a processor four times slower. The middle one of ROUNDS, each round in another order.
// `node tests/bench/pages.mjs`, with the built site in dist, or where DIST says; `cargo xtask bench pages` builds it.

import { median, write } from './figures.mjs';
import { BOOK, SURVEY, onGround } from './ground.mjs';
import { PLAIN, SCRIPT } from './peers.mjs';
import { times, visit } from './throttled.mjs';
import { search, way } from './ways.mjs';

const ROUNDS = Number(process.argv[2] ?? process.env.ROUNDS ?? 9);

// Pages that are opened once: what is asked of each, and the address.
const pages = {
  'notice': ['site/notice/henan-2021-1/'],
  'notice, plain': ['peers/plain/notice/'],
  'notice, book': ['peers/book/henan-2021-1.html'],
  'home': ['site/'],
  'home, plain': ['peers/plain/home/'],
  'sheet': ['site/sheet/1/', true],
  'sheet, plain': ['peers/plain/sheet/'],
  'sheet, script': ['peers/script/', true],
  'sheet, survey': ['peers/survey/', true],
  'dossier': ['site/dossier/', true],
  'open': ['site/open/', true],
  'desk': ['site/desk/', true],
};

await onGround(async ({ browser, host }) => {
  const open = ([path, ready]) => visit(browser, (page) => times(page, host.url + path, ready));
  const jobs = Object.entries(pages).map(([name, page]) => [name, () => open(page)]);
  const found = (path, ...at) => () => visit(browser, (page) => search(page, host.url + path, ...at));
  jobs.push(
    ['way', () => visit(browser, (page) => way(page, host.url))],
    ['search', found('site/notice/henan-2021-1/', '#q', '#found [role=option]', '#found')],
    ['search, pagefind', found('peers/pagefind/henan-2021-1/', '.pagefind-ui__search-input', '.pagefind-ui__result-link', '.pagefind-ui__results')],
  );
  const wanted = process.env.ONLY ? jobs.filter(([name]) => new RegExp(process.env.ONLY).test(name)) : jobs;
  const measured = new Map(wanted.map(([name]) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    const first = round % wanted.length;
    for (const [name, run] of [...wanted.slice(first), ...wanted.slice(0, first)]) {
      const got = await run();
      // the first round only warms up: files are packed and programs read from the disk
      if (round) measured.get(name).push(got);
    }
    console.log(`round ${round} of ${ROUNDS}`);
  }
  const middle = (name, what) => median(measured.get(name).map((it) => it[what]));
  if (process.env.ONLY) {
    for (const [name, all] of measured) {
      console.log(name, Object.fromEntries(Object.keys(all[0]).map((what) => [what, Math.round(middle(name, what))])));
    }
  } else {
    write(figures(middle));
  }
});

function figures(middle) {
  const survey = middle('sheet, survey', 'ready');
  const ready = (what, name, most) =>
    ({ what: `${what} ready`, unit: 'ms', ours: middle(name, 'ready'), beside: { [SURVEY]: survey }, allowed: [[most, SURVEY]] });
  return [
    {
      what: 'first paint of a notice', unit: 'ms', ours: middle('notice', 'paint'),
      beside: { [PLAIN]: middle('notice, plain', 'paint'), [BOOK]: middle('notice, book', 'paint') },
      allowed: [[1.1, PLAIN], [0.9, BOOK]],
    },
    {
      what: 'first paint of a sheet', unit: 'ms', ours: middle('sheet', 'paint'),
      beside: { [PLAIN]: middle('sheet, plain', 'paint'), [SCRIPT]: middle('sheet, script', 'paint'), [SURVEY]: middle('sheet, survey', 'paint') },
      allowed: [[1.1, PLAIN]],
    },
    {
      what: 'sheet ready for input', unit: 'ms', ours: middle('sheet', 'ready'),
      beside: { [SURVEY]: survey, [SCRIPT]: middle('sheet, script', 'ready') }, allowed: [[0.35, SURVEY]],
    },
    {
      what: 'home complete', unit: 'ms', ours: middle('home', 'complete'),
      beside: { [PLAIN]: middle('home, plain', 'complete') }, allowed: [[1.1, PLAIN]],
    },
    ready('dossier', 'dossier', 0.43),
    ready('opening what was sent', 'open', 0.45),
    ready('desk', 'desk', 0.54),
    { what: 'from a dossier to its sheet, the second time', unit: 'ms', ours: middle('way', 'there'), allowed: [60] },
    { what: 'and back', unit: 'ms', ours: middle('way', 'back'), allowed: [60] },
    { what: 'the sheet, loaded again with all in the cache', unit: 'ms', ours: middle('way', 'again') },
    {
      what: 'first result of a search, typed at once', unit: 'ms', ours: middle('search', 'first'),
      beside: { pagefind: middle('search, pagefind', 'first') },
    },
    {
      what: 'first result of the next search', unit: 'ms', ours: middle('search', 'next'),
      beside: { pagefind: middle('search, pagefind', 'next') },
    },
  ];
}
