// Rows of every kind that other documents' tables are made of, in an invented edition alone on its site: each is filled in by
// hand, and the page says what was worked out by hand and what the command line says; kept, shared, printed, and refused in words.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { ziping } from './engine.mjs';
import { looked } from './everyone.mjs';
import { appState, axe, root, serve, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { pdfPages } from './pdf.mjs';
import { choose, fill as fillOld, goTo, newDossier, saved, shown, type, unfold } from './sheet.mjs';

const ready = ['ready', 'fallback'];
const folder = await mkdtemp(join(tmpdir(), 'ziping-kinds-'));
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
await cp(join(root, 'tests/kinds/site'), folder, { recursive: true });
await cp(join(root, 'tests/site/site.toml'), join(folder, 'site.toml'));
const engine = (args, line) => JSON.parse(ziping(['--site', folder, ...args], line && JSON.stringify(line)));
ziping(['--site', folder, 'build', '--app', join(root, 'target/app'), '--out', join(folder, 'dist')]);

const rubrics = engine(['rubrics']).rubrics;
const ruleOf = (id) => rubrics.flatMap((it) => it.rows).find((it) => it.id === id).rule;

// The cases that were worked out by hand, and the full answers that they change.
const value = (text) => JSON.parse(text.trim().replace(/(?<=[{,] *)([\w-]+) *= /g, '"$1": '));
const keys = (text) => Object.fromEntries([...text.matchAll(/^([\w-]+) *= (.*)$/gm)].map(([, key, it]) => [key, value(it)]));
const tables = (await readFile(join(root, 'tests/kinds/cases.toml'), 'utf8')).split(/^\[(?=\[case|full)/m).slice(1);
const full = Object.fromEntries(tables.filter((it) => it.startsWith('full.')).map((it) => [it[5], keys(it)]));
const worked = tables.filter((it) => it.startsWith('[case')).map(keys);
assert.deepEqual([Object.keys(full), 40 < worked.length], [['1', '2', '3'], true]);
full[4] = { '4-1': { met: true }, '4-2': { items: 5 }, '4-3': { met: true } };
full[5] = { '5-1': { met: true }, '5-2': { defects: 0 } };

// Who fills it in, and what is answered on the way there.
const begun = { 1: ['company'], 2: ['academy'], 3: ['college', ['本院学员']], 4: ['company'], 5: ['guild'] };

// Gives one row its answer by clicks and keys.
async function fill(page, row, answer) {
  const { choice, quantity, parts, deductions, credits, not_applicable: skipped, ...rest } = answer;
  const rule = ruleOf(row);
  if (skipped !== undefined) await choose(page, row, '本项', skipped ? '不涉及' : '涉及');
  if (choice !== undefined) await choose(page, row, '', choice);
  if (quantity !== undefined) await type(page, row, rule.of, quantity);
  for (const [at, it] of (parts ?? []).entries()) await type(page, row, (rule.percent ?? rule.ratio)[at], it);
  for (const [at, it] of (deductions ?? credits ?? []).entries()) {
    const { when, all } = rule.items[at];
    const said = credits ? ['不得分', '得分'] : ['不扣分', all ? '不得分' : '扣分'];
    if (typeof it === 'boolean') await choose(page, row, when, said[Number(it)]);
    else await type(page, row, when, it);
  }
  await fillOld(page, row, rest);
}

async function fillAll(page, answers) {
  for (const [row, answer] of Object.entries(answers)) await fill(page, row, answer);
}

// Takes an answer back.
async function clear(page, row) {
  await unfold(page, row);
  await page.locator(`[id="${row}"]`).getByRole('button', { name: '清空本项' }).click();
}

// A fresh sheet of that annex, in a dossier of its own.
async function begin(t, annex, { unit = '虚构单位', ...options } = {}) {
  const host = await serve(join(folder, 'dist'), { prefix: '/zp/' });
  t.after(host.close);
  const [kind, answers] = begun[annex];
  const it = await visit(t, `start/${kind}/`, { host, app: ready, ...options });
  await newDossier(it.page, unit, answers);
  if (annex < 4) await it.page.getByRole('button', { name: '添加职业（工种）自评表' }).click();
  else await it.page.getByRole('link', { name: '填写', exact: true }).click();
  await it.page.locator(`fieldset[id="${annex}-1"]`).waitFor();
  await it.page.waitForFunction(() => [...document.querySelectorAll('section.group')].every((it) => it.querySelector('fieldset')));
  await appState(it.page, ready);
  return it;
}

// What the page says is what the command line says of these answers.
async function agrees(page, annex, answers, why) {
  const [said, it] = [await shown(page), engine(['score'], { rubric: String(annex), answers })];
  const { rows, bands } = rubrics[annex - 1];
  const asked = rows.filter((row) => row.kind !== 'bonus' && row.kind !== 'unscored').length;
  const worth = Object.fromEntries(rows.map((row) => [row.section, row.section_points]));
  const sections = Object.entries(it.sections).map(([name, n]) => [name, `${n} / ${worth[name]}`]);
  const vetoes = [it.filing_vetoes, it.work_vetoes].filter((it) => it.length);
  const counted = `分 · 已评 ${asked - it.unanswered.length} / ${asked} 项`;
  assert.deepEqual([said.points, said.counted, said.sections], [String(it.base_total), counted, Object.fromEntries(sections)], why);
  assert.deepEqual(said.vetoes.map((it) => it.rows), vetoes, why);
  if (it.low === it.high) assert.equal(said.range, undefined, why);
  else assert.ok(said.range.startsWith(`最低 ${it.low} 分，最高 ${it.high} 分：`), `${why}: ${said.range}`);
  const verdict = { filing_vetoed: `触发否决项 ${it.filing_vetoes.join('、')}，不论得分`, below_all_thresholds: '文件未规定该情形的处理' }[it.verdict];
  const reached = bands.find((band) => band.label === it.verdict);
  const parts = [verdict ?? (reached ? `已得 ${it.base_total} 分，达到 ${reached.min} 分，${reached.label}` : `已得 ${it.base_total} 分，${it.verdict}`)];
  if (it.not_applicable?.length) parts.push(`；不涉及 ${it.not_applicable.join('、')}`);
  for (const scale of it.scales ?? []) parts.push(`；${scale.name} ${scale.points} 分，`);
  const bar = await page.locator('svg.range').first().getAttribute('aria-label');
  assert.match(bar, bands.length ? /分。达到 .+；$/ : /最高 \S+ 分。$/, why);
  for (const part of parts) assert.ok(said.sentence.includes(part), `${why}: ${said.sentence} does not say ${part}`);
  return it;
}

for (const annex of [1, 2, 3, 4, 5]) {
  test(`annex ${annex}: what was worked out by hand is what the page says`, async (t) => {
    const { page, seen } = await begin(t, annex);
    await fillAll(page, full[annex]);
    await agrees(page, annex, full[annex], 'full');
    const changed = [];
    for (const { rubric, why, answers = {}, expect = {}, rows = {}, error } of worked) {
      if (rubric !== String(annex) || error) continue;
      // what the case before had changed, and this one does not
      for (const row of changed.splice(0).filter((it) => !(it in answers))) {
        await clear(page, row);
        await fill(page, row, full[annex][row]);
      }
      for (const [row, answer] of Object.entries(answers)) {
        await clear(page, row);
        await fill(page, row, answer);
        changed.push(row);
      }
      const it = await agrees(page, annex, { ...full[annex], ...answers }, why);
      for (const [key, value] of Object.entries(expect)) assert.deepEqual(it[key], value, `${why}: ${key}`);
      for (const [row, [score]] of Object.entries(rows)) {
        const said = await page.locator(`[id="${row}"] output`).innerText();
        assert.match(said, new RegExp(`(^|\\D)${score} 分|${score === 0 ? '不得分' : '^$'}`), `${why}: ${row}`);
      }
    }
    seen.check();
  });
}

// A sheet with answers of every kind, not all of them the best.
const mixed = {
  1: {
    ...full[1], '1-1': { choice: '租用场地' }, '1-2': { quantity: 2000.5 }, '1-3': { quantity: 80 }, '1-5': { parts: [4, 100] },
    '1-6': { deductions: [false, 3, true, 2] }, '1-7': { choice: '基本符合', award: 8 }, '1-8': { credits: [false, 1, 2] },
    '1-9': { not_applicable: true },
  },
  2: { ...full[2], '2-1': { choice: 'C级' }, '2-2': { deductions: [true, 1] }, '2-4': { choice: '缺检查', award: 20 }, '2-5': { defects: 8 } },
  3: { '3-1': { quantity: 349 }, '3-2': { not_applicable: true }, '3-3': { met: true }, '3-4': { quantity: 1.6 } },
};

// All that stands in the rows: the fields, what is chosen, what comes of it.
const inRows = (page) => page.evaluate(() => [...document.querySelectorAll('fieldset.row')].map((row) => [
  row.id, ...[...row.querySelectorAll('input[type=text]')].map((it) => it.value),
  ...[...row.querySelectorAll('.seg')].map((it) => it.querySelector('.on')?.textContent ?? ''), row.querySelector('output').textContent,
].join(' | ')));

for (const annex of [1, 2, 3]) {
  test(`annex ${annex}: all of it is there after a reload, and comes along in a link and in a code`, async (t) => {
    const { page, host, seen } = await begin(t, annex);
    await fillAll(page, mixed[annex]);
    await saved(page);
    await agrees(page, annex, mixed[annex], 'mixed');
    const [before, rows] = [await shown(page), await inRows(page)];
    await page.reload();
    await appState(page, ready);
    await page.locator(`fieldset[id="${Object.keys(full[annex]).pop()}"]`).waitFor();
    assert.deepEqual([await shown(page), await inRows(page)], [before, rows]);
    await page.locator('.sum').getByRole('link', { name: '分享' }).click();
    await page.waitForURL(/share\//);
    await appState(page, ready);
    const link = await page.locator('#link').inputValue();
    const code = (await page.locator('ol.code code').allTextContents()).join('\n');
    // another program is given the same answers
    const read = JSON.parse(ziping(['--site', folder, 'code'], code)).sheets[0];
    assert.deepEqual([read.rubric, read.answers, read.partial], [String(annex), mixed[annex], undefined]);
    const { page: other } = await visit(t, link.slice(host.url.length), { host, app: ready });
    assert.equal(await other.locator('.verdict p').first().innerText(), `${before.sentence}。`);
    assert.deepEqual(await axe(other), []);
    await other.getByRole('button', { name: '另存为我的自评' }).click();
    await other.waitForURL(/dossier\//);
    await appState(other, ready);
    await other.locator('.links', { hasText: '打印评估表' }).last().getByRole('link', { name: '填写' }).click();
    await other.locator(`fieldset[id="${Object.keys(full[annex]).pop()}"] output`).waitFor();
    assert.deepEqual([await shown(other), await inRows(other)], [before, rows]);
    seen.check();
  });
}

// What stands in 备注, the last column of a page, without spaces.
function lastColumn({ words }) {
  const { right } = words.find((it) => it.text === '得分') ?? { right: Infinity };
  // digits end a little higher than letters of the same line
  const order = (a, b) => (Math.abs(a.bottom - b.bottom) < 6 ? a.x - b.x : a.bottom - b.bottom);
  const column = words.filter((it) => right < it.x).sort(order);
  return column.map((it) => it.text).join('').replaceAll(/\s/g, '');
}

test('the printed form says each answer in words, and how the total comes', async (t) => {
  const expected = {
    1: [
      '租用场地', '建筑面积2000.5平方米', '设备完好率80%', '藏书5000册', '教师4，学生100', '制度不健全3项，档案不全，记录不规范2分', '基本符合，自估8分',
      '省级奖项1项，有技术革新2分', '不涉及',
    ],
    2: ['C级', '无台账，账物不符1处', '缺检查，自估20分', '不符合8项'],
    3: ['图书349册', '不涉及', '生均经费1.6万元'],
  };
  const below = {
    1: ['基础条件×0.4，实施质量×0.6', '一行不够扣的分，从同一项目分解的其他行扣', '选“不涉及”的行不计入，其余按比例折算成100分'],
    2: ['一行不够扣的分，从全表的其他行扣', '结论取各部分中最差的一个'],
    3: ['一行不够扣的分，从同一项目的其他行扣'],
  };
  for (const annex of [1, 2, 3]) {
    const { page, seen } = await begin(t, annex);
    await fillAll(page, mixed[annex]);
    await saved(page);
    const { sentence } = await shown(page);
    await goTo(page, page.url().replace('/sheet/', '/rubric/'));
    const pages = await pdfPages(page);
    const [text, remarks] = [pages.map((it) => it.text).join(''), pages.map(lastColumn).join('')];
    for (const words of expected[annex]) assert.ok(remarks.includes(words), `${words} is not in ${remarks}`);
    for (const words of [...below[annex], `自评结论：${sentence}。`, '虚构单位']) {
      assert.ok(text.includes(words.replaceAll(' ', '')), `${words} is not in ${text}`);
    }
    seen.check();
  }
});

test('an answer takes the place of another that cannot stand beside it', async (t) => {
  const { page, seen } = await begin(t, 1);
  await fillAll(page, full[1]);
  for (const [first, then] of [
    [{ not_applicable: true }, { met: true }], [{ met: false }, { not_applicable: true }], [{ not_applicable: true }, { not_applicable: false, met: false }],
  ]) {
    await fill(page, '1-9', first);
    await fill(page, '1-9', then);
    const { not_applicable: skipped, ...rest } = then;
    await agrees(page, 1, { ...full[1], '1-9': skipped ? { not_applicable: true } : rest }, JSON.stringify([first, then]));
  }
  await fill(page, '1-9', { met: true });
  // points that a level leaves open count for that level alone
  await fill(page, '1-7', { choice: '基本符合', award: 8 });
  await fill(page, '1-7', { choice: '不符合' });
  await agrees(page, 1, { ...full[1], '1-7': { choice: '不符合' } }, 'another level');
  assert.equal(await page.locator('[id="1-7"] input[type=text]').count(), 0);
  await page.getByRole('button', { name: '撤销', exact: true }).first().click();
  await agrees(page, 1, { ...full[1], '1-7': { choice: '基本符合', award: 8 } }, 'undone');
  seen.check();
});

test('a condition of a band that is met while no points change is told everywhere', async (t) => {
  const { page, seen } = await begin(t, 1);
  const answers = {
    ...full[1], '1-7': { choice: '基本符合', award: 8.2 }, '1-11': { defects: 5 }, '1-16': { average: 25 }, '1-17': { award: 4.9 }, '1-21': { items: 0 },
  };
  await fillAll(page, answers);
  // 93.2 × 0.4 + 79.9 × 0.6 = 85.22, and 85.28 with the tenth that the section lacks to 80 %
  for (const [award, verdict] of [[4.9, '合格'], [5, '优秀'], [4.9, '合格']]) {
    await fill(page, '1-17', { award });
    const it = await agrees(page, 1, { ...answers, '1-17': { award } }, `${award}`);
    assert.deepEqual([it.base_total, it.verdict], [85.2, verdict]);
    assert.match((await shown(page)).bonus, new RegExp(`87.2 分，${verdict}。$`));
  }
  seen.check();
});

test('what is out of range is refused at its field, in words, and nothing is counted anew', async (t) => {
  const { page, seen } = await begin(t, 1);
  await fillAll(page, mixed[1]);
  await fill(page, '1-3', { parts: [8, 10] });
  const before = await shown(page);
  for (const [row, label, text, why] of [
    ['1-7', '自估', '4', '应在 5 至 12 分之间；仍按 8 计'], ['1-7', '自估', '13', '应在 5 至 12 分之间；仍按 8 计'],
    ['1-6', '记录不规范', '4', '应在 1 至 3 分之间；仍按 2 计'], ['1-6', '制度不健全', '三', '请填数字；仍按 3 计'],
    ['1-8', '有技术革新', '9', '应在 1 至 3 分之间；仍按 2 计'], ['1-2', '建筑面积', '-1', '不能是负数；仍按 2000.5 计'],
    ['1-2', '建筑面积', '很大', '请填数字；仍按 2000.5 计'], ['1-3', '全部设备', '0', '总数应大于 0；仍按 10 计'],
    ['1-5', '师生比', '很高', '请填数字；本格仍为未填'],
  ]) {
    await type(page, row, label, text);
    const field = page.locator(`[id="${row}"] input[aria-label^="${label}"]`);
    const told = page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`);
    await told.filter({ hasText: why }).waitFor();
    assert.deepEqual([await field.inputValue(), await field.getAttribute('aria-invalid'), await told.innerText()], [text, 'true', why]);
    assert.equal(await told.getAttribute('role'), 'alert');
    const { points, sentence } = await shown(page);
    if (row !== '1-5') assert.deepEqual([points, sentence], [before.points, before.sentence], `${row} ${text}`);
  }
  assert.deepEqual(await axe(page), []);
  seen.check();
});

// Goes on with Tab to a control of a row: a field by the beginning of its name, or a group to choose from.
async function tabTo(page, row, name) {
  for (let left = 60; 0 < left; left -= 1) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate(([row, name]) => {
      const it = document.activeElement;
      const words = it.getAttribute('aria-label') ?? it.closest('[role=radiogroup]')?.getAttribute('aria-label') ?? '';
      return it.closest('fieldset.row')?.id === row && /^(text|radio)$/.test(it.type) && words.startsWith(name);
    }, [row, name]);
    if (there) return;
  }
  assert.fail(`no way by Tab to ${name} of ${row}`);
}

test('every kind of row is filled in by keyboard alone', async (t) => {
  const { page, seen } = await begin(t, 1);
  const { keyboard } = page;
  // the nth of a few words: arrows choose as they go along
  const pick = async (row, name, nth) => {
    await tabTo(page, row, name);
    if (nth === 1) await keyboard.press('Space');
    for (let n = 1; n < nth; n += 1) await keyboard.press('ArrowRight');
  };
  const write = async (row, name, text) => {
    await tabTo(page, row, name);
    await keyboard.type(text);
  };
  await page.evaluate(() => document.getElementById('1-1').focus());
  await pick('1-1', '场地', 2);
  await write('1-2', '建筑面积', '2000.5');
  await write('1-3', '设备完好率', '80');
  await write('1-4', '藏书', '5000');
  await write('1-5', '教师', '4');
  await write('1-5', '学生', '100');
  await pick('1-6', '无管理制度', 1);
  await write('1-6', '制度不健全', '3');
  await pick('1-6', '档案不全', 2);
  await write('1-6', '记录不规范', '2');
  await pick('1-7', '工作计划', 2);
  await write('1-7', '自估', '8');
  await pick('1-8', '有国家级工作室', 2);
  await write('1-8', '省级奖项', '1');
  await write('1-8', '有技术革新', '2');
  await pick('1-9', '本项', 2);
  await keyboard.press('Tab');
  const answers = Object.fromEntries(Object.entries(mixed[1]).slice(0, 9));
  const it = engine(['score'], { rubric: '1', answers });
  assert.equal((await shown(page)).points, String(it.base_total));
  assert.match((await shown(page)).sentence, new RegExp(`未评 ${it.unanswered.length} 项.*不涉及 1-9`));
  for (const [row, { score }] of Object.entries(it.rows).slice(0, 8)) {
    assert.match(await page.locator(`[id="${row}"] output`).innerText(), new RegExp(`(^|\\D)${score} 分`), row);
  }
  seen.check();
});

test('its pages are everybody’s: every size, zoom and colour', async (t) => {
  const wrong = [];
  for (const annex of [1, 2]) {
    const { page } = await begin(t, annex);
    await fillAll(page, mixed[annex]);
    await type(page, annex === 1 ? '1-7' : '2-4', '自估', '99');
    wrong.push(...(await looked(page)).map((it) => `annex ${annex}: ${it}`));
  }
  assert.deepEqual(wrong, []);
});
