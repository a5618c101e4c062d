// The same words made with other means, from the built site and its data: plain HTML, plain JavaScript, SurveyJS, mdBook,
// pagefind. Built into a folder, one below the other.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const installed = (file) => fileURLToPath(new URL(`node_modules/${file}`, import.meta.url));
const HEAD = '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">';

// What each is called in the table.
export const PLAIN = 'plain HTML';
export const SCRIPT = 'plain JavaScript';

// `site` is the built one, `root` the checkout, `tools` its programs.
export function build({ site, root, into, rubrics, mdbook }) {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  const put = (name, text) => {
    mkdirSync(dirname(join(into, name)), { recursive: true });
    writeFileSync(join(into, name), text);
  };
  for (const [name, page] of [['notice', 'notice/henan-2021-1'], ['sheet', 'sheet/1'], ['home', '.']]) {
    put(`plain/${name}/index.html`, plain(readFileSync(join(site, page, 'index.html'), 'utf8')));
  }
  const rows = rubrics.find((it) => it.annex === '1').rows;
  put('script/index.html', byHand(rows));
  survey(put, into, rows);
  if (mdbook) book(put, join(root, 'content'), into, mdbook);
  found(put, site, into);
}

// The text of a page and its controls, without what styles and scripts need.
function plain(html) {
  const [, title] = /<title>(.*?)<\/title>/.exec(html);
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const text = main
    .replace(/<script[\s\S]*?<\/script>|<button[\s\S]*?<\/button>|<!--.*?-->/g, '')
    .replace(/ (class|id|style|title|role|tabindex|hidden|disabled|aria-[a-z]+|data-[a-z-]+)(="[^"]*")?(?=[ >/])/g, '')
    .replace(/<\/?span>/g, '');
  return `${HEAD}\n<title>${title}</title>\n</head>\n<body>\n${text}</main>\n</body>\n</html>\n`;
}

// How a row is asked, for whoever makes a form of it: yes or no, or a number; what it gives of its points.
const isChoice = (row) => ['met', 'bonus', 'staffed'].includes(row.rule.kind);
const most = (row) => row.points ?? row.rule.add ?? 0;
const each = (row) => row.rule.each ?? 1;

// As somebody would write it by hand: a table, and a script in the page that adds up.
function byHand(rows) {
  const line = (row) => `<tr id="r${row.id}"><td>${row.content}<td>${row.standard}<td>${row.points ?? ''}<td>${control(row)}`;
  const control = (row) => {
    if (row.rule.kind === 'none') return '';
    if (!isChoice(row)) return `<input type="number" min="0" data-each="${each(row)}" data-of="${most(row)}">`;
    return ['符合', '不符合'].map((it, i) =>
      `<label><input type="radio" name="${row.id}" data-of="${most(row)}" value="${1 - i}">${it}</label>`).join('');
  };
  return `${HEAD}
<title>自评表</title>
<style>
body { font: 16px/1.6 sans-serif; max-width: 60em; margin: 0 auto; padding: 0 1em; }
table { border-collapse: collapse; }
td, th { border: 1px solid #bbb; padding: 6px 8px; vertical-align: top; }
output { position: fixed; bottom: 0; background: #fff; padding: 8px; }
</style>
</head>
<body>
<h1>自评表</h1>
<form><table><tr><th>评估内容<th>评估标准<th>分值<th>自评
${rows.map(line).join('\n')}
</table></form>
<output></output>
<script>
(function () {
  'use strict';
  var form = document.forms[0];
  function total() {
    var sum = 0;
    [].forEach.call(form.elements, function (it) {
      if (it.type === 'radio' && it.checked) sum += it.value * it.dataset.of;
      if (it.type === 'number' && it.value !== '') sum += Math.max(0, it.dataset.of - it.value * it.dataset.each);
    });
    document.querySelector('output').textContent = '合计 ' + sum + ' 分';
  }
  form.addEventListener('input', total);
  total();
  document.documentElement.setAttribute('data-ready', 'ready');
})();
</script>
</body>
</html>
`;
}

// As its documentation says: the library, its user interface and its style, the rows as JSON, a total that is calculated.
function survey(put, into, rows) {
  const asked = rows.filter((it) => it.rule.kind !== 'none');
  const name = (row) => `q${row.id.replace('-', '_')}`;
  const question = (row) => ({
    name: name(row),
    title: row.content,
    description: row.standard,
    ...(isChoice(row) ? { type: 'boolean', labelTrue: '符合', labelFalse: '不符合' } : { type: 'text', inputType: 'number', min: 0 }),
  });
  const points = (row) => (isChoice(row)
    ? `iif({${name(row)}} = true, ${most(row)}, 0)`
    : `iif({${name(row)}} notempty, max(0, ${most(row)} - {${name(row)}} * ${each(row)}), 0)`);
  const json = {
    title: '自评表',
    showQuestionNumbers: 'off',
    // by itself it adds up once a field is left
    textUpdateMode: 'onTyping',
    elements: [...asked.map(question), { type: 'expression', name: 'total', title: '合计', expression: asked.map(points).join(' + ') }],
  };
  const files = ['survey-core/survey.core.min.js', 'survey-js-ui/survey-js-ui.min.js', 'survey-core/survey-core.min.css'];
  for (const file of files) put(`survey/${file.split('/')[1]}`, readFileSync(installed(file)));
  put('survey/main.js', `var model = new Survey.Model(${JSON.stringify(json)});
model.onAfterRenderSurvey.add(function () {
  if (!document.querySelector('#survey input')) throw new Error('there is nothing to fill in');
  document.documentElement.setAttribute('data-ready', 'ready');
});
model.render(document.getElementById('survey'));
`);
  put('survey/index.html', `${HEAD}
<title>自评表</title>
<link rel="stylesheet" href="survey-core.min.css">
<script defer src="survey.core.min.js"></script>
<script defer src="survey-js-ui.min.js"></script>
<script defer src="main.js"></script>
</head>
<body>
<div id="survey"></div>
</body>
</html>
`);
}

// The notices as chapters, with no more settings than it requires.
function book(put, content, into, mdbook) {
  put('book-source/book.toml', '[book]\ntitle = "文件"\n');
  const chapters = readdirSync(content).filter((it) => it.endsWith('.md'));
  put('book-source/src/SUMMARY.md', chapters.map((it) => `- [${it.slice(0, -3)}](${it})\n`).join(''));
  for (const chapter of chapters) {
    const [, front, text] = readFileSync(join(content, chapter), 'utf8').split(/^\+\+\+$/m);
    const [, title] = /title\s*=\s*"+\s*([^"]*)"/.exec(front);
    put(`book-source/src/${chapter}`, `# ${title.replaceAll('\n', '')}\n${text}`);
  }
  execFileSync(mdbook, ['build', join(into, 'book-source'), '--dest-dir', join(into, 'book')], { stdio: 'ignore' });
}

// The notices as plain pages with pagefind's own search field, as its documentation says.
function found(put, site, into) {
  const notices = readdirSync(join(site, 'notice'), { withFileTypes: true }).filter((it) => it.isDirectory());
  const field = `<link rel="stylesheet" href="../pagefind/pagefind-ui.css">
<script src="../pagefind/pagefind-ui.js"></script>
<div id="search"></div>
<script>
window.addEventListener('DOMContentLoaded', function () {
  new PagefindUI({ element: '#search', showSubResults: true });
});
</script>`;
  for (const { name } of notices) {
    const page = plain(readFileSync(join(site, 'notice', name, 'index.html'), 'utf8'));
    put(`pagefind/${name}/index.html`, page.replace('<body>', `<body>\n${field}`));
  }
  execFileSync('node', [installed('pagefind/lib/runner/bin.cjs'), '--site', join(into, 'pagefind')], { stdio: 'ignore' });
}
