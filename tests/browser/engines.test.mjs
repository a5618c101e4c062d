// The browsers that are no Chromium: every page is ready, a sheet is filled in, and a link opens with the engine's verdict.

import assert from 'node:assert/strict';
import { cases, codes, engine, links } from './engine.mjs';
import { axe, near, serve, visit } from './harness.mjs';
import { firefox, noFirefox, noWebkit, webkit } from './kernels.mjs';
import { test } from './limit.mjs';
import { choose, newDossier, saved } from './sheet.mjs';

const live = [
  'start/employer/', 'mine/', 'sheet/1/', 'open/', 'compare/', 'panel/', 'desk/', 'scope/', 'plan/', 'versions/', 'roster/',
  'evidence/', 'packet/', 'workbook/',
];
const reading = ['', 'filing/', 'start/', 'readings/', 'rubric/1/', 'notice/', 'notice/all/', 'contents/', 'about/'];
const sheet = { rubric: '4', answers: cases(4, '年均29.67人得2分', '考评人员3人得4分', '规划自评2.5分') };
const points = () => engine(4, sheet.answers).base_total;

test('Firefox: every page is ready, fits and is clean', { skip: noFirefox() }, async (t) => {
  const browser = await firefox(t);
  const { page, host, seen } = await visit(t, '', { reader: 'ready', browser });
  for (const [program, pages] of [['app', live], ['reader', reading]]) {
    for (const path of pages) {
      await page.goto(host.url + path);
      if (program === 'reader') await near(page);
      await page.waitForFunction((it) => document.documentElement.dataset[it] === 'ready', program);
      const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= room, `${path}: ${wide} px in ${room}`);
      assert.deepEqual(await axe(page), [], path);
    }
  }
  seen.check();
});

test('Firefox: a sheet is filled in and kept, its link opens in a clean profile with the same verdict', { skip: noFirefox() }, async (t) => {
  const { page, host, seen } = await visit(t, 'start/employer/', { app: 'ready', browser: await firefox(t) });
  await newDossier(page, '某厂');
  await page.getByRole('link', { name: '填写', exact: true }).click();
  await page.locator('fieldset[id="1-1"]').waitFor();
  await choose(page, '1-1', '', '符合');
  await choose(page, '1-3', '', '不符合');
  await saved(page);
  const verdict = await page.locator('.sum .say').innerText();
  assert.match(verdict, /触发否决项 1-3/);
  await page.reload();
  await page.locator('.sum .say', { hasText: verdict }).waitFor();
  await page.locator('.sum').getByRole('link', { name: '分享' }).click();
  const link = await page.locator('#link').inputValue();
  const { page: other, seen: theirs } = await visit(t, link.slice(host.url.length), { app: 'ready', host, browser: await firefox(t) });
  assert.equal(await other.locator('.verdict p').first().innerText(), `${verdict}。`);
  assert.equal(new URL(other.url()).hash, '');
  await other.getByRole('button', { name: '另存为我的自评' }).click();
  await other.waitForURL(/dossier\//);
  await other.getByText(verdict).first().waitFor();
  seen.check();
  theirs.check();
});

test('WebKit: every page is ready and fits, a link opens, a code is typed, the desk reads both', { skip: noWebkit() }, async (t) => {
  const host = await serve();
  t.after(() => host.close());
  const driver = await webkit(t);
  // waits until an expression of the page is true, and gives it
  const until = async (expression) => {
    const value = await driver.wait(() => driver.executeScript(`return (${expression});`), 30_000).catch(() => undefined);
    if (value) return value;
    assert.fail(`${expression} at ${await driver.getCurrentUrl()}: ${await driver.executeScript('return document.body.innerText.slice(0, 500)')}`);
  };
  for (const [program, pages] of [['app', live], ['reader', reading]]) {
    for (const path of pages) {
      await driver.get(host.url + path);
      if (program === 'reader') await until("document.querySelector('script[data-reader][src]') && document.readyState === 'complete'");
      const near = "document.getElementById('q').dispatchEvent(new Event('pointerover', { bubbles: true }))";
      await until(`${program === 'reader' ? near : true} && document.documentElement.dataset.${program} === 'ready'`);
      const [wide, room] = await driver.executeScript('return [document.documentElement.scrollWidth, innerWidth]');
      assert.ok(wide <= room, `${path}: ${wide} px in ${room}`);
    }
  }
  const [link] = links([sheet], `${host.url}open/`);
  await driver.get(link);
  const verdict = await until("document.querySelector('.verdict')?.textContent");
  assert.match(verdict, new RegExp(`^已得 ${points()} 分`));
  assert.equal(await driver.executeScript('return location.hash'), '');
  await driver.get(`${host.url}open/`);
  await until("document.documentElement.dataset.app === 'ready' && document.querySelector('textarea')");
  const [code] = codes([sheet]);
  await driver.executeScript("document.querySelector('textarea').focus()");
  await (await driver.switchTo().activeElement()).sendKeys(code.toLowerCase());
  await driver.executeScript("[...document.querySelectorAll('button')].find((it) => it.textContent === '打开').click()");
  assert.equal(await until("document.querySelector('.verdict')?.textContent"), verdict);
  await driver.get(`${host.url}desk/`);
  await until("document.documentElement.dataset.app === 'ready' && document.querySelector('#pile')");
  await driver.executeScript('document.querySelector("#pile").value = arguments[0]', `${code}\n${link}`);
  await driver.executeScript("[...document.querySelectorAll('button')].find((it) => it.textContent === '加入汇总').click()");
  await until('/2 份自评，2 张自评表，0 份未能打开/.test(document.body.textContent)');
});
