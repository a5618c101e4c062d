// Ten things that people come here to do, each done as somebody does it who knows the site: every press of a button, every field
// filled in, every choice and every file is a step. `docs/tasks.md` is written from this file; `tasks.test.mjs` does them, in no
// more steps than should.mjs counts.

import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cases, codes, rubrics, wholeLink, ziping } from './engine.mjs';
import { appState, root } from './harness.mjs';

const ready = ['ready', 'fallback'];
const UNIT = '平顶山市某机械有限公司';
const started = (page) => page.evaluate(() => !!document.querySelector('script[data-live]')).then((live) => live && appState(page, ready));

// The applicant's dossier with these sheets, as it was saved before: its id.
async function kept(hand, sheets) {
  const link = wholeLink({ applicant: 'employer', unit: UNIT, sheets }, hand.url);
  await hand.page.goto('about:blank');
  await hand.page.goto(link);
  await appState(hand.page, ready);
  await hand.page.getByRole('button', { name: '另存为我的自评' }).click();
  await hand.page.waitForURL(/dossier\//);
  await appState(hand.page, ready);
  return new URL(hand.page.url()).searchParams.get('of');
}
const go = async ({ page, url }, path) => {
  await page.goto('about:blank');
  await page.goto(url + path);
  await started(page);
};

// Each: who, what they want, where they begin, what was there before, how it is done, and `done`, which waits for what they
// wanted.
export const tasks = [
  {
    id: 'begin', who: '申请单位', what: '一家企业开始填公共部分，看到总分', from: '首页',
    async before(hand) { await go(hand, ''); },
    async run({ press, write, page }) {
      await press('用人单位的“开始自评”', page.locator('.card', { hasText: '用人单位' }).getByRole('link', { name: '开始自评' }), /start\//);
      await press('先不回答，以后再填', page.getByRole('link', { name: '先不回答，以后再填' }));
      await write('单位名称', page.locator('#unit'), UNIT);
      await press('建立自评档案', page.getByRole('button', { name: '建立自评档案' }), /dossier\//);
      await press('填写', page.getByRole('link', { name: '填写', exact: true }), /sheet\/1\//);
      await press('1-6 的“符合”', page.locator('[id="1-6"] .seg label', { hasText: /^符合$/ }));
    },
    done: ({ page }) => page.locator('.now b', { hasText: '2 分' }).waitFor(),
  },
  {
    id: 'section', who: '申请单位', what: '“制度建设”二十项都符合，整个项目填完', from: '公共部分自评表',
    async before(hand) {
      const of = await kept(hand, [{ rubric: '1', answers: {} }]);
      await go(hand, `sheet/1/?of=${of}-1`);
      await hand.page.locator('fieldset[id="1-1"]').waitFor();
      hand.rows = rubrics()[0].rows.filter((it) => it.section === '制度建设');
    },
    async run(hand) {
      for (const { id } of hand.rows) {
        const ask = hand.page.locator(`[id="${id}"] .ask`);
        const { items } = cases(1)[id];
        if (items === undefined) await hand.press(`${id} 的“符合”`, ask.getByText('符合', { exact: true }));
        else await hand.write(` ${id} 的项数 ${items}`, ask.locator('input[type=text]').first(), String(items));
      }
    },
    done: ({ page }) => page.locator('.steps > ol > li').nth(2).evaluate((it) => new Promise((done, fail) => {
      const until = Date.now() + 5000;
      const look = () => (it.classList.contains('done') ? done() : until < Date.now() ? fail(new Error(it.textContent)) : setTimeout(look, 20));
      look();
    })),
  },
  {
    id: 'clause', who: '申请单位', what: '查一项评估内容依据哪一条、怎样计分', from: '公共部分自评表',
    async before(hand) {
      const of = await kept(hand, [{ rubric: '1', answers: {} }]);
      await go(hand, `sheet/1/?of=${of}-1`);
      await hand.page.locator('fieldset[id="1-4"]').waitFor();
    },
    run: ({ press, page }) => press('1-4 的“展开”', page.locator('[id="1-4"] summary')),
    done: ({ page }) => page.locator('[id="1-4"] .reading', { hasText: /计算依据：.*附件1.*1-4|计算依据：.*〔2021〕1号/ }).waitFor(),
  },
  {
    id: 'print', who: '申请单位', what: '打印填完的评估表', from: '公共部分自评表',
    async before(hand) {
      const of = await kept(hand, [{ rubric: '1', answers: cases(1) }]);
      await go(hand, `sheet/1/?of=${of}-1`);
      await hand.page.locator('.sum .big b').waitFor();
    },
    async run({ press, page }) {
      await press('打印评估表', page.locator('.sum').getByRole('link', { name: '打印评估表' }), /rubric\/1\//);
      await press('打印', page.getByRole('button', { name: '打印', exact: true }));
    },
    done: ({ page }) => page.waitForFunction(() => window.printed),
  },
  {
    id: 'declare', who: '申请单位', what: '从 WPS 表格粘贴，申报五个职业', from: '自评档案',
    async before(hand) {
      const of = await kept(hand, [{ rubric: '1', answers: {} }]);
      await go(hand, `dossier/?of=${of}`);
    },
    async run({ press, paste, page }) {
      await press('填写、核对和打印申报表', page.getByRole('link', { name: '填写、核对和打印申报表' }), /scope\//);
      await press('第一格', page.locator('[id="d-0-0"]'));
      const rows = [['6-18-01-01', '车工', '数控车床'], ['6-20-01-01', '钳工', ''], ['6-18-02-04', '焊工', ''], ['6-31-01-03', '电工', ''], ['4-07-05-01', '保安员', '']];
      await paste('五行', rows.map((it) => [...it, '5、4、3', '国家职业技能标准'].join('\t')).join('\r\n'));
    },
    done: ({ page }) => page.waitForFunction(() => document.querySelectorAll('table.rows > tbody').length === 5 && document.querySelector('[id="d-4-1"]')?.value === '保安员'),
  },
  {
    id: 'send', who: '申请单位', what: '把自评发给县区中心：复制自评码', from: '自评档案',
    async before(hand) {
      const of = await kept(hand, [{ rubric: '2', answers: cases(2) }]);
      await go(hand, `dossier/?of=${of}`);
    },
    async run({ press, page }) {
      await press('分享：自评码、链接、文件', page.getByRole('link', { name: /^分享：自评码/ }), /share\//);
      await press('复制自评码', page.getByRole('button', { name: '复制自评码' }));
    },
    done: ({ page }) => page.locator('.told', { hasText: '已复制' }).waitFor(),
  },
  {
    id: 'beside', who: '评估人员', what: '打开收到的自评码，与自己的一份并排比对', from: '首页',
    async before(hand) {
      await kept(hand, [{ rubric: '2', answers: { ...cases(2), '2-11': { met: false } } }]);
      await go(hand, '');
    },
    async run({ press, write, choose, page }) {
      await press('打开收到的自评', page.locator('.foot').getByRole('link', { name: '打开收到的自评' }), /open\//);
      await write('自评码', page.locator('#text'), codes([{ rubric: '2', answers: cases(2) }])[0]);
      await press('打开', page.getByRole('button', { name: '打开', exact: true }));
      await press('与我的自评比对', page.getByRole('link', { name: '与我的自评比对' }), /compare\//);
      await choose('在另一边选自己的一份', page.locator('#left-from'), UNIT);
    },
    done: ({ page }) => page.locator('table.pairs').waitFor(),
  },
  {
    id: 'desk', who: '县区中心', what: '收齐二十份自评码，汇总成一张表导出', from: '首页',
    async before(hand) {
      const many = Array.from({ length: 20 }, (_, i) => ({ rubric: '2', answers: { ...cases(2), '2-1': { defects: i % 4 }, '2-11': { met: i % 2 === 0 } } }));
      hand.codes = codes(many).join('\n');
      await go(hand, '');
    },
    async run({ press, write, file, page, codes }) {
      await press('汇总台', page.locator('.foot').getByRole('link', { name: '汇总台' }), /desk\//);
      await write('二十个自评码', page.locator('#pile'), codes);
      await press('加入汇总', page.getByRole('button', { name: '加入汇总' }));
      await file('导出 XLSX', page.getByRole('button', { name: '导出 XLSX' }));
    },
    done: ({ page }) => page.getByText('20 份自评').first().waitFor(),
  },
  {
    id: 'phone', who: '发布网站的中心', what: '联系人换了电话，改好并重新发布', from: '网站文件夹',
    async before(hand) {
      hand.folder = await mkdtemp(join(tmpdir(), 'ziping-task-'));
      hand.after(() => rm(hand.folder, { recursive: true, force: true, maxRetries: 5 }));
      for (const it of ['content', 'rubrics', 'style', 'site.toml']) await cp(join(root, it), join(hand.folder, it), { recursive: true });
      await appendFile(join(hand.folder, 'site.toml'), '\ncontacts = [{ name = "王某", phone = "0375-1234567" }]\n');
    },
    async run({ act, folder, ziping, page }) {
      await act('在 site.toml 里改引号里的号码，保存', async () => {
        const at = join(folder, 'site.toml');
        await writeFile(at, (await readFile(at, 'utf8')).replace('0375-1234567', '0375-1234568'));
      });
      await act('运行 ziping check', () => ziping(['check']));
      await act('运行 ziping build', () => ziping(['build', '--app', join(root, 'target/app'), '--out', join(folder, 'dist')]));
      await act('把 dist 里的全部文件复制到服务器', () => cp(join(folder, 'dist'), join(folder, 'server'), { recursive: true }));
      await page.goto('about:blank');
    },
    async done({ folder }) {
      const home = await readFile(join(folder, 'server/index.html'), 'utf8');
      if (!home.includes('0375-1234568') || home.includes('0375-1234567')) throw new Error('the home page has the old number');
    },
  },
  {
    id: 'restore', who: '申请单位', what: '浏览器数据被清理了，从备份文件找回来', from: '首页',
    async before(hand) {
      await kept(hand, [{ rubric: '2', answers: cases(2) }]);
      const coming = hand.page.waitForEvent('download');
      await hand.page.keyboard.press('Control+s');
      hand.backup = await (await coming).path();
      // all that the browser has for this site goes, while no page of it is there to write it again
      await hand.page.goto('about:blank');
      const cdp = await hand.page.context().newCDPSession(hand.page);
      await cdp.send('Storage.clearDataForOrigin', { origin: new URL(hand.url).origin, storageTypes: 'all' });
      await cdp.detach();
      await go(hand, '');
    },
    async run({ press, take, page, backup }) {
      await press('我的自评', page.locator('.top').getByRole('link', { name: '我的自评' }), /mine\//);
      await take('选择备份文件', page.locator('#file'), backup);
      await press('恢复为新的自评', page.getByRole('button', { name: /^恢复为新的自评/ }));
      await press('打开它', page.getByRole('link', { name: UNIT }), /dossier\//);
    },
    done: ({ page }) => page.getByRole('heading', { name: UNIT, level: 1 }).waitFor(),
  },
];

// Whoever does a task: each of these is one step, noted in words and, where pictures are wanted, with what was seen after it.
export function handAt(page, url, { picture = async () => {}, after } = {}) {
  const steps = [];
  const noted = async (words, act) => {
    await act();
    steps.push(words);
    await picture(steps.length);
  };
  const hand = {
    page, url, steps, after,
    press: (words, what, path) => noted(`点“${words}”`, async () => {
      await what.click();
      if (path) {
        await page.waitForURL(path);
        await started(page);
      }
    }),
    write: (words, field, text) => noted(`填${words}`, () => field.fill(text)),
    choose: (words, field, name) => noted(words, async () => {
      const value = await field.locator('option', { hasText: name }).last().getAttribute('value');
      await field.selectOption(value);
    }),
    paste: (words, text) => noted(`按 Ctrl+V 粘贴${words}`, async () => {
      await page.evaluate((text) => navigator.clipboard.writeText(text), text);
      await page.keyboard.press('Control+v');
    }),
    take: (words, field, path) => noted(words, () => field.setInputFiles(path)),
    file: (words, what) => noted(`点“${words}”`, async () => {
      const coming = page.waitForEvent('download');
      await what.click();
      await coming;
    }),
    act: (words, what) => noted(words, async () => what()),
    ziping: (args) => ziping(args, undefined, hand.folder),
  };
  return hand;
}
