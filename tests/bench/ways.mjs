// Ways that somebody goes in the pages, step by step, and how long each takes.

const QUERY = '备案';
const NEXT = '评价';

// A new dossier, its sheet, back, and the same once more: then all that it takes has been fetched. Until the page that was asked
// for stands there, from the click on.
export async function way(page, url) {
  await page.goto(`${url}site/start/employer/`);
  await page.waitForFunction(() => window.readyAt);
  const later = page.getByRole('link', { name: '先不回答，以后再填' });
  if (await later.count()) await later.click();
  await page.getByLabel('申请单位名称').fill('某单位');
  await page.getByRole('button', { name: '建立自评档案' }).click();
  await page.getByRole('heading', { name: '某单位', level: 1 }).waitFor();
  const took = {};
  for (let time = 0; time < 2; time += 1) {
    took.there = await step(page, 'a[href*="sheet/1/"]', 'fieldset[id="1-1"]');
    took.back = await step(page, 'a[href*="dossier/"]', 'a[href*="sheet/1/"]');
  }
  await step(page, 'a[href*="sheet/1/"]', 'fieldset[id="1-1"]');
  await page.waitForTimeout(1000);
  await page.reload();
  took.again = await page.waitForFunction(() => window.readyAt).then((it) => it.jsonValue());
  return took;
}

// Follows a link in the page and waits until what it leads to stands there and is painted.
const step = (page, link, there) => page.evaluate(
  ([link, there]) => new Promise((done, failed) => {
    const begun = performance.now();
    setTimeout(() => failed(new Error(`no ${there}`)), 20_000);
    new MutationObserver((_, observer) => {
      if (!document.querySelector(there)) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    }).observe(document.body, { childList: true, subtree: true });
    document.querySelector(link).click();
  }),
  [link, there],
);

// Whoever came to search: the field is used as soon as it is there, and then once more.
export async function search(page, url, field, result, list) {
  await page.goto(url, { waitUntil: 'load' });
  await page.locator(field).waitFor();
  const typed = (query) => page.evaluate(
    ([field, result, list, query]) => new Promise((done, failed) => {
      const begun = performance.now();
      const shown = () => document.querySelector(result) && document.querySelector(list).textContent;
      const before = shown();
      setTimeout(() => failed(new Error('nothing was found')), 20_000);
      const observer = new MutationObserver(() => {
        if (!shown() || shown() === before) return;
        observer.disconnect();
        done(performance.now() - begun);
      });
      const input = document.querySelector(field);
      input.focus();
      input.value = query;
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }),
    [field, result, list, query],
  );
  const first = await typed(QUERY);
  return { first, next: await typed(NEXT) };
}
