// Every page as it is in its file is well-formed HTML that says what it means: html-validate with all that it recommends and all
// that it knows of access for everybody. What we do otherwise is listed here with its reason; what no page does any more may not
// stay in the list.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { dist } from './harness.mjs';
import { test } from './limit.mjs';

// Ways of writing that make no difference to any browser.
const STYLE = {
  'doctype-style': 'off',
  'attribute-boolean-style': 'off',
  'attribute-empty-style': 'off',
  // numbers of rows and clauses are addresses: HTML asks for no more than that there is no space in them
  'valid-id': ['error', { relaxed: true }],
};

// Rule, what it objects to, and why we do it.
const OTHERWISE = [
  ['wcag/h32', /form/, 'the search field finds while one types, Enter goes to the first result, and without scripts it is not shown'],
  ['wcag/h71', /legend/, 'the question of the guided start is the heading of its page, which names the group by aria-labelledby'],
  ['aria-label-misuse', /aria-label/, 'a list may have a name, and the picture of who files where has no heading of its own'],
  ['prefer-native-element', /<section>/, 'a box that scrolls is a region for the keyboard and no part of the outline'],
  ['no-deprecated-attr', /"width" is deprecated on <col>/, 'widths of columns for paper, where the policy admits no style attribute'],
  ['tel-non-breaking', /hyphen/, 'telephone numbers stand as printed, and are kept in one line by .tel'],
];

// offline.html is no text: what stands in its blocks are these same pages.
const files = readdirSync(dist, { recursive: true }).filter((it) => it.endsWith('.html') && it !== 'offline.html').sort();

test('every page is valid HTML', async (t) => {
  const validator = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:recommended', 'html-validate:a11y'], rules: STYLE }));
  const wrong = [];
  const used = new Set();
  for (const file of files) {
    const report = await validator.validateString(readFileSync(join(dist, file), 'utf8'), file);
    for (const it of report.results.flatMap((it) => it.messages)) {
      const known = OTHERWISE.find(([rule, what]) => rule === it.ruleId && what.test(it.message));
      if (known) used.add(known[0]);
      else wrong.push(`${file}:${it.line}:${it.column} ${it.ruleId}: ${it.message}`);
    }
  }
  t.diagnostic(`${files.length} pages`);
  assert.ok(40 < files.length, `${files.length} pages`);
  assert.deepEqual(wrong, []);
  assert.deepEqual(OTHERWISE.map((it) => it[0]).filter((it) => !used.has(it)), [], 'no page does this any more');
});
