// html-validate with all that it recommends and all that it knows of access for everybody: of the pages as they are in their
// files (html.test.mjs) and as the program has made them in each of their states (everyone.test.mjs).

import { HtmlValidate, StaticConfigLoader } from 'html-validate';

// Ways of writing that make no difference to any browser.
const STYLE = {
  'doctype-style': 'off',
  'attribute-boolean-style': 'off',
  'attribute-empty-style': 'off',
  // numbers of rows and clauses are addresses: HTML asks for no more than that there is no space in them
  'valid-id': ['error', { relaxed: true }],
};

// Rule, what it objects to, and why we do it.
export const OTHERWISE = [
  ['wcag/h32', /form/, 'the search field finds while one types, Enter goes to the first result, and without scripts it is not shown'],
  ['wcag/h71', /legend/, 'the question of the guided start is the heading of its page, which names the group by aria-labelledby'],
  ['aria-label-misuse', /aria-label/, 'a list may have a name, and the picture of who files where has no heading of its own'],
  ['prefer-native-element', /<section>/, 'a box that scrolls is a region for the keyboard and no part of the outline'],
  ['no-deprecated-attr', /"width" is deprecated on <col>/, 'widths of columns for paper, where the policy admits no style attribute'],
  ['tel-non-breaking', /hyphen/, 'telephone numbers stand as printed, and are kept in one line by .tel'],
];

// The same of what only the program makes.
export const LIVE = [
  ['prefer-native-element', /<select>/, 'results under a search field have marks and more than one line; the options of a <select> have not'],
  ['no-redundant-role', /./, 'tables that are laid out as cards on a telephone, where they would be no tables any more'],
  ['element-permitted-content', /<details> element is not permitted as a descendant of <th>/, 'a <th> may have no section and no heading in it; <details> is neither'],
  // of the site in one file
  ['attribute-allowed-values', /"charset" has invalid value "windows-1252"/, 'a byte is a letter there, as its blocks are no text'],
  ['unique-landmark', /^Landmarks .* (#main|#rescue > main)$/, 'the page that rescues waits in it, hidden'],
  ['no-multiple-main', /#rescue > main$/, 'the same'],
];

let validator;

// What it objects to in this text, a line each; what is known goes to `used`, by the index of its reason.
export async function invalid(html, name, used = new Set(), otherwise = OTHERWISE) {
  validator ??= new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:recommended', 'html-validate:a11y'], rules: STYLE }));
  const report = await validator.validateString(html, name);
  return report.results.flatMap((it) => it.messages).flatMap((it) => {
    const known = otherwise.findIndex(([rule, what]) => rule === it.ruleId && what.test(`${it.message} ${it.selector ?? ''}`));
    if (known < 0) return [`${name}:${it.line}:${it.column} ${it.ruleId}: ${it.message}${it.selector ? ` (${it.selector})` : ''}`];
    used.add(known);
    return [];
  });
}

// The same of a page as it is now. Where something may change, the program leaves a comment, also within <textarea>, where it
// would be written as text.
export const invalidNow = async (page, name, used) => invalid((await page.content()).replaceAll('<!---->', ''), name, used, [...OTHERWISE, ...LIVE]);
