// Links to sheets, made as their senders make them: filled in by hand, then shared.
//
//   const links = await linksOf(t, 1, {}, { '1-3': { met: false } });   // the full sheet, then one with another answer

import { cases, links as linksFor } from './engine.mjs';
import { appState, visit } from './harness.mjs';
import { fillAll, goTo, openSheet, saved, unfold } from './sheet.mjs';

// One link for each set of changes to the full sheet of an annex. `name` is the occupation; a null takes an answer out.
export async function linksOf(t, annex, ...changes) {
  const { page, host } = await openSheet(t, annex, { unit: '某厂' });
  const of = new URL(page.url()).searchParams.get('of');
  const links = [];
  let before = {};
  for (const { name, unit, notes, ...change } of changes) {
    await goTo(page, `${host.url}sheet/${annex}/?of=${of}`);
    if (name !== undefined) await page.getByLabel('职业（工种/方向）名称').fill(name);
    const full = cases(annex);
    const back = Object.fromEntries(Object.keys(before).map((row) => [row, full[row]]));
    const all = { ...(links.length ? back : full), ...change };
    const given = Object.fromEntries(Object.entries(all).filter(([, it]) => it));
    await fillAll(page, given);
    for (const [row] of Object.entries(all).filter(([, it]) => !it)) {
      await unfold(page, row);
      const clear = page.locator(`[id="${row}"]`).getByRole('button', { name: '清空本项' });
      if (await clear.count()) await clear.click();
    }
    await saved(page);
    await goTo(page, `${host.url}share/?of=${of}`);
    if (unit) await page.getByLabel('带上单位名称').check();
    if (notes) await page.getByLabel('带上备注').check();
    links.push(await page.locator('#link').inputValue());
    before = change;
  }
  return { links, page, host, id: of.split('-')[0] };
}

// The plan page of a sheet with these answers, in a dossier of its own.
export async function planOf(t, annex, answers, options = {}) {
  const ready = ['ready', 'fallback'];
  const it = await visit(t, 'mine/', { app: ready, ...options });
  const { page, host } = it;
  const [link] = linksFor([{ rubric: String(annex), answers }], host.url);
  await page.goto('about:blank');
  await goTo(page, link);
  await appState(page, ready);
  await page.getByRole('button', { name: '另存为我的自评' }).click();
  await page.waitForURL(/dossier\//);
  await appState(page, ready);
  const id = new URL(page.url()).searchParams.get('of');
  await page.getByRole('link', { name: '整改清单' }).click();
  await page.locator('.plan h1').waitFor();
  return { ...it, id, sheet: `${host.url}sheet/${annex}/?of=${id}-1`, plan: page.url() };
}

// Puts a record into the field of the panel; `n` is the seat that it then has.
export async function seat(page, text, n) {
  const field = page.locator('#seat-text');
  await field.evaluate((it) => { const around = it.closest('details'); if (around) around.open = true; });
  await field.fill(text);
  await page.getByRole('button', { name: '加入', exact: true }).click();
  if (n) await page.locator('.seated li').nth(n - 1).waitFor();
}
