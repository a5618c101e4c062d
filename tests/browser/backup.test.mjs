// Backup files go out in words and come back as copies, foreign and hostile ones are refused or made harmless, records of
// an earlier version open, and the bin keeps for a week.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { cases } from './engine.mjs';
import { root, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { choose, fileFrom, fillAll, goTo, kept, newDossier, note, openFile, openSheet, put, saved, shown } from './sheet.mjs';

const v1 = (name) => readFileSync(join(root, `tests/records/v1/${name}.txt`), 'utf8').trim();
const save = (page) => fileFrom(page, () => page.keyboard.press('Control+s'));
const restore = (page) => page.getByRole('button', { name: '恢复为新的自评', exact: true });
const ids = async (page) => [...new Set(Object.keys(await kept(page, 'zp1/doc/')).map((it) => it.split('/')[2]))];

// A record of version 1 with other texts in it.
function forged(changes) {
  const text = (it) => Buffer.concat([varint(Buffer.byteLength(it)), Buffer.from(it)]);
  let bytes = Buffer.from(v1('employer').split('.').pop(), 'base64url');
  for (const [from, to] of Object.entries(changes)) {
    const [was, at] = [text(from), bytes.indexOf(text(from))];
    assert.notEqual(at, -1, from);
    bytes = Buffer.concat([bytes.subarray(0, at), text(to), bytes.subarray(at + was.length)]);
  }
  const payload = bytes.toString('base64url');
  return `ZP1.1.1790000001.${payload.length}.${crc32(payload)}.${payload}`;
}
function varint(n) {
  const bytes = [];
  for (; 127 < n; n >>>= 7) bytes.push((n & 127) | 128);
  return Buffer.from([...bytes, n]);
}
const UNIT = '平顶山市某机械有限公司';
const NOTE = '缺"应急预案"\n另附';
const CODE = '6-18-01-01';
const file = (...records) => JSON.stringify({ 份数: records.length, 档案: records }, null, 2);

test('a backup file says in words what was answered, under the name of the unit and the day', async (t) => {
  const { page, host, seen } = await openSheet(t, 2, { unit: '某/厂:"一"' });
  await fillAll(page, cases(2));
  await page.getByLabel('职业（工种/方向）名称').fill('车工');
  await (await note(page, 4)).fill('聘书"见"附页\n另一行');
  await saved(page);
  const { name, text } = await save(page);
  const day = await page.evaluate(() => { const it = new Date(); return it.getFullYear() * 10_000 + (it.getMonth() + 1) * 100 + it.getDate(); });
  assert.equal(name, `自评备份-某_厂__一_-${day}.json`);
  const all = JSON.parse(text);
  assert.equal(all.份数, 1);
  assert.match(all.说明, /打开备份文件/);
  assert.match(all.内容[0].单位, /^某\/厂:"一"，用人单位，按/);
  const lines = all.内容[0].填写;
  assert.ok(lines.some((it) => it.startsWith('附件2 车工：') && it.includes('100 分')), lines.join('\n'));
  for (let row = 1; row <= 21; row += 1) assert.ok(lines.some((it) => it.startsWith(`2-${row} `)), `2-${row}`);
  assert.ok(lines.some((it) => it.startsWith('2-4 ') && it.endsWith('备注：聘书"见"附页\n另一行')), lines.join('\n'));
  assert.equal(all.档案.length, 1);
  // a complete sheet has a version, which version 2 of a record could not say
  assert.match(all.档案[0], /^ZP3\./);
  assert.match(await page.locator('.told').textContent(), new RegExp(`已下载备份文件“${name}”`));
  assert.ok(host.requests.every((it) => !it.includes('json')));
  seen.check();
});

test('Ctrl+S makes a backup on every page of the programs', async (t) => {
  const { page, host, seen } = await openSheet(t, 2, { unit: '某厂' });
  const of = new URL(page.url()).searchParams.get('of');
  const id = of.split('-')[0];
  const pages = ['start/school/', 'mine/', `start/employer/?step=0&of=${id}`, `dossier/?of=${id}`, `scope/?of=${id}`, `sheet/2/?of=${of}`, `rubric/2/?of=${of}`];
  for (const path of pages) {
    await goTo(page, host.url + path);
    const { name, text } = await save(page);
    assert.match(name, path.includes('of=') ? /^自评备份-某厂-/ : /^自评备份-(全部|某厂)-/, path);
    assert.equal(JSON.parse(text).份数, 1, path);
  }
  seen.check();
});

test('what is in a file is shown first, nothing is written before it is wanted, and each time it is a copy', async (t) => {
  const { page, host, seen } = await openSheet(t, 2, { unit: '某厂' });
  await choose(page, '2-11', '', '符合');
  await saved(page);
  const result = await shown(page);
  const { text } = await save(page);
  await goTo(page, `${host.url}mine/`);
  const before = await kept(page);
  await openFile(page, text);
  await page.getByText('这个文件里有 1 份自评：').waitFor();
  const preview = await page.locator('li', { hasText: '附件2 未填职业名称：' }).last().innerText();
  assert.match(preview, new RegExp(`已得 ${result.points} 分`));
  assert.deepEqual(await kept(page), before);
  await page.getByRole('button', { name: '不恢复' }).click();
  await page.getByText('这个文件里有').waitFor({ state: 'detached' });
  assert.deepEqual(await kept(page), before);
  for (const n of [2, 3]) {
    await openFile(page, text);
    await restore(page).click();
    await page.getByText('已从备份文件恢复 1 份自评，原有的自评没有改动。').waitFor();
    assert.equal((await ids(page)).length, n);
    for (const [key, record] of Object.entries(before)) assert.equal((await kept(page))[key], record);
  }
  assert.equal(await page.getByRole('heading', { name: '某厂' }).count(), 3);
  seen.check();
});

test('all dossiers go into one file and come back, those in the bin too', async (t) => {
  const { page, host } = await visit(t, 'mine/', { app: 'ready' });
  await put(page, { 'zp1/doc/one/a': v1('employer'), 'zp1/doc/two/a': v1('school') });
  await goTo(page, page.url());
  await page.getByRole('listitem').filter({ hasText: '某技师学院' }).getByRole('button', { name: '移到回收站' }).click();
  const { name, text } = await fileFrom(page, () => page.getByRole('button', { name: '下载全部备份' }).click());
  assert.match(name, /^自评备份-全部-/);
  const other = await visit(t, 'mine/', { app: 'ready', host });
  await openFile(other.page, text);
  await other.page.getByText('这个文件里有 2 份自评').waitFor();
  await restore(other.page).click();
  for (const unit of [UNIT, '某技师学院']) await other.page.getByRole('link', { name: unit }).waitFor();
});

test('after twenty edits a backup is offered, until there is one', async (t) => {
  const { page, seen } = await openSheet(t, 2, { unit: '某厂' });
  const offer = page.locator('.backup');
  // adding the sheet was the first one
  for (let n = 2; n <= 20; n += 1) {
    assert.equal(await offer.count(), 0, `after ${n - 1} edits`);
    await choose(page, '2-11', '', n % 2 ? '不符合' : '符合');
  }
  await page.locator('.backup', { hasText: '已有 20 处修改没有备份' }).waitFor();
  await saved(page);
  await goTo(page, page.url());
  await offer.waitFor();
  await fileFrom(page, () => offer.getByRole('button', { name: '下载备份' }).click());
  await offer.waitFor({ state: 'detached' });
  await saved(page);
  await goTo(page, page.url());
  assert.equal(await offer.count(), 0);
  seen.check();
});

test('a sheet that is complete offers a backup, until there is one', async (t) => {
  const { page } = await openSheet(t, 6);
  await fillAll(page, cases(6));
  const offer = page.locator('.backup', { hasText: '已评完。请下载备份文件' });
  await fileFrom(page, () => offer.getByRole('button', { name: '下载备份' }).click());
  await offer.waitFor({ state: 'detached' });
});

const good = v1('employer');
const wrong = (record) => `${record.slice(0, 90)}${record[90] === 'A' ? 'B' : 'A'}${record.slice(91)}`;
const foreign = {
  'is larger than 8 MB': [Buffer.alloc((8 << 20) + 1, 65), '文件超过 8 MB 或读不出来，不是自评备份'],
  'is somebody else’s JSON': ['{"name": "ziping", "version": "1.0"}', '这不是自评的备份文件'],
  'is empty': ['', '这不是自评的备份文件'],
  'is a spreadsheet': [Buffer.concat([Buffer.from('PK\x03\x04\x14\x00'), Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 89) % 256))]), '这不是自评的备份文件'],
  'has one wrong letter': [file(wrong(good)), '这个文件里没有能打开的自评。第 1 份已损坏'],
  'is from a newer program': [file('ZP9.1.1.1800000000.0.4.123.AAAA'), '这个文件里没有能打开的自评。第 1 份由较新版本的程序保存，更新后再打开'],
  'is of an edition that nobody knows': [file(forged({ 'henan-2021': 'henan-2099' })), '这个文件里没有能打开的自评。“平顶山市某机械有限公司”依据的评估要点版本 henan-2099 本网站没有'],
};
for (const [what, [content, why]] of Object.entries(foreign)) {
  test(`a file that ${what} is refused with the reason, and nothing changes`, async (t) => {
    const { page, seen } = await visit(t, 'mine/', { app: 'ready' });
    await put(page, { 'zp1/doc/one/a': good });
    await goTo(page, page.url());
    const before = await kept(page);
    await openFile(page, content);
    await page.getByText(`没有打开：${why}。原有的自评没有改动。`).waitFor();
    assert.equal(await restore(page).count(), 0);
    assert.deepEqual(await kept(page), before);
    seen.check();
  });
}

test('of a damaged file all that is whole is offered, and what is not is named', async (t) => {
  const { page, seen } = await visit(t, 'mine/', { app: 'ready' });
  const two = file(good, v1('school'));
  const parts = {
    'cut within a record': [two.slice(0, -20), '第 2 份已损坏。'],
    'cut after a record': [two.split(',\n    "ZP1')[0], '文件不完整，缺 1 份。'],
    'with a wrong letter': [file(wrong(v1('school')), good), '第 1 份已损坏。'],
    'with one of a newer program': [file(good, 'ZP9.1.1.1800000000.0.4.123.AAAA'), '第 2 份由较新版本的程序保存，更新后再打开。'],
    'with one of another edition': [file(good, forged({ 'henan-2021': 'henan-2099' })), '“平顶山市某机械有限公司”依据的评估要点版本 henan-2099 本网站没有。'],
    'without its head': [`"档案": [${two.split('"档案": [')[1]}`.replace(v1('school'), v1('school').slice(0, 40)), '第 2 份已损坏；文件开头缺失，可能还少了几份。'],
  };
  for (const [what, [content, lost]] of Object.entries(parts)) {
    await openFile(page, content);
    await page.getByText(`没有全部打开：${lost}`).waitFor();
    await page.getByText('这个文件里有 1 份自评').waitFor();
    assert.equal(await restore(page).count(), 1, what);
  }
  await restore(page).click();
  await page.getByText('已从备份文件恢复 1 份自评').waitFor();
  seen.check();
});

test('all that a browser keeps opens from one file, however full its notes are', async (t) => {
  const { page, seen } = await visit(t, 'mine/', { app: 'ready' });
  const many = Array.from({ length: 8 }, (_, n) => forged({ [UNIT]: `第${n + 1}家`, [NOTE]: '注'.repeat(90_000) }));
  const text = file(...many);
  assert.ok(text.length > 2.5e6);
  await openFile(page, text);
  await page.getByText('这个文件里有 8 份自评').waitFor();
  await page.getByText('第8家').waitFor();
  seen.check();
});

test('a hostile file is shown as text, without what cannot be seen, and runs nothing', async (t) => {
  const { page, seen } = await visit(t, 'mine/', { app: 'ready' });
  const attack = '<img src=x onerror="document.title=\'taken\'"><script>document.title=\'taken\'</script>';
  const hidden = '\u202e\u2066\u200f\u0000\u0007\u001b\ufeff';
  await openFile(page, file(forged({
    [UNIT]: `${hidden}甲${attack}乙${'长'.repeat(300)}`,
    [NOTE]: `${attack}\n${hidden}丙${'长'.repeat(600)}`,
    [CODE]: `6${hidden}${attack}`,
  })));
  await page.getByText('这个文件里有 1 份自评').waitFor();
  await restore(page).click();
  const unit = `甲${attack}乙${'长'.repeat(300)}`;
  await page.getByRole('heading', { name: unit }).waitFor();
  await page.getByRole('link', { name: unit }).click();
  await page.getByLabel('申请单位名称').waitFor();
  assert.equal(await page.locator('h1').textContent(), unit);
  assert.equal(await page.getByLabel('申请单位名称').inputValue(), unit);
  await page.getByRole('link', { name: '附件1' }).first().click();
  await page.locator('.sum').waitFor();
  const said = await page.locator('#note-4').inputValue();
  assert.equal(said, `${attack}\n丙${'长'.repeat(600)}`);
  await page.getByRole('link', { name: '打印评估表' }).click();
  await page.locator('.form .verdict').waitFor();
  const printed = await page.locator('main').innerText();
  assert.ok(printed.includes(attack));
  assert.doesNotMatch(printed, /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u0000\u0007\u001b\ufeff]/);
  assert.equal(await page.locator('img[onerror], main script').count(), 0);
  assert.doesNotMatch(await page.title(), /taken/);
  const { name, text } = await save(page);
  assert.doesNotMatch(name, /[<>":/\\|?*]/);
  assert.ok(JSON.parse(text).内容[0].单位.startsWith(unit));
  seen.check();
});

test('a hidden direction in a name is not even shown in the preview of a file', async (t) => {
  const { page } = await visit(t, 'mine/', { app: 'ready' });
  await openFile(page, file(forged({ [UNIT]: '甲\u202e乙' })));
  await page.getByText('这个文件里有 1 份自评').waitFor();
  assert.equal(await page.locator('li h3', { hasText: '甲' }).textContent(), '甲乙');
});

test('a record of version 1 opens, is saved as one of this version, and stays as the earlier one', async (t) => {
  const { page, host, seen } = await visit(t, 'mine/', { app: 'ready' });
  await put(page, { 'zp1/doc/one/a': good });
  await goTo(page, page.url());
  await page.getByRole('link', { name: UNIT }).click();
  await page.getByLabel('申请单位名称').waitFor();
  assert.deepEqual(await kept(page, 'zp1/'), { 'zp1/doc/one/a': good });
  await page.getByRole('link', { name: '附件2 车工（数控车床）' }).click();
  await page.locator('.sum').waitFor();
  const before = await shown(page);
  for (const text of ['一', '二', '三']) {
    await (await note(page, 1)).fill(text);
    await saved(page);
  }
  const all = await kept(page, 'zp1/');
  assert.equal(all['zp1/earlier/one'], good);
  for (const slot of ['a', 'b']) assert.match(all[`zp1/doc/one/${slot}`], /^ZP2\./);
  await goTo(page, page.url());
  assert.deepEqual(await shown(page), before);
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('button', { name: '彻底删除' }).click();
  await page.getByRole('button', { name: '确认彻底删除' }).click();
  assert.deepEqual(await kept(page, 'zp1/'), {});
  seen.check();
});

test('the bin keeps for seven days on which somebody was here, whatever the clock said', async (t) => {
  const { page, host, seen } = await visit(t, 'start/employer/', { app: 'ready' });
  await newDossier(page, '某厂');
  const today = Date.now();
  const on = async (day) => {
    await page.clock.setFixedTime(today + day * 86_400_000);
    await goTo(page, `${host.url}mine/`);
  };
  const days = () => page.getByText('至少再留').textContent().then((it) => Number(it.match(/至少再留 (\d+) 天/)[1]));
  // a clock that is years behind, and is set right afterwards
  await on(-3000);
  await page.getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('heading', { name: '回收站' }).waitFor();
  await on(0);
  assert.equal(await days(), 7);
  await on(900);
  assert.equal(await days(), 6);
  for (let day = 1; day <= 5; day += 1) await on(900 + day);
  assert.equal(await days(), 1);
  await on(906);
  await page.getByText('还没有自评。').waitFor();
  assert.deepEqual(await kept(page, 'zp1/'), {});
  seen.check();
});

test('three dossiers of a file where there is room for one: the page says one, and one is there', async (t) => {
  const { page, host } = await visit(t, 'mine/', { app: 'ready' });
  await page.evaluate(() => {
    let room = 0;
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
      if (key.startsWith('zp1/doc/') && 1 < (room += 1)) throw new DOMException('no', 'QuotaExceededError');
      return real.call(this, key, text);
    };
  });
  await openFile(page, file(...['甲', '乙', '丙'].map((it) => forged({ [UNIT]: it }))));
  await page.getByText('这个文件里有 3 份自评：').waitFor();
  await restore(page).click();
  await page.getByText('只恢复了 1 份，还有 2 份本机放不下').waitFor();
  assert.equal((await ids(page)).length, 1);
  await goTo(page, `${host.url}mine/`);
  assert.deepEqual(await page.locator('ul.sheets h3').allTextContents(), ['甲']);
});

test('a record that was sent finds no room: it stays on the page, and nothing is called saved', async (t) => {
  const { page, host } = await visit(t, 'open/', { app: 'ready' });
  await page.evaluate(() => {
    Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); };
  });
  await page.locator('#text').fill(file(v1('employer')));
  await page.getByRole('button', { name: '打开', exact: true }).click();
  await page.getByRole('heading', { name: UNIT, level: 1 }).waitFor();
  await page.getByRole('button', { name: '另存为我的自评' }).click();
  await page.locator('.band:visible', { hasText: '未保存：浏览器空间已满或拒绝写入' }).waitFor();
  assert.equal(page.url(), `${host.url}open/`);
  await page.getByRole('heading', { name: UNIT, level: 1 }).waitFor();
  assert.deepEqual(await ids(page), []);
});

test('a dossier of an edition that this site lacks: said everywhere, scored nowhere, changed by nothing', async (t) => {
  const { page, host, seen } = await visit(t, 'about/');
  const record = forged({ 'henan-2021': 'henan-2031' });
  await put(page, { 'zp1/doc/one/a': record });
  for (const path of ['dossier/?of=one', 'sheet/1/?of=one-1', 'plan/?of=one-1', 'versions/?of=one-1', 'start/employer/?step=0&of=one']) {
    await goTo(page, host.url + path);
    await page.getByRole('heading', { name: '本网站没有评估要点版本“henan-2031”' }).waitFor();
    assert.equal(await page.locator('main').locator('input, textarea').count(), 0, path);
    assert.doesNotMatch(await page.locator('main').innerText(), /\d 分/, path);
  }
  for (const path of ['scope/?of=one', 'roster/?of=one', 'evidence/?of=one', 'packet/?of=one', 'print/?of=one', 'share/?of=one', 'compare/?of=one']) {
    await goTo(page, host.url + path);
    await page.locator('.band:visible', { hasText: '本网站没有，只能看，不打分' }).waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), /得 ?\d+ 分|\d 分/, path);
  }
  await goTo(page, `${host.url}mine/`);
  await page.getByText('依据的评估要点版本“henan-2031”本网站没有，只能看').waitFor();
  assert.equal((await kept(page))['zp1/doc/one/a'], record);
  seen.check();
});

test('of many dossiers in a file one takes what one wants, and is told what is here and how many there is room for', async (t) => {
  const { page, host, seen } = await openSheet(t, 2, { unit: '甲公司' });
  await saved(page);
  const own = JSON.parse((await save(page)).text).档案[0];
  const others = Array.from({ length: 49 }, (_, n) => forged({ [UNIT]: `某公司${n + 1}` }));
  await goTo(page, `${host.url}mine/`);
  await openFile(page, file(own, ...others));
  await page.getByText('这个文件里有 50 份自评：').waitFor();
  // what is here already is not chosen, and there is room for the others
  const ticks = page.locator('ul.sheets .tick input');
  assert.equal(await ticks.count(), 50);
  assert.equal(await ticks.nth(0).isChecked(), false);
  await page.getByText('本机已有，内容相同。').waitFor();
  await page.getByText('选了 49 份，共 50 份。').waitFor();
  await page.getByRole('button', { name: '全选', exact: true }).click();
  await page.getByText('本机最多放 50 份，还能放 49 份，选了 50 份，请少选 1 份').waitFor();
  assert.equal(await restore(page).isDisabled(), true);
  await page.getByRole('button', { name: '全不选' }).click();
  await page.getByText('选了 0 份，共 50 份。').waitFor();
  assert.equal(await restore(page).isDisabled(), true);
  for (const n of [3, 4, 5]) await ticks.nth(n).check();
  await restore(page).click();
  await page.getByText('已从备份文件恢复 3 份自评，原有的自评没有改动。').waitFor();
  assert.equal((await ids(page)).length, 4);
  seen.check();
});

test('nothing that is typed or restored is cut, and what codes and links leave out is said', async (t) => {
  const { page, seen } = await openSheet(t, 2, { unit: '某'.repeat(206) });
  const long = '备'.repeat(704);
  const field = await note(page, 4);
  await field.fill('备'.repeat(450));
  await page.getByText('还能写 50 字').waitFor();
  await field.fill(long);
  await page.getByText('超出 204 字').waitFor();
  await saved(page);
  const { text } = await save(page);
  await page.reload();
  await (await note(page, 4)).waitFor();
  assert.equal(await page.locator('#note-4').inputValue(), long);
  const other = await visit(t, 'mine/', { app: 'ready' });
  await openFile(other.page, text);
  await other.page.getByText('单位名称超出 6 字（限 200 字），2-4 备注超出 204 字（限 500 字）').waitFor();
  await restore(other.page).click();
  await other.page.getByText('已从备份文件恢复 1 份自评').waitFor();
  const [id] = await ids(other.page);
  await goTo(other.page, `${other.host.url}share/?of=${id}`);
  await other.page.getByText('带上备注').click();
  await other.page.getByText('2-4 备注超出 204 字，自评码和链接带不下').waitFor();
  await goTo(other.page, `${other.host.url}dossier/?of=${id}`);
  assert.equal(await other.page.getByLabel('申请单位名称').inputValue(), '某'.repeat(206));
  seen.check();
});
