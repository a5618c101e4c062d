// Two records side by side: what differs, which row changed the verdict, what cannot be compared, and the paper.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cases, rubrics } from './engine.mjs';
import { axe } from './harness.mjs';
import { linksOf } from './links.mjs';
import { pdfText } from './pdf.mjs';
import { fill, goTo, saved } from './sheet.mjs';

const paste = async (page, side, text) => {
  const field = page.locator(`#${side}-text`);
  await field.evaluate((it) => { it.closest('details').open = true; });
  await field.fill(text);
  await page.locator('fieldset.side', { has: field }).getByRole('button', { name: '打开', exact: true }).click();
};
const rows = (page) => page.locator('table.pairs tbody tr').evaluateAll((all) => all.map((it) => it.id.slice(2)));
const clean = async (page, what) => {
  for (const [width, height] of [[1366, 768], [360, 640], [320, 640]]) {
    await page.setViewportSize({ width, height });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${what}: ${wide} px too wide at ${width}`);
    assert.deepEqual(await axe(page), [], `${what} at ${width} px`);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
};
test('two links: only what differs, the row that changed the verdict by name, and all of it on paper', async (t) => {
  const { links, page, host } = await linksOf(t, 1, {}, { '1-3': { met: false }, '1-12': { defects: 1 }, '1-13': null });
  await goTo(page, `${host.url}compare/`);
  await clean(page, 'nothing chosen');
  await paste(page, 'left', links[0]);
  await paste(page, 'right', links[1]);
  await page.locator('table.pairs').waitFor();
  assert.deepEqual(await rows(page), ['1-3', '1-12', '1-13']);
  assert.match(await page.locator('p.verdict').textContent(), /结论不同：单位自评为“.+”，评估人员为“结论待定”；否决项 1-3 只在评估人员成立；评估人员未评 1-13/);
  const row = (id) => page.locator(`[id="r-${id}"]`).innerText();
  assert.match(await row('1-3'), /触发否决/);
  assert.match(await row('1-3'), /否决只在评估人员成立/);
  assert.match(await row('1-12'), /差 −1 分/);
  assert.match(await row('1-13'), /未评/);
  assert.doesNotMatch(await row('1-13'), /差 /);
  assert.match(await page.locator('.alert').textContent(), /1-3 .*只在评估人员成立/);
  await page.getByLabel('怎么称呼').nth(1).fill('张三');
  await page.locator('p.verdict', { hasText: '张三为“结论待定”' }).waitFor();
  await clean(page, 'a pair');
  const all = page.getByRole('button', { name: '全部（49）' });
  await all.focus();
  await page.keyboard.press('Enter');
  await page.locator('[id="r-1-49"]').waitFor();
  assert.equal((await rows(page)).length, 49);
  await page.waitForFunction(() => document.activeElement.id === 'show-all');
  await page.getByLabel('只看否决项').check();
  const vetoes = rubrics().find((it) => it.annex === '1').rows.filter((it) => it.kind.includes('veto')).length;
  assert.equal((await rows(page)).length, vetoes);
  await page.getByLabel('只看否决项').uncheck();
  await page.getByRole('button', { name: '只看不同（3）' }).click();
  const text = await pdfText(page);
  for (const it of ['1-3', '1-12', '1-13', '单位自评', '张三', '结论不同', '比对人']) assert.ok(text.includes(it), it);
});

test('the row that alone changes the verdict is marked', async (t) => {
  const { links, page, host } = await linksOf(t, 1, {}, { '1-3': { met: false } });
  await goTo(page, `${host.url}open/`);
  await page.locator('#text').fill(links[1]);
  await page.getByRole('button', { name: '打开', exact: true }).click();
  await page.getByRole('link', { name: '与我的自评比对' }).click();
  assert.equal(await page.locator('#right-from').inputValue(), 'r0');
  await page.locator('#left-from').selectOption({ index: 2 });
  await page.locator('[id="r-1-3"]', { hasText: '相同' }).or(page.locator('p.verdict')).first().waitFor();
  await page.locator('p.verdict').waitFor();
  // the dossier of this machine is the one that was shared last
  assert.match(await page.locator('p.verdict').textContent(), /结论相同/);
  await paste(page, 'left', links[0]);
  await page.locator('[id="r-1-3"] .turn', { hasText: '只改这一项，结论即相同' }).waitFor();
  await clean(page, 'a row that turns');
});

test('sheets that only one side has are named, and the address names the left side', async (t) => {
  const { links, page, host, id } = await linksOf(t, 2, { name: '车工' });
  await goTo(page, `${host.url}dossier/?of=${id}`);
  await page.getByRole('button', { name: '添加职业（工种）自评表' }).click();
  await page.getByLabel('职业（工种/方向）名称').fill('钳工');
  await fill(page, '2-11', cases(2)['2-11']);
  await saved(page);
  await goTo(page, `${host.url}compare/?of=${id}`);
  assert.equal(await page.locator('#left-from').inputValue(), `d${id}`);
  await paste(page, 'right', links[0]);
  await page.locator('.only').first().waitFor();
  const only = await page.locator('.only').allTextContents();
  assert.ok(only.some((it) => it.includes('只有单位自评有') && it.includes('附件2 钳工')), only.join('\n'));
  assert.match(await page.locator('.hint', { hasText: '相同' }).textContent(), /各项的填写、得分和备注都相同/);
});

test('sheets of two annexes are refused in words, and so is what cannot be opened', async (t) => {
  const one = await linksOf(t, 1, {});
  const other = await linksOf(t, 2, { name: '车工' });
  const { page, host } = one;
  await goTo(page, `${host.url}compare/`);
  await paste(page, 'left', 'ABC');
  await page.locator('#left-text-wrong', { hasText: '没有打开：' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'left-text');
  await paste(page, 'left', one.links[0]);
  await paste(page, 'right', other.links[0]);
  await page.locator('.alert', { hasText: '两份自评没有同一张表' }).waitFor();
  await clean(page, 'apart');
});
