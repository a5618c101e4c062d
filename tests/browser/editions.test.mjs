// Several editions in one site: each has pages of its own, and whatever was made under one of them is filled in, shared and opened
// under that one, wherever somebody comes from.

import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { cases, rubrics, ziping } from './engine.mjs';
import { looked } from './everyone.mjs';
import { appState, axe, root, serve, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { begin, fillAll, kept, newDossier, put, saved, shown } from './sheet.mjs';

const ready = ['ready', 'fallback'];
// The edition in force at the root; one that it took the place of; an invented one of another place.
const EXPIRED = 'henan-2019';
const INVENTED = 'xuni-2099';
const answers = Object.fromEntries(Object.entries(cases(1)).slice(0, 10));

const folder = await mkdtemp(join(tmpdir(), 'ziping-editions-'));
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
await (async () => {
  for (const part of ['content', 'rubrics', 'style', 'site.toml']) await cp(join(root, part), join(folder, part), { recursive: true });
  const add = async (from, id, keys) => {
    const to = join(folder, 'rubrics', id);
    await mkdir(to, { recursive: true });
    await cp(join(root, from), to, { recursive: true });
    const about = await readFile(join(to, 'edition.toml'), 'utf8');
    // below the first head stand the kinds of applicant, which have ids too
    const own = about.slice(0, about.search(/^\[/m)).replace(/^(id|place|from) .*\n/gm, '');
    await writeFile(join(to, 'edition.toml'), `id = "${id}"\n${keys}\n${own}${about.slice(about.search(/^\[/m))}`);
  };
  await add('rubrics/henan-2021', EXPIRED, 'place = "河南省"\nfrom = "2019-03-01"\nuntil = "2021-12-29"');
  await add('tests/kinds/site/rubrics/xuni-2099', INVENTED, 'place = "虚构省"\nfrom = "2020-06-01"');
  await cp(join(root, 'tests/kinds/site/content'), join(folder, 'content'), { recursive: true });
  // every row of the older edition is the row of that number now, but one that was struck out and one that is new
  const ids = rubrics().flatMap((it) => it.rows.map((row) => row.id));
  const pairs = ids.map((id) => (id === '1-2' ? `[[row]]\nolder = ["${id}"]\n[[row]]\nnewer = ["${id}"]\n` : `[[row]]\nolder = ["${id}"]\nnewer = ["${id}"]\n`));
  await writeFile(join(folder, `rubrics/henan-2021/from-${EXPIRED}.toml`), pairs.join(''));
  ziping(['--site', folder, 'build', '--app', join(root, 'target/app'), '--out', join(folder, 'dist')]);
})();

// Below a sub-path, as many sites are.
async function site(t) {
  const host = await serve(join(folder, 'dist'), { prefix: '/zp/' });
  t.after(host.close);
  return host;
}

const below = (page, host) => page.url().slice(host.url.length);
const dossiers = (page) => page.locator('main a[href*="dossier/?of="]');

// A dossier of the expired edition with its sheet of annex 1 open.
async function older(t, host, unit = '某老厂') {
  const it = await visit(t, `${EXPIRED}/start/employer/`, { host, app: ready });
  await begin(it.page, 1, unit);
  assert.match(below(it.page, host), new RegExp(`^${EXPIRED}/sheet/1/\\?of=`));
  return it;
}

test('one is chosen on the home page by place and date, and its pages say which it is', async (t) => {
  const host = await site(t);
  const { page, seen } = await visit(t, '', { host });
  const chooser = page.getByRole('navigation', { name: '评估要点的版本' });
  assert.deepEqual(await chooser.getByRole('listitem').allInnerTexts(), [
    '河南省 2021年12月29日起（现行）', '虚构省 2020年6月1日起（现行）', '河南省 2019年3月1日起（已失效，2021年12月29日起）',
  ]);
  assert.deepEqual(await axe(page), []);
  await chooser.getByRole('link', { name: '2019年' }).click();
  await page.waitForURL(`${host.url}${EXPIRED}/`);
  const line = page.getByRole('region', { name: '评估要点的版本' });
  assert.match(await line.innerText(), /^已失效/);
  assert.deepEqual(await axe(page), []);
  await page.locator('.card', { hasText: '本单位职工' }).getByRole('link', { name: '开始自评' }).click();
  await page.waitForURL(`${host.url}${EXPIRED}/start/employer/`);
  await appState(page, ready);
  // the app has taken the page over, and the line is still there
  assert.match(await line.innerText(), /^已失效/);
  assert.deepEqual(await axe(page), []);
  await page.getByRole('link', { name: '文件', exact: true }).click();
  await page.waitForURL(`${host.url}notice/`);
  assert.equal(await line.count(), 0);
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${host.url}${EXPIRED}/rubric/1/`);
  assert.ok(!(await line.isVisible()));
  assert.match(await page.locator('.release').innerText(), /^河南省 2019年3月1日起（已失效，2021年12月29日起）/);
  assert.ok(await page.locator('.release').isVisible());
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: '现行版本：河南省 2021年12月29日起' }).click();
  await page.waitForURL(host.url);
  seen.check();
});

test('a sheet of an older edition loads that one alone, and comes back after a reload', async (t) => {
  const host = await site(t);
  const { page, seen } = await older(t, host);
  await fillAll(page, answers);
  await saved(page);
  const before = await shown(page);
  host.requests.length = 0;
  await page.reload();
  await appState(page, ready);
  assert.deepEqual(await shown(page), before);
  // a rubric by itself; what other pages need of all comes a while later
  const data = () => [...new Set(host.requests.filter((it) => /\/data-\d+-\w+\.bin$/.test(it)))];
  assert.match(data()[0], /\/data-1-\w+\.bin$/);
  const own = await readFile(join(folder, 'dist', EXPIRED, 'sheet/1/index.html'), 'utf8');
  assert.ok(own.includes(data()[0].split('/').pop()), 'its own rubric');
  assert.equal(data().length, 1, 'and no other');
  seen.check();
});

test('the address of a dossier below another edition leads to its own, with the row', async (t) => {
  const host = await site(t);
  const { page, seen } = await older(t, host);
  await fillAll(page, answers);
  await saved(page);
  const [before, right] = [await shown(page), below(page, host)];
  const rest = right.slice(EXPIRED.length + 1);
  for (const wrong of [rest, `${INVENTED}/${rest}`, `${rest}#1-4`]) {
    await page.goto(host.url + wrong);
    await page.waitForURL(`${host.url}${EXPIRED}/${wrong.replace(`${INVENTED}/`, '')}`);
    await appState(page, ready);
    assert.deepEqual(await shown(page), before, wrong);
  }
  // what nobody knows stays where it is, and is told as ever
  await page.goto(`${host.url}dossier/?of=zzzz`);
  await appState(page, ready);
  assert.equal(below(page, host), 'dossier/?of=zzzz');
  seen.check();
});

test('what is shared under an older edition opens at the root, and is kept under its own', async (t) => {
  const host = await site(t);
  const { page, seen } = await older(t, host);
  await fillAll(page, answers);
  await saved(page);
  const { sentence } = await shown(page);
  await page.locator('.sum').getByRole('link', { name: '分享' }).click();
  await page.waitForURL(/share\//);
  await appState(page, ready);
  const link = await page.locator('#link').inputValue();
  assert.ok(link.startsWith(`${host.url}open/#s.`), link);
  const code = (await page.locator('ol.code code').allTextContents()).join('\n');
  const record = link.split('#')[1];
  // as it is sent, as a chat made it of it, below any edition, typed in as a code
  for (const path of [`open/#${record}`, `#${record}`, `sheet/1/#${record}`, `${EXPIRED}/#${record}`, `${INVENTED}/open/#${record}`, 'code']) {
    const { page: other } = await visit(t, path === 'code' ? 'open/' : path, { host, app: path.includes('open') || path === 'code' ? ready : undefined });
    if (path === 'code') {
      await other.locator('textarea').first().fill(code);
      await other.getByRole('button', { name: '打开', exact: true }).click();
    }
    await other.locator('.verdict p').first().waitFor();
    assert.equal(await other.locator('.verdict p').first().innerText(), `${sentence}。`, path);
    await other.getByText('依据另一版评估要点').waitFor();
    if (path === `open/#${record}`) {
      await other.getByRole('button', { name: '另存为我的自评' }).click();
      await other.waitForURL(new RegExp(`/zp/${EXPIRED}/dossier/\\?of=`));
      await appState(other, ready);
      await other.getByText(sentence).first().waitFor();
    }
    await other.context().close();
  }
  seen.check();
});

// A page with a dossier of the expired edition, filled in, and one of that in force, which it shows.
async function both(t) {
  const host = await site(t);
  const { page, seen } = await older(t, host);
  await fillAll(page, answers);
  await saved(page);
  await page.goto(`${host.url}start/employer/`);
  await appState(page, ready);
  await newDossier(page, '某新厂');
  return { page, host, seen };
}

test('the list of all dossiers says of which edition each is', async (t) => {
  const { page, host, seen } = await both(t);
  const told = { 某新厂: '版本：河南省 2021年12月29日起（现行）', 某老厂: '版本：河南省 2019年3月1日起（已失效）' };
  const all = async (rows) => {
    for (const [unit, words] of rows) {
      const line = page.locator('ul.sheets > li', { hasText: unit });
      await line.getByText(words).waitFor();
      assert.match(await line.locator('p').first().innerText(), new RegExp(`^用人单位，\\d 张自评表.* 保存，${words}$`));
    }
  };
  for (const at of ['', `${EXPIRED}/`, `${INVENTED}/`]) {
    await page.goto(`${host.url}${at}mine/`);
    await appState(page, ready);
    await all(Object.entries(told));
  }
  // the list is made anew, also when the app comes back to it
  await page.locator('li', { hasText: '某新厂' }).getByRole('button', { name: '移到回收站' }).click();
  await page.getByRole('heading', { name: '回收站' }).waitFor();
  await all([['某老厂', told.某老厂]]);
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  await all(Object.entries(told));
  assert.deepEqual(await axe(page), []);
  await dossiers(page).filter({ hasText: '某老厂' }).first().click();
  await page.waitForURL(/dossier/);
  await appState(page, ready);
  await page.goto(`${host.url}${EXPIRED}/mine/`);
  await appState(page, ready);
  await dossiers(page).filter({ hasText: '某老厂' }).first().click();
  await page.getByRole('link', { name: '我的自评' }).first().click();
  await page.waitForURL(/mine/);
  await all(Object.entries(told));
  assert.deepEqual(await looked(page, { light: true }), []);
  seen.check();
});

test('the list of all dossiers and 接着填 lead to each where its edition lies', async (t) => {
  const { page, host, seen } = await both(t);
  await page.goto(`${host.url}${INVENTED}/mine/`);
  await appState(page, ready);
  await dossiers(page).filter({ hasText: '某新厂' }).first().click();
  await page.waitForURL(new RegExp(`${host.url}dossier/\\?of=`));
  await appState(page, ready);
  await page.goto(`${host.url}mine/`);
  await appState(page, ready);
  await dossiers(page).filter({ hasText: '某老厂' }).first().click();
  await page.waitForURL(new RegExp(`${host.url}${EXPIRED}/dossier/\\?of=`));
  await appState(page, ready);
  await page.getByLabel('申请单位').first().fill('某老厂二');
  await saved(page);
  for (const home of ['', `${EXPIRED}/`]) {
    await page.goto(host.url + home);
    await page.getByRole('link', { name: '接着填：某老厂二' }).click();
    await page.waitForURL(new RegExp(`${host.url}${EXPIRED}/dossier/\\?of=`));
    await appState(page, ready);
  }
  seen.check();
});

test('what the browser lost and the mirror has is opened where its edition lies too', async (t) => {
  const host = await site(t);
  const { page } = await older(t, host);
  await fillAll(page, answers);
  await saved(page);
  const [before, right] = [await shown(page), below(page, host)];
  assert.ok(Object.keys(await kept(page, 'zp1/doc/')).length);
  await page.goto(`${host.url}about/`);
  await page.evaluate(() => localStorage.clear());
  await page.goto(host.url + right.slice(EXPIRED.length + 1));
  await page.waitForURL(host.url + right);
  await appState(page, ready);
  assert.deepEqual(await shown(page), before);
});

test('where the app cannot start, the blank form is that of the page’s own edition', async (t) => {
  const host = await site(t);
  const { page } = await visit(t, 'guide/', { host });
  await page.route(/\/(app|first)-[^/]*$/, (route) => route.abort('blockedbyclient'));
  for (const [address, form] of [[`${EXPIRED}/sheet/1/`, `${EXPIRED}/rubric/1/`], ['sheet/1/', 'rubric/1/'], [`${INVENTED}/dossier/`, `${INVENTED}/rubric/`]]) {
    await page.goto(host.url + address);
    const blank = page.locator('#boot .links').getByRole('link', { name: '空白表', exact: true });
    await blank.waitFor();
    assert.equal(await blank.evaluate((it) => it.href), host.url + form);
  }
});

test('a damaged record is no reason to go anywhere', async (t) => {
  const host = await site(t);
  const { page, seen } = await visit(t, 'about/', { host });
  await put(page, { 'zp1/doc/aaa/a': 'ZP3.1.2.3.4.5.6.%%%', 'zp1/doc/aaa/b': `ZP3.1.2.3.4.5.6.${'_'.repeat(9000)}` });
  await page.goto(`${host.url}sheet/1/?of=aaa-1`);
  await appState(page, ready);
  assert.equal(below(page, host), 'sheet/1/?of=aaa-1');
  seen.check();
});

test('two editions stand side by side, and a record of the older is copied under the newer', async (t) => {
  const host = await site(t);
  const { page, seen } = await older(t, host);
  await fillAll(page, answers);
  await saved(page);
  const id = new URL(page.url()).searchParams.get('of').split('-')[0];
  await page.goto(`${host.url}rubric/`);
  await page.getByRole('link', { name: '新旧对照' }).click();
  await page.waitForURL(`${host.url}changed/`);
  assert.match(await page.locator('.changed').innerText(), /删去 1 处，新增 1 处/);
  assert.deepEqual(await axe(page), []);
  await page.goto(`${host.url}compare/?of=${id}`);
  await page.waitForURL(`${host.url}${EXPIRED}/compare/?of=${id}`);
  const section = page.locator('.newer');
  await section.getByRole('button', { name: '按新版另存一份' }).waitFor();
  assert.match(await section.innerText(), /新增，要回答：1-2。[^]*新版没有了，不再计分：1-2。/);
  assert.deepEqual(await axe(page), []);
  await section.getByRole('button', { name: '按新版另存一份' }).click();
  await page.waitForURL((url) => url.href.startsWith(`${host.url}dossier/?of=`));
  await appState(page, ready);
  assert.notEqual(new URL(page.url()).searchParams.get('of'), id);
  const stored = await page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('zp1/doc/')).map((it) => it.split('/')[2]));
  assert.equal(new Set(stored).size, 2);
  seen.check();
});
