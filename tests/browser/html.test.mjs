// Every page as it is in its file is well-formed HTML that says what it means. What we do otherwise is listed in valid.mjs with its
// reason; what no page does any more may not stay in the list.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './harness.mjs';
import { test } from './limit.mjs';
import { OTHERWISE, invalid } from './valid.mjs';

// offline.html is no text: what stands in its blocks are these same pages.
const files = readdirSync(dist, { recursive: true }).filter((it) => it.endsWith('.html') && it !== 'offline.html').sort();

test('every page is valid HTML', async (t) => {
  const wrong = [];
  const used = new Set();
  for (const file of files) wrong.push(...await invalid(readFileSync(join(dist, file), 'utf8'), file, used));
  t.diagnostic(`${files.length} pages`);
  assert.ok(40 < files.length, `${files.length} pages`);
  assert.deepEqual(wrong, []);
  assert.deepEqual(OTHERWISE.filter((_, i) => !used.has(i)).map((it) => it[0]), [], 'no page does this any more');
});
