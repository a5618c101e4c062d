// What a script measured, for `cargo xtask bench`: written to the file that FIGURES names, and shown where it names none.
//
//   const figures = [];
//   figures.push({ what: 'first paint of a notice', unit: 'ms', ours: 640, beside: { 'plain HTML': 600 }, allowed: [[1.1, 'plain HTML']] });
//   write(figures);

import { writeFileSync } from 'node:fs';

// The middle one; of an even number, the lower of the two.
export const median = (values) => values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1];

// `allowed`: the most, or where `more` is better the least; alone, or as a part of what a peer takes.
export function write(figures) {
  const lines = figures.flatMap(({ what, unit, ours, beside = {}, allowed = [], more = false }) => [
    ['figure', what, unit, ours],
    ...Object.entries(beside).map((it) => ['beside', ...it]),
    ...(more ? [['more']] : []),
    ...allowed.map((it) => ['allowed', ...[it].flat()]),
  ]);
  const text = lines.map((it) => `${it.join('\t')}\n`).join('');
  if (process.env.FIGURES) writeFileSync(process.env.FIGURES, text);
  else console.log(text);
}
