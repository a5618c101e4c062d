// What people paste: look-alikes of letters and unseen characters in fields, links in the address bar, chats and mails from
// files of Windows.
import assert from 'node:assert/strict';
import { cases, codes, links } from './engine.mjs';
import { appState, visit } from './harness.mjs';
import { test } from './limit.mjs';
import { newDossier } from './sheet.mjs';

const ready = ['ready', 'fallback'];

test('a field keeps and shows plain letters', async (t) => {
  const { page, seen } = await visit(t, 'start/employer/', { app: 'ready' });
  await newDossier(page, '平顶山市车辆厂');
  await page.locator('#unit').fill('平顶⼭市\u00ad⻋辆⼚\u3164');
  await page.getByRole('heading', { name: '平顶山市车辆厂', level: 1 }).waitFor();
  assert.equal(await page.locator('#unit').inputValue(), '平顶山市车辆厂');
  await page.locator('#unit').fill('⻅⾯⼀\u200b级');
  assert.equal(await page.locator('#unit').inputValue(), '见面一级');
  await page.getByRole('link', { name: '填写、核对和打印申报表' }).click();
  const cell = (at) => page.locator(`[id="d-0-${at}"]`);
  const typed = ['6-18-01\u00ad-01', '车⼯', '数控\ufe0f⻋床', '四级、中级⼯、⾼级技师'];
  for (const [at, text] of typed.entries()) {
    await cell(at).fill(text);
    await cell(at).blur();
  }
  await cell(4).selectOption('国家职业技能标准');
  await page.locator('table.rows > tbody .result').filter({ hasText: '通过' }).waitFor();
  assert.equal(await cell(1).inputValue(), '车工');
  assert.equal(await cell(2).inputValue(), '数控车床');
  seen.check();
});

test('a search finds what only looks alike', async (t) => {
  const { page, seen } = await visit(t, 'notice/henan-2021-1/', { reader: 'ready' });
  await page.locator('#q').fill('平顶⼭\u00ad市');
  await page.locator('#results mark').first().waitFor();
  assert.equal(await page.locator('#results mark').first().innerText(), '平顶山市');
  seen.check();
});

test('a link pasted into the address bar of an open page is opened, and going back leads to that page', async (t) => {
  const { page, host } = await visit(t, 'notice/henan-2021-1/', { reader: 'ready' });
  const [link] = links([{ rubric: '3', answers: cases(3, '两个考场租期各一') }], host.url);
  const record = link.split('#s.')[1];
  assert.ok(link.startsWith(`${host.url}open/#s.`), link);
  const broken = `${record.slice(0, 20)}%20${record.slice(20)}`;
  const programs = ['desk/', 'compare/', 'sheet/3/'];
  for (const path of ['notice/henan-2021-1/', 'annex/3/', '', ...programs]) {
    for (const hash of [`s.${record}`, `s=${record}`, `s.${broken}`]) {
      await page.goto(host.url + path);
      // comparing takes a record itself while it begins, and nobody pastes before the page is there
      if (programs.includes(path)) await appState(page, ready);
      await page.evaluate((it) => { location.hash = it; }, hash);
      await page.getByText('单位自评，未经鉴定中心评估').waitFor({ timeout: 15_000 }).catch(() => assert.fail(`${path}#${hash}`));
    }
    await page.goBack();
    await page.waitForURL(host.url + path);
  }
});

test('the desk reads a chat of Windows with quoted and wrapped codes and links', async (t) => {
  const { page, host } = await visit(t, 'desk/', { app: ready });
  const sheets = ['两个考场租期各一', '办公场所租赁', '其他制度五个'].map((it) => ({ rubric: '3', answers: cases(3, it) }));
  const [code] = codes(sheets);
  const [, link, other] = links(sheets, host.url);
  const wrapped = (text, width) => text.match(new RegExp(`.{1,${width}}`, 'g')).join('\r\n> ');
  const chat = [
    '2026-11-20 14:03:22 张三(12345678)', `第3家 ${code.slice(0, 12)}`, code.slice(12), '',
    '2026-11-20 14:05:01 李四(87654321)', `> ${wrapped(link, 50)}，请查收`,
    `> ${wrapped(other, 40)}`, '卡号 6222 0212 3456 7890 123', '',
  ].join('\r\n');
  // in GBK, as QQ writes it
  const bytes = Buffer.from(await page.evaluate((text) => {
    const letters = new Map();
    const decoder = new TextDecoder('gbk');
    for (let high = 0x81; high < 0xff; high += 1) {
      for (let low = 0x40; low < 0xff; low += 1) letters.set(decoder.decode(new Uint8Array([high, low])), [high, low]);
    }
    return [...text].flatMap((it) => letters.get(it) ?? [it.charCodeAt(0)]);
  }, chat));
  await page.locator('#piles').setInputFiles({ name: '群聊.txt', mimeType: 'text/plain', buffer: bytes });
  await page.getByText('3 份自评，3 张自评表').waitFor();
  assert.equal(await page.locator('.unopened li').count(), 0);
});
