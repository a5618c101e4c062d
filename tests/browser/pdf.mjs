// What stands on paper.

import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let printed = 0;

// The printed page as text, its columns side by side.
export async function pdfText(page) {
  const file = join(tmpdir(), `ziping-${process.pid}-${(printed += 1)}.pdf`);
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
  try {
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  } finally {
    if (!process.env.KEEP_PDF) rmSync(file);
  }
}
