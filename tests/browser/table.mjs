// The page docs/browsers.md, from what became of each step in each engine.

// What an engine is, and who has it.
const ABOUT = {
  'Chromium 86': ['无界面 Chromium（npm 包 chrome-aws-lambda 5.3.1）', 'puppeteer'],
  'Chromium 87': ['QtWebEngine 5.15（Debian 的 PyQt5）', '`qt-kernel.py`'],
  'Chromium 92': ['无界面 Chromium（npm 包 chrome-aws-lambda 10.1.0）', 'puppeteer'],
  'Chromium 102': ['QtWebEngine 6.4（Debian 的 PyQt6）', '`qt-kernel.py`'],
  Chromium: ['Debian 的当前版本', 'playwright'],
  Firefox: ['Debian 的 Firefox ESR', 'playwright'],
  WebKitGTK: ['Debian 的 MiniBrowser', 'selenium'],
};

const HEAD = `# 浏览器

同一件事在每种内核里从头做一遍：从开始自评到打印和备份。鼠标、键盘、剪贴板、下载都用浏览器自己的，不绕过页面。
本页由 \`cargo xtask test --engines\` 写成，请不要手改；步骤在 \`tests/browser/job.mjs\`。
平时的 \`cargo xtask test\` 在 Chromium 86 和当前的 Chromium 里做同样的事。

The whole job in every engine, written by \`cargo xtask test --engines\`. 通过: passed; 弱: works, but weaker, see the note;
不支持: not supported; 未试: not tried; 失败: failed. A note beside 通过 says what the test driver could not try.

`;

export function tableOf(columns) {
  const notes = [];
  const noted = (words) => {
    if (!notes.includes(words)) notes.push(words);
    return `[${notes.indexOf(words) + 1}](#注)`;
  };
  const said = ({ failure, skipped, missing, weaker, untried }) => {
    if (failure) return '失败';
    if (skipped) return `未试 ${noted(skipped)}`;
    if (missing) return `不支持 ${noted(missing)}`;
    if (weaker) return `弱 ${noted(weaker)}`;
    return untried ? `通过 ${noted(untried)}` : '通过';
  };
  const named = ({ name, version }) => `${name.split(' ')[0]} ${version}`;
  const lines = [
    `| 步骤 | ${columns.map(named).join(' | ')} |`,
    `| --- |${' --- |'.repeat(columns.length)}`,
    ...columns[0].outcome.map(({ name }, i) => `| ${name} | ${columns.map((it) => said(it.outcome[i])).join(' | ')} |`),
  ];
  const engines = [
    '| 内核 | 是什么 | 由什么操作 |', '| --- | --- | --- |',
    ...columns.map((it) => `| ${named(it)} | ${ABOUT[it.name].join(' | ')} |`),
  ];
  const about = notes.map((it, i) => `${i + 1}. ${it}。`);
  return `${HEAD}## 步骤\n\n${lines.join('\n')}\n\n## 注\n\n${about.join('\n')}\n\n## 内核\n\n${engines.join('\n')}\n\n${TAIL}`;
}

const TAIL = `## 没有试过的

- Safari 本身，以及 iPhone 和安卓手机的真机：手机只试了当前 Chromium 的 360×740 触摸屏（\`tests/browser/phone.test.mjs\`）。
- 360、QQ、搜狗等浏览器本身：只试了同样版本的内核，外壳（下载提示、广告拦截、翻译）没有试。
- Windows 和国产操作系统上的同一内核。
`;
