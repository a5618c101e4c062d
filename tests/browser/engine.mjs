// What the engine says, by way of the command line: `ziping` as it was built last.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './harness.mjs';

const tables = [
  'employer-public', 'employer-occupation', 'school-public', 'school-occupation', 'social-public', 'social-occupation',
];

// The answers of the full sheet, changed by those of the cases of these names.
export function cases(annex, ...names) {
  const table = readFileSync(join(root, `tests/cases/${tables[annex - 1]}.toml`), 'utf8');
  const texts = table.split(/^\[\[case\]\]\n/m);
  return ['full', ...names].reduce((all, name) => {
    const text = texts.find((text) => /^name *= "(.*)"$/m.exec(text)?.[1] === name) ?? '';
    const part = /^\[case\.answers\]\n(.*?)(^\[|$(?![^]))/ms.exec(text)?.[1] ?? '';
    const given = [...part.matchAll(/^"(.+?)"\s*= \{ (.*) \}$/gm)].map(([, row, facts]) => [
      row,
      JSON.parse(`{${facts.replace(/(\w+) = /g, '"$1":')}}`),
    ]);
    assert.ok(given.length, `the case ${name} changes no answer`);
    return { ...all, ...Object.fromEntries(given) };
  }, {});
}

// What the page should say to these answers: `shown` of sheet.mjs, put together from the numbers of `ziping score`.
export function expected(annex, answers) {
  const it = engine(annex, answers);
  const rubric = rubrics().find((rubric) => rubric.annex === String(annex));
  const points = `已得 ${it.base_total} 分`;
  const below = `未达到文件公布的分数线（${rubric.bands.at(-1).min} 分），文件未规定该情形的处理`;
  const words = { filing_vetoed: '触发否决项', below_all_thresholds: below };
  const reached = rubric.bands.find((band) => band.label === it.verdict);
  const parts = [];
  if (it.filing_vetoes.length) parts.push(`触发否决项 ${it.filing_vetoes.join('、')}，不论得分`);
  const ends = [['最低', it.low], ['最高', it.high]].filter((end) => end[1] !== it.base_total);
  const range = ends.map(([end, n]) => `${end} ${n} 分`);
  const unsure = it.unsure ? `（其中待确认 ${it.unsure.length} 项）` : '';
  const next = [...rubric.bands].reverse().find((band) => it.base_total < band.min);
  if (it.status === 'incomplete') {
    parts.push([points, ...range].join('，'), `未评 ${it.unanswered.length} 项${unsure}`);
  } else {
    if (reached) parts.push(`${points}，达到 ${reached.min} 分，${reached.label}`);
    else parts.push(it.verdict === 'filing_vetoed' ? points : `${points}，${below}`);
    if (next && !it.filing_vetoes.length) parts.push(`距 ${next.min} 分还差 ${(next.min * 10 - Math.round(it.base_total * 10)) / 10} 分`);
    if (range.length) parts.push(range.join('，'));
  }
  if (it.status === 'incomplete' && !it.filing_vetoes.length) parts.push('结论待定');
  if (it.estimated) {
    const { low, high } = it.estimated;
    const deciding = it.deciding.length ? `，结论取决于 ${it.deciding.join('、')}` : '';
    parts.push(`${low === high ? `估计 ${low} 分` : `估计 ${low} 到 ${high} 分`}${deciding}`);
  }
  if (it.work_vetoes.length) parts.push(`${it.work_vetoes.join('、')} 未满足，备案后不得开展工作`);
  const worth = Object.fromEntries(rubric.rows.map((row) => [row.section, row.section_points]));
  const asked = rubric.rows.filter((row) => row.kind !== 'bonus' && row.kind !== 'unscored').length;
  const bands = [...rubric.bands, { min: 0, label: '未达到分数线' }];
  const within = bands.filter(({ min }, i) => min <= it.high && (i === 0 || it.low < bands[i - 1].min));
  const vetoes = [
    { head: `${it.filing_vetoes.length} 个否决项`, rows: it.filing_vetoes },
    { head: `${it.work_vetoes.length} 项未满足，备案后不得开展工作`, rows: it.work_vetoes },
  ];
  return {
    points: String(it.base_total),
    counted: `分 · 已评 ${asked - it.unanswered.length} / ${asked} 项`,
    sentence: parts.join('；'),
    sections: Object.fromEntries(Object.entries(it.sections).map(([name, n]) => [name, `${n} / ${worth[name] ?? 0}`])),
    vetoes: vetoes.filter((it) => it.rows.length),
    range: it.low === it.high ? undefined
      : `最低 ${it.low} 分，最高 ${it.high} 分：${within.map((it) => it.label).join('，或')}`,
    bonus: it.bonus === 0 ? undefined
      : `优先项目另加 ${it.bonus} 分。若评估机构将加分计入总分：${it.total_with_bonus} 分，${words[it.verdict_with_bonus] ?? it.verdict_with_bonus ?? '结论待定'}。`,
  };
}

export const engine = (annex, answers) => JSON.parse(ziping(['score'], JSON.stringify({ rubric: String(annex), answers })));

let printed;
export const rubrics = () => (printed ??= JSON.parse(ziping(['rubrics'])).rubrics);

// Codes of assessments or dossiers, one a line; links to the site with this root.
export const codes = (sheets) => carried(['code', '--encode'], sheets);
export const links = (sheets, root) => carried(['code', '--encode', '--link', root], sheets);
const carried = (args, sheets) => ziping(args, sheets.map((it) => JSON.stringify(it)).join('\n')).trimEnd().split('\n');

// A link to a whole record, with all that can go along.
export const wholeLink = (record, root) =>
  ziping(['code', '--encode', '--unit', '--notes', '--link', root], JSON.stringify(record)).trim();

// What the command line writes.
export function ziping(args, input, cwd = root) {
  const built = ['release', 'debug'].flatMap((it) => {
    const path = join(root, 'target', it, 'ziping');
    const about = statSync(path, { throwIfNoEntry: false });
    return about ? [{ path, at: about.mtimeMs }] : [];
  });
  assert.ok(built.length, 'the engine is not built: cargo build --release --bin ziping');
  const { path } = built.reduce((a, b) => (a.at < b.at ? b : a));
  return execFileSync(path, args, { cwd, input: input && `${input}\n`, encoding: 'utf8', maxBuffer: 1 << 26 });
}
