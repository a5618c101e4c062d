// What stands on paper, printed as most people print: without background graphics.

import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let printed = 0;

// The printed page as text, its columns side by side.
export const pdfText = async (page) => told(page, '-layout');

// Each page: its words with their places in points from the top left, its text without spaces, how far down it is filled
// (1 for all of the space between the margins), and how often something stands on it.
export async function pdfPages(page) {
  const html = await told(page, '-bbox');
  return html.split('<page ').slice(1).map((it) => {
    const size = /width="([\d.]+)" height="([\d.]+)"/.exec(it).slice(1).map(Number);
    const found = [...it.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g)];
    const words = found.map(([, ...word]) => ({ x: +word[0], y: +word[1], right: +word[2], bottom: +word[3], text: word[4] }));
    const [top, end] = [51, size[1] - 46];
    const lowest = Math.max(0, ...words.map((it) => it.bottom).filter((it) => it <= end + 2));
    const text = words.map((it) => it.text).join('').replaceAll(/\s/g, '');
    return { size, words, text, filled: (lowest - top) / (end - top), count: (some) => text.split(some).length - 1 };
  });
}

async function told(page, how) {
  const file = join(tmpdir(), `ziping-${process.pid}-${(printed += 1)}.pdf`);
  writeFileSync(file, await page.pdf({ printBackground: false, preferCSSPageSize: true }));
  try {
    return execFileSync('pdftotext', [how, file, '-'], { encoding: 'utf8' });
  } finally {
    if (!process.env.KEEP_PDF) rmSync(file);
  }
}
