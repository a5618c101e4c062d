// Nothing is lost, nothing surprises: deleted sheets, places, the panel's doubts, the desk's sheets, sharing offline.

import assert from 'node:assert/strict';
import { cases, links } from './engine.mjs';
import { appState, axe, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { linksOf } from './links.mjs';
import { choose, fill, goTo, newDossier, note, openSheet, saved } from './sheet.mjs';

const option = (page, words) => page.locator('.option', { has: page.getByText(words, { exact: true }) });
const cards = (page) => page.locator('ul.sheets > li');

// A dossier with a sheet of annex 2 that has an answer and a note; the page of the dossier.
async function turner(t) {
  const it = await openSheet(t, 2, { unit: '某厂' });
  const { page } = it;
  await page.getByLabel('职业（工种/方向）名称').fill('车工');
  await fill(page, '2-19', { hazard: true });
  await (await note(page, 1)).fill('缺一份合同');
  await saved(page);
  await page.getByRole('link', { name: '返回档案' }).first().click();
  await page.getByLabel('申请单位名称').waitFor();
  return it;
}

test('a deleted sheet comes back by its notice, by undo, and from the bin days later', async (t) => {
  const { page, context, host, seen } = await turner(t);
  const url = page.url();
  const gone = async () => {
    await cards(page).filter({ hasText: '车工' }).getByRole('button', { name: '删除' }).click();
    await page.locator('.told', { hasText: '回收站里，保留 7 天' }).waitFor();
    await cards(page).filter({ hasText: '车工' }).waitFor({ state: 'detached' });
  };
  await gone();
  assert.deepEqual(await axe(page), []);
  await page.locator('.told').getByRole('button', { name: '撤销' }).click();
  await cards(page).filter({ hasText: '车工' }).waitFor();
  assert.equal(await page.locator('.told').isVisible(), false);
  await saved(page);
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('heading', { name: '我的自评', level: 1 }).waitFor();
  assert.equal(await page.getByRole('heading', { name: '回收站' }).count(), 0);

  await goTo(page, url);
  await gone();
  await page.keyboard.press('Control+z');
  await cards(page).filter({ hasText: '车工' }).waitFor();
  await saved(page);
  await goTo(page, `${host.url}mine/`);
  assert.equal(await page.getByRole('heading', { name: '回收站' }).count(), 0, 'what was undone is not in the bin as well');

  await goTo(page, url);
  await gone();
  await saved(page);
  await page.close();
  // another day, another tab
  const later = await context.newPage();
  await goTo(later, `${host.url}mine/`);
  const binned = later.locator('li', { hasText: '车工' });
  assert.match(await binned.textContent(), /附件2 车工.*某厂的自评表.*至少再留 7 天/s);
  assert.deepEqual(await axe(later), []);
  await binned.getByRole('button', { name: '恢复' }).click();
  await later.locator('.told', { hasText: '已恢复到原来的自评档案' }).waitFor();
  await goTo(later, url);
  await cards(later).filter({ hasText: '车工' }).getByRole('link', { name: '填写' }).click();
  assert.equal(await (await note(later, 1)).inputValue(), '缺一份合同');
  seen.check();
});

test('a place is read however it is written, completed, and marked where the list does not have it', async (t) => {
  const { page, seen } = await visit(t, 'start/employer/', { app: 'ready' });
  await option(page, '省内其他企业').click();
  await page.getByRole('button', { name: '下一步' }).click();
  const field = page.getByLabel('单位社保登记地');
  assert.equal(await page.locator('#places option[value="平顶山市叶县"]').count(), 1);
  for (const [typed, kept] of [['平顶山市 叶县', '平顶山市叶县'], ['ｘ', 'ｘ'], ['舞钢', '平顶山市舞钢市'], ['郑州/洛阳', '郑州市、洛阳市'], ['叶县', '平顶山市叶县']]) {
    await field.fill(typed);
    await page.keyboard.press('Tab');
    await page.waitForFunction((kept) => document.getElementById('place').value === kept, kept);
    assert.equal(await page.getByText('不在河南省的地名名单上').count(), kept === 'ｘ' ? 1 : 0, typed);
  }
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('在平顶山市（单位社保登记地）办理属地备案').waitFor();
  await page.getByText('平顶山市人社局（2021年印发）').waitFor();
  assert.equal(await page.getByRole('link', { name: '2978838' }).getAttribute('href'), 'tel:2978838');
  await page.getByLabel('申请单位名称').fill('某厂');
  await page.getByRole('button', { name: '建立自评档案' }).click();
  await page.getByRole('heading', { name: '某厂', level: 1 }).waitFor();
  const place = page.getByLabel('所在地');
  assert.equal(await place.inputValue(), '平顶山市叶县');
  await place.fill('湛河区');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.getElementById('fact-1').value === '平顶山市湛河区');
  await place.fill('火星');
  await page.keyboard.press('Tab');
  await page.getByText('“火星”不在河南省的地名名单上').waitFor();
  seen.check();
});

test('a record whose sender did not tell the place has none, also once it is saved', async (t) => {
  const { page, host, seen } = await visit(t, 'start/employer/', { app: 'ready' });
  await option(page, '省内其他企业').click();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('单位社保登记地').fill('郑州市');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('申请单位名称').fill('某厂');
  await page.getByRole('button', { name: '建立自评档案' }).click();
  await page.getByRole('link', { name: '分享：自评码、链接、文件' }).click();
  const link = await page.locator('#link').inputValue();
  await page.goto('about:blank');
  await page.goto(link.replace(/^.*\/open\//, `${host.url}open/`));
  await appState(page, ['ready', 'fallback']);
  await page.getByRole('button', { name: '另存为我的自评' }).click();
  await page.getByLabel('申请单位名称').waitFor();
  assert.equal(await page.getByLabel('所在地').inputValue(), '');
  await page.getByText('还没有答完在哪里备案').waitFor();
  assert.equal(await page.getByText('当地').count(), 0);
  seen.check();
});

test('sharing a sheet works without a network', async (t) => {
  const { page, context, host, seen } = await openSheet(t, 1, { unit: '某厂' });
  await choose(page, '1-1', '', '符合');
  await saved(page);
  // the parts come by themselves
  const wanted = await page.evaluate(() => document.querySelector('script[data-parts]').dataset.parts.split(' ').filter((it) =>
    // what the start and a sheet need came before
    /-(send|form|open)-.*\.wasm$/.test(it) && !/-(start|sheet)-/.test(it)));
  const left = () => wanted.filter((it) => !host.requests.some((asked) => asked.includes(it)));
  for (let turn = 0; turn < 600 && left().length; turn += 1) await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  assert.deepEqual(left(), []);
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  // nothing that the page needs: it is complete without
  seen.allow.push('ERR_INTERNET_DISCONNECTED');
  await page.getByRole('link', { name: /^分享/ }).first().click();
  await page.getByRole('heading', { level: 1, name: '分享' }).waitFor();
  assert.match(await page.locator('#link').inputValue(), /open\/#s\./);
  assert.equal(await page.getByText('载入').count(), 0);
  await context.setOffline(false);
  seen.check();
});

test('near names are shown side by side; the same sheet is told at its seat; an empty sheet has the head', async (t) => {
  const { links: sent, page, host } = await linksOf(t, 2, { name: '车工（数控车床）', unit: true }, { name: '车工【数控车床】', unit: true, '2-8': { award: 4 } });
  const join = async (text) => {
    await page.locator('#seat-text').fill(text);
    await page.getByRole('button', { name: '加入', exact: true }).click();
  };
  await goTo(page, `${host.url}panel/`);
  await join(sent[0]);
  await page.locator('.seated li').nth(0).waitFor();
  await join(sent[1]);
  const doubt = page.locator('.alert', { hasText: '是不是同一个' });
  await doubt.waitFor();
  assert.deepEqual(await doubt.locator('tbody tr').allInnerTexts().then((all) => all.map((it) => it.split(/\s+/))), [
    ['职业（工种）', '车工（数控车床）', '车工【数控车床】'],
  ]);
  assert.deepEqual(await axe(page), []);
  await doubt.getByRole('button', { name: '不是，不加入' }).click();
  await doubt.waitFor({ state: 'detached' });
  assert.equal(await page.locator('.seated li').count(), 1);
  await join(sent[1]);
  await doubt.getByRole('button', { name: '是同一个，加入' }).click();
  await page.locator('.seated li').nth(1).waitFor();
  await join(sent[0]);
  await page.locator('.seated li').nth(2).waitFor();
  await goTo(page, page.url());
  await page.locator('.seated li').nth(2).getByText('各项填写与第 1 席完全相同').waitFor();
  await page.getByText('给评估人员一张空白表').click();
  const blank = await page.locator('#link').first().inputValue();
  assert.deepEqual(await axe(page), []);
  await page.goto('about:blank');
  await goTo(page, blank.replace(/^.*\/open\//, `${host.url}open/`));
  await page.getByRole('heading', { name: /车工（数控车床）/ }).first().waitFor();
});

test('the newest of each, a line that leads to its sheet and back, counts, and what was not opened one click away', async (t) => {
  const { page, host, seen } = await visit(t, 'desk/', { app: ['ready', 'fallback'] });
  const of = (defects) => ({ rubric: '1', answers: { ...cases(1), '1-12': { defects } } });
  const all = links([of(1), of(1), of(2)], host.url);
  await page.locator('#pile').fill(`${all.join('\n')}\n${all[0].slice(0, -4)}\n`);
  await page.getByRole('button', { name: '加入汇总' }).click();
  await page.getByText('3 份自评，3 张自评表，1 份未能打开').waitFor();
  await page.getByText('按结论：具备 3，未达线 0，触发否决 0，未完成 0。').waitFor();
  await page.getByLabel('每份只留最新').check();
  await page.getByText('显示 2 张自评表').waitFor();
  await page.getByText('按结论：具备 2').waitFor();
  await page.getByRole('link', { name: '1 份未能打开' }).click();
  assert.equal(await page.evaluate(() => location.hash), '#unopened');
  await page.locator('table.pile tbody').getByRole('link').nth(1).click();
  await page.locator('#received').waitFor();
  assert.equal(await page.locator('#received').evaluate((it) => it === document.activeElement), true);
  await page.locator('table.official').waitFor();
  assert.equal(await page.locator('.official input').count(), 0);
  assert.deepEqual(await axe(page), []);
  await page.goBack();
  await page.getByText('显示 2 张自评表').waitFor();
  assert.equal(await page.getByLabel('每份只留最新').isChecked(), true);
  await page.locator('table.pile tbody').getByRole('link').first().click();
  await page.getByRole('link', { name: '返回汇总表' }).click();
  await page.getByText('显示 2 张自评表').waitFor();
  seen.check();
});

test('data cleared beside an open panel: written again and said, when it is looked at and when it is left', async (t) => {
  const { links: sent, page, host } = await linksOf(t, 2, { name: '车工', unit: true });
  await goTo(page, `${host.url}panel/`);
  await page.locator('#seat-text').fill(sent[0]);
  await page.getByRole('button', { name: '加入', exact: true }).click();
  await page.locator('.seated li').nth(0).waitFor();
  const clear = () => page.evaluate(() => localStorage.clear());
  await clear();
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.locator('.told', { hasText: '这次合议已按本页的内容重新保存' }).waitFor();
  await clear();
  await page.getByRole('link', { name: '我的自评' }).first().click();
  await page.getByRole('heading', { name: '我的自评', level: 1 }).waitFor();
  await goTo(page, `${host.url}panel/`);
  await page.locator('.seated li').nth(0).waitFor();
});

test('two dossiers made in one moment, by chance that repeats itself, are two', async (t) => {
  const before = async (page) => {
    await page.clock.setFixedTime(new Date('2026-11-30T10:00:00'));
    // every page begins with the same numbers, and other ones come only after a while
    await page.addInitScript(() => {
      window.asked = 0;
      Math.random = () => 0.5 + Math.floor((window.asked += 1) / 20) / 1000;
      crypto.getRandomValues = (list) => list.fill(7);
    });
  };
  const { page, host, seen } = await visit(t, 'start/employer/', { app: 'ready', before });
  const make = async (unit) => {
    await newDossier(page, unit);
    await saved(page);
    return /of=([^&-]+)/.exec(page.url())[1];
  };
  const first = await make('甲厂');
  const asked = await page.evaluate(() => window.asked);
  await goTo(page, `${host.url}start/employer/`);
  const second = await make('乙厂');
  assert.notEqual(second, first);
  assert.ok(asked < 20 && 20 <= await page.evaluate(() => window.asked), 'the second was first given the name of the first');
  await goTo(page, `${host.url}mine/`);
  await page.getByRole('link', { name: '甲厂' }).waitFor();
  await page.getByRole('link', { name: '乙厂' }).waitFor();
  seen.check();
});
