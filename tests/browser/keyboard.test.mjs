// The whole job without a mouse: from the home page to a record that somebody else opens, with Tab, arrows, space, Enter and
// letters; and what a screen reader is given of a sheet.

import assert from 'node:assert/strict';
import { cases, links, rubrics } from './engine.mjs';
import { appState, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { fileFrom, goTo, openSheet, saved, type } from './sheet.mjs';

const ready = ['ready', 'fallback'];

// What has the focus: its name as a screen reader says it, and whether anything of it is in sight and not covered.
const here = (page) => page.evaluate(() => {
  const it = document.activeElement;
  const by = (ids) => ids?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  const label = it.labels?.[0]?.textContent;
  const name = it.getAttribute('aria-label') ?? by(it.getAttribute('aria-labelledby')) ?? label ?? it.textContent;
  const part = it.matches('.vh, input[type=radio], input[type=checkbox]') ? it.closest('label') ?? document.querySelector(`label[for="${it.id}"]`) ?? it : it;
  const box = part.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const spots = [0.5, 0.15, 0.85].map((y) => document.elementFromPoint(x, Math.max(0, Math.min(innerHeight - 1, box.top + y * box.height))));
  return {
    name: name.replace(/\s+/g, ' ').trim(), tag: it.tagName, row: it.closest('fieldset.row')?.id, type: it.type,
    seen: it === document.body || spots.some((met) => met && (part.contains(met) || met.contains(part))),
    ring: it === document.body || [it, it.closest('label'), it.closest('.seg'), it.closest('.option'), document.querySelector(`label[for="${it.id}"]`)]
      .some((part) => part && getComputedStyle(part).outlineStyle !== 'none') || it.matches('h1, [tabindex="-1"]'),
  };
});

// Presses Tab until what has the focus is called so, and looks at every stop on the way.
async function tabTo(page, name, { row, type, key = 'Tab', most = 120 } = {}) {
  const met = [];
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press(key);
    const at = await here(page);
    met.push(at.name.slice(0, 20));
    assert.ok(at.seen, `the focus on “${at.name}” is covered or out of sight`);
    assert.ok(at.ring, `nothing shows that the focus is on “${at.name}”`);
    if ((typeof name === 'string' ? at.name === name : name.test(at.name)) && (!row || at.row === row) && (!type || at.type === type)) return at;
  }
  assert.fail(`no way by ${key} to ${name}${row ? ` in ${row}` : ''}: ${met.join(' | ')}`);
}
const press = async (page, name, options) => {
  await tabTo(page, name, options);
  await page.keyboard.press('Enter');
};
const arrived = async (page, path) => {
  await page.waitForURL(new RegExp(path));
  await appState(page, ready);
};

test('the whole job by keyboard alone', async (t) => {
  const { page, host, seen } = await visit(t, '', {
    browser: { viewport: { width: 1366, height: 620 }, permissions: ['clipboard-read', 'clipboard-write'] },
    before: (page) => page.addInitScript(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; }),
  });
  const keys = page.keyboard;
  // the first stop leads past the header
  await keys.press('Tab');
  assert.equal((await here(page)).name, '跳到正文');
  await keys.press('Enter');
  await keys.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('main')), 'the first stop behind it is in the page itself');
  await press(page, '开始自评');
  await arrived(page, /start\//);
  await tabTo(page, /./, { type: 'radio' });
  for (let left = 8; !(await here(page)).name.startsWith('省内其他企业'); left -= 1) {
    assert.ok(0 < left, 'the arrows do not come to 省内其他企业');
    await keys.press('ArrowDown');
  }
  await keys.press('Space');
  await press(page, '下一步');
  await page.locator('#place').waitFor();
  await tabTo(page, '单位社保登记地');
  await keys.type('平顶山市');
  await press(page, '下一步');
  await page.locator('#unit').waitFor();
  await tabTo(page, /申请单位名称/);
  await keys.type('平顶山市某机械有限公司');
  await press(page, '建立自评档案');
  await arrived(page, /dossier\//);
  await page.getByRole('heading', { name: '平顶山市某机械有限公司', level: 1 }).waitFor();
  const dossier = page.url();
  // by a link of the page that belongs to it
  const toDossier = async (link) => {
    await press(page, link, { most: 200 });
    await arrived(page, /dossier\//);
    assert.equal(page.url(), dossier);
  };
  await press(page, '添加职业（工种）自评表');
  await arrived(page, /sheet\/2\//);
  await page.locator('fieldset[id="2-1"]').waitFor();
  // a number, a choice, a note
  await tabTo(page, /^不符合/, { row: '2-1' });
  await keys.type('1');
  await tabTo(page, /展开 2-1 /);
  await keys.press('Enter');
  await tabTo(page, '2-1 备注与佐证材料');
  await keys.type('见附件一');
  await tabTo(page, /./, { row: '2-11', type: 'radio', most: 200 });
  await keys.press('ArrowRight');
  await page.locator('[id="2-11"] .seg .on', { hasText: /^不符合$/ }).waitFor();
  // the sections: opened, closed by Escape, and the focus is where it was
  await tabTo(page, '项目');
  await keys.press('Enter');
  await page.locator('.steps a').first().waitFor();
  await tabTo(page, /./);
  assert.ok(await page.evaluate(() => document.activeElement.closest('.steps')), 'the list of sections comes next');
  await keys.press('Escape');
  assert.equal((await here(page)).name, '项目');
  assert.equal(await page.locator('.steps a').first().isVisible(), false);
  await saved(page);
  const file = await fileFrom(page, () => keys.press('Control+s'));
  assert.match(file.text, /见附件一/);
  // the declaration
  await toDossier('平顶山市某机械有限公司');
  await press(page, '填写、核对和打印申报表');
  await arrived(page, /scope\//);
  for (const [what, text] of [[/^职业编码/, '6-18-01-01'], [/^职业名称/, '车工'], [/^工种/, '数控车床'], [/^级别/, '4、3']]) {
    await tabTo(page, what);
    await keys.type(text);
  }
  await tabTo(page, /^评价标准/);
  await keys.press('ArrowDown');
  await keys.press('Tab');
  await page.locator('table.rows > tbody .result', { hasText: /通过|待确认|核实/ }).first().waitFor();
  await page.locator('.saved.good').waitFor();
  // shared, printed
  await toDossier('平顶山市某机械有限公司');
  await press(page, '分享');
  await arrived(page, /share\//);
  await page.locator('#link').waitFor();
  await press(page, /^复制链接/);
  await page.locator('.told', { hasText: '已复制' }).waitFor();
  const link = await page.locator('#link').inputValue();
  await toDossier('返回档案');
  await press(page, /打印/);
  await page.waitForURL(/print\/|rubric\//);
  await appState(page, ready);
  await press(page, /打印/);
  await page.waitForFunction(() => window.printed);
  // opened where nothing is kept
  const other = await visit(t, 'open/', { host, app: ready });
  await tabTo(other.page, /自评码|链接|粘贴/);
  await other.page.keyboard.insertText(link);
  await press(other.page, '打开');
  await other.page.locator('.verdict').waitFor();
  assert.equal(await other.page.locator('h1').innerText().then((it) => /平顶山|未附/.test(it)), true);
  seen.check();
  other.seen.check();
});

test('Tab goes through a page in the order in which it reads, back the same way, and out of it', async (t) => {
  const { page, host } = await visit(t, 'open/', { app: ready });
  const [link] = links([{ rubric: '2', answers: cases(2) }], host.url);
  for (const path of ['open/', 'desk/', 'about/', link.slice(host.url.length)]) {
    await page.goto('about:blank');
    await goTo(page, host.url + path);
    await page.locator('.skip').focus();
    const order = [];
    for (let n = 0; n < 150; n += 1) {
      const at = await page.evaluate(() => {
        const all = [...document.querySelectorAll('*')];
        return document.activeElement === document.body ? -1 : all.indexOf(document.activeElement);
      });
      if (at < 0 || at === order[0]) break;
      order.push(at);
      await page.keyboard.press('Tab');
    }
    assert.ok(8 < order.length && order.length < 150, `${path}: ${order.length} stops`);
    assert.deepEqual(order, [...order].sort((a, b) => a - b), `${path}: as it reads`);
    const reachable = await page.evaluate(() => [...document.querySelectorAll('a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]')]
      .filter((it) => it.checkVisibility({ visibilityProperty: true }) && it.type !== 'radio').length);
    const radios = await page.evaluate(() => new Set([...document.querySelectorAll('input[type=radio]')].map((it) => it.name)).size);
    assert.equal(order.length, reachable + radios, `${path}: whatever can be pressed is a stop`);
  }
});

// The accessibility tree as Chromium hands it to a screen reader: role and name of each node that is not ignored, in order.
async function heard(page) {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  await cdp.detach();
  const byId = new Map(nodes.map((it) => [it.nodeId, it]));
  const out = [];
  const walk = (node, within) => {
    if (!node) return;
    const role = node.role?.value;
    const name = node.name?.value?.trim() ?? '';
    const group = role === 'group' || role === 'radiogroup' ? [...within, name] : within;
    if (!node.ignored) out.push({ role, name, within, description: node.description?.value ?? '' });
    for (const id of node.childIds ?? []) walk(byId.get(id), group);
  };
  walk(nodes[0], []);
  return out;
}

for (const annex of [1, 2, 3, 4, 5, 6]) {
  test(`a screen reader is given annex ${annex} in its printed order, and each control says row and choice`, async (t) => {
    const { page } = await openSheet(t, annex);
    const tree = await heard(page);
    const rows = rubrics().find((it) => it.annex === String(annex)).rows;
    const groups = tree.filter((it) => it.role === 'group' && new RegExp(`^${annex}-\\d+`).test(it.name));
    assert.deepEqual(groups.map((it) => /^\d+-\d+/.exec(it.name)[0]), rows.map((it) => it.id));
    for (const [i, { name }] of groups.entries()) {
      assert.ok(name.replace(/\s/g, '').includes(rows[i].content.replace(/\s/g, '').slice(0, 12)), `${rows[i].id}: ${name}`);
    }
    // the words of a row stand between its head and its controls
    const controls = tree.filter((it) => ['radio', 'textbox', 'button', 'DisclosureTriangle', 'checkbox', 'spinbutton'].includes(it.role));
    const ofRows = controls.filter((it) => it.within.some((name) => new RegExp(`^${annex}-\\d+`).test(name)));
    assert.ok(rows.length < ofRows.length, `${ofRows.length} controls`);
    assert.deepEqual(ofRows.filter((it) => !it.name).map((it) => `${it.role} in ${it.within}`), [], 'no control is without a name');
    // within its row a name is said once only
    for (const { name: row } of groups) {
      const names = ofRows.filter((it) => it.within.includes(row)).map((it) => [...it.within.slice(it.within.indexOf(row) + 1), it.name].join(' '));
      assert.deepEqual(names.filter((it, i) => names.indexOf(it) !== i), [], `${row}: two controls are called the same`);
    }
    const standards = tree.map((it, i) => [it, i]).filter(([it]) => it.role === 'blockquote').map(([, i]) => i);
    const heads = tree.map((it, i) => [it, i]).filter(([it]) => groups.includes(it)).map(([, i]) => i);
    assert.equal(standards.length, heads.length, 'each row has its 评估标准');
    heads.forEach((at, i) => assert.ok(at < standards[i] && (i + 1 === heads.length || standards[i] < heads[i + 1]), rows[i].id));
  });
}
