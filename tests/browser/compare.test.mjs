// Two records side by side: what differs, which row changed the verdict, what cannot be compared, and the paper.

import assert from 'node:assert/strict';
import { cases, rubrics, ziping } from './engine.mjs';
import { axe, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { linksOf } from './links.mjs';
import { pdfText } from './pdf.mjs';
import { fill, goTo, saved } from './sheet.mjs';

const paste = async (page, side, text) => {
  const field = page.locator(`#${side}-text`);
  await field.evaluate((it) => { it.closest('details').open = true; });
  await field.fill(text);
  await page.locator('fieldset.side', { has: field }).getByRole('button', { name: '打开', exact: true }).click();
};
// Links to whole records, with all that can go along, each of 甲公司 made on its day.
const recorded = (root, ...records) => {
  const lines = records.map(([day, ...sheets]) => JSON.stringify({ applicant: 'employer', unit: '甲公司', day, sheets }));
  return ziping(['code', '--encode', '--unit', '--notes', '--link', root], lines.join('\n')).trimEnd().split('\n');
};
const focused = (page, id) => page.waitForFunction((id) => document.activeElement.id === id, id);
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
  assert.match(await page.locator('p.verdict').textContent(), /结论不同：单位自评为“.+”，评估人员为“触发否决项”；否决项 1-3 只在评估人员成立；单位自评只要 1-3 改为与评估人员一致/);
  assert.match(await page.locator('section.side.bad').textContent(), /触发否决项 1-3，不论得分.*未评 1 项/);
  const row = (id) => page.locator(`[id="r-${id}"]`).innerText();
  assert.match(await row('1-3'), /触发否决/);
  assert.match(await row('1-3'), /否决只在评估人员成立/);
  assert.match(await row('1-12'), /差 −1 分/);
  assert.match(await row('1-13'), /未评/);
  assert.doesNotMatch(await row('1-13'), /差 /);
  assert.match(await page.locator('.alert').textContent(), /1-3 .*只在评估人员成立/);
  await page.getByLabel('怎么称呼').nth(1).fill('张三');
  await page.locator('p.verdict', { hasText: '张三为“触发否决项”' }).waitFor();
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

test('sheets whose heads differ are not called the same, and those that read alike are told apart by code', async (t) => {
  const { page, host } = await visit(t, 'compare/', { app: ['ready', 'fallback'] });
  const sheet = (code, levels, figures) => ({ rubric: '2', occupation: '车工', code, levels, figures, answers: cases(2) });
  const [left, right, same] = recorded(
    host.url,
    ['2026-10-20', sheet('6-18-01-01', '3', ['20', '4', '6', '8', '2'])],
    ['2026-10-20', sheet('6-18-01-02', '5、4、3', [])],
    ['2026-10-20', sheet('6－18－01－01', '3', ['20', '4', '6', '8', '2'])],
  );
  await paste(page, 'left', left);
  await paste(page, 'right', right);
  await page.locator('h2', { hasText: '附件2 车工（编码 6-18-01-01） 与 附件2 车工（编码 6-18-01-02）' }).waitFor();
  assert.equal(await page.locator('.only').count(), 0);
  const head = page.locator('table', { has: page.locator('caption', { hasText: '表头（7 处不同）' }) });
  const said = await head.locator('tbody tr').evaluateAll((all) => all.map((it) => [...it.cells].map((it) => it.textContent)));
  assert.deepEqual(said.filter((it) => ['职业编码', '级别', '高级工'].includes(it[0])), [
    ['高级工', '8', '没有', '不同'],
    ['职业编码', '6-18-01-01', '6-18-01-02', '不同'],
    ['级别', '3', '5、4、3', '不同'],
  ]);
  await page.locator('.hint', { hasText: '表头有 7 处不同；各项的填写、得分和备注都相同。' }).waitFor();
  await clean(page, 'two heads');
  await paste(page, 'right', same);
  await page.locator('.hint', { hasText: '表头相同，各项的填写、得分和备注都相同。' }).waitFor();
});

test('what would change the verdict is one way of several, from the side that has less to change', async (t) => {
  const { page, host } = await visit(t, 'compare/', { app: ['ready', 'fallback'] });
  const answers = { ...cases(1), '1-6': { met: false } };
  const low = {
    ...answers, '1-3': { met: false }, '1-4': { defects: 4 }, '1-14': { detailed: true, operable: false }, '1-15': { met: false },
  };
  delete low['1-13'];
  const [left, right] = recorded(
    host.url,
    ['2026-10-20', { rubric: '1', answers: low }],
    ['2026-11-23', { rubric: '1', answers: { ...answers, '1-48': { has: true } } }],
  );
  await paste(page, 'left', left);
  await paste(page, 'right', right);
  const verdict = page.locator('p.verdict');
  await verdict.waitFor();
  const [before, after] = ['2026-10-20 那份', '2026-11-23 那份'];
  assert.ok((await verdict.textContent()).endsWith(
    `；${after}只要 1-3 改为与${before}一致，结论即相同；` +
    `${before}把 1-3、1-4、1-13 都改为与${after}一致，结论即相同（这种改法缺一不可，可能还有别的改法）。`,
  ), await verdict.textContent());
  assert.equal(await page.locator('.turn').allTextContents().then((it) => it.join()), `${after}只改这一项，结论即相同`);
  assert.match(await page.locator('[id="r-1-48"]').innerText(), /差 \+2 分（不计入总分）/);
  assert.match(await page.locator('section.side', { hasText: after }).locator('.bonus').textContent(), /优先项目另加 2 分/);
  await clean(page, 'one way of several');
});

test('records to choose from are told apart by day and points, and one that is there comes in no second time', async (t) => {
  const { page, host } = await visit(t, 'compare/', { app: ['ready', 'fallback'] });
  const sheets = (answers) => [{ rubric: '1', answers }, { rubric: '2', occupation: '车工', answers: cases(2) }];
  const [before, after] = recorded(
    host.url,
    ['2026-10-20', ...sheets({ ...cases(1), '1-3': { met: false } })],
    ['2026-11-23', ...sheets(cases(1))],
  );
  const offered = (side) => page.locator(`#${side}-from option`).allTextContents();
  await paste(page, 'left', before);
  await focused(page, 'left-from');
  await paste(page, 'right', after);
  await focused(page, 'result');
  assert.deepEqual((await offered('right')).slice(1), [
    '收到的：甲公司，2026-10-20，公共部分 100 分（触发否决项）、车工 100 分（达到 85 分）',
    '收到的：甲公司，2026-11-23，公共部分 100 分（达到 85 分）、车工 100 分（达到 85 分）',
  ]);
  assert.equal(await page.locator('#left-name').inputValue(), '2026-10-20 那份');
  await paste(page, 'left', after);
  await page.locator('p.verdict', { hasText: '结论相同' }).waitFor();
  assert.equal((await offered('left')).length, 3);
  assert.deepEqual(await page.locator('.side select').evaluateAll((all) => all.map((it) => it.value)), ['r1', 'r1']);
  assert.equal(await page.locator('#left-name').inputValue(), '第一份');
  await page.locator('#left-name').fill('上月');
  await page.locator('#left-from').selectOption('r0');
  await page.locator('p.verdict', { hasText: '上月为“触发否决项”' }).waitFor();
  assert.match(await pdfText(page), /共有 2 张表可以比对，这里打印的是其中一张/);
});

test('after opening the focus is on the result, and no message contradicts another', async (t) => {
  const { page, host } = await visit(t, 'compare/', { app: ['ready', 'fallback'] });
  const [one, other] = recorded(
    host.url,
    ['2026-10-20', { rubric: '1', answers: cases(1) }],
    ['2026-11-23', { rubric: '1', answers: { ...cases(1), '1-5': { met: false } } }],
  );
  await paste(page, 'left', one);
  await focused(page, 'left-from');
  await page.locator('#right-text').fill(other);
  const button = page.locator('fieldset.side').nth(1).getByRole('button', { name: '打开', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await focused(page, 'result');
  assert.equal(await page.locator('#result').textContent(), '附件1 公共部分');
  await paste(page, 'right', 'ABC');
  await page.locator('#right-text-wrong', { hasText: '没有打开：' }).waitFor();
  assert.equal(await page.locator('.told').textContent(), '');
});

test('why a link in the address was not opened stands on the page until another record is opened', async (t) => {
  const { page, host } = await visit(t, 'desk/', { app: ['ready', 'fallback'] });
  const [link] = recorded(host.url, ['2026-10-20', { rubric: '1', answers: cases(1) }]);
  await goTo(page, `${host.url}compare/#s.${link.split('#s.')[1].slice(0, -4)}`);
  const wrong = page.locator('article > .wrong');
  assert.match(await wrong.textContent(), /^链接没有打开：/);
  await page.locator('#left-name').fill('张三');
  assert.match(await wrong.textContent(), /^链接没有打开：/);
  await clean(page, 'a damaged link');
  await paste(page, 'right', link);
  await focused(page, 'right-from');
  assert.equal(await wrong.textContent(), '');
});
