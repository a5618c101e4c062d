// Links to sheets, made as their senders make them: filled in by hand, then shared.
//
//   const links = await linksOf(t, 1, {}, { '1-3': { met: false } });   // the full sheet, then one with another answer

import { cases } from './engine.mjs';
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
