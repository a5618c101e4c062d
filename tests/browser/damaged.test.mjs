// A damaged 自评文件 on every page that takes one: what is whole opens, and what is not is counted, named and stays to be read.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axe, root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { goTo } from './sheet.mjs';

const whole = readFileSync(join(root, 'tests/records/v2/backup.json'), 'utf8');
// one letter of the second record
const at = whole.lastIndexOf('ZP2.') + 60;
const damaged = whole.slice(0, at) + (whole[at] === 'A' ? 'B' : 'A') + whole.slice(at + 1);
const LOST = '第 2 份（未填单位）已损坏';
const UNIT = '平顶山市某机械有限公司';

test('of a damaged file 打开, 比对, 合议 and 汇总台 open what is whole, and say what is not', async (t) => {
  const { page, host, seen } = await visit(t, 'open/', { app: ['ready', 'fallback'] });
  const choose = (selector) => page.setInputFiles(selector, { name: '来信.json', mimeType: 'application/json', buffer: Buffer.from(damaged) });
  const alert = () => page.getByRole('alert').filter({ hasText: `没有全部打开：${LOST}。` });

  await choose('#file');
  await page.getByRole('heading', { name: UNIT, level: 1 }).waitFor();
  await alert().waitFor();
  assert.deepEqual(await axe(page), []);
  // another text, pasted, is said for itself
  await page.getByRole('button', { name: '打开另一份' }).click();
  await alert().waitFor({ state: 'detached' });
  await page.locator('#text').fill(damaged);
  await page.getByRole('button', { name: '打开', exact: true }).click();
  await alert().waitFor();

  await goTo(page, `${host.url}compare/`);
  await choose('#left-file');
  await alert().waitFor();
  await page.locator('.chosen', { hasText: UNIT }).waitFor();

  await goTo(page, `${host.url}panel/`);
  await choose('#seat-file');
  await alert().waitFor();

  await goTo(page, `${host.url}desk/`);
  await choose('#piles');
  await page.getByText('1 份自评，', { exact: false }).first().waitFor();
  assert.match(await page.locator('.unopened li').innerText(), new RegExp(`来信\\.json 第 1 条（第 1 行）：${LOST}，其余已打开。`));
  seen.check();
});
