// Hands for a driver of drivers.mjs: finds what a person sees on the page, goes there, presses and types. Whatever it looks
// for is waited for, in sight, still, and covered by nothing.
//
//   const hand = handOf(driver);
//   await hand.press('下一步');                           // by the words on it, or by { css, text }
//   await hand.write({ css: '#unit' }, '某厂');
//   await hand.until(() => document.querySelector('.verdict')?.textContent);

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// In the page: where the element is, once it is there; or in words why not.
function locate({ css = 'a, button, summary, label, [role=button]', text, begins, nth = 0, handle }) {
  const named = (it) => (it.getAttribute('aria-label') || it.textContent).trim();
  const wanted = (it) => (text === undefined || named(it) === text || it.textContent.trim() === text)
    && (begins === undefined || named(it).startsWith(begins));
  const all = handle ? [window.zpFound] : [...document.querySelectorAll(css)].filter((it) => wanted(it) && it.getClientRects().length);
  const found = all[nth];
  if (!found?.isConnected) return 'is not there';
  if (found.disabled) return 'is disabled';
  const box = () => found.getBoundingClientRect();
  const clear = (it) => 60 < it.top && it.bottom < innerHeight - 90;
  if (!clear(box())) found.scrollIntoView({ block: 'center', behavior: 'auto' });
  const at = box();
  const point = { x: at.left + at.width / 2, y: at.top + Math.min(at.height / 2, innerHeight / 2) };
  const top = document.elementFromPoint(point.x, point.y);
  const label = found.labels?.[0];
  const its = top && (found.contains(top) || label?.contains(top));
  return its ? point : `is covered by ${top?.outerHTML.slice(0, 120)}`;
}

export function handOf(driver) {
  const where = async () => {
    const [href, text] = await driver.evaluate(() => [location.href, document.body.innerText.slice(0, 400)]).catch(() => ['', '']);
    return `at ${href}:\n${text}`;
  };

  // A page that is just being left answers nothing.
  const asked = (script, ...args) => driver.evaluate(script, ...args).catch((error) => {
    if (/context|navigat|detached|destroyed|Target closed|Cannot find|no such|stale|unload/i.test(error.message)) return undefined;
    throw error;
  });

  async function until(script, ...args) {
    const end = Date.now() + 30_000;
    for (;;) {
      const value = await asked(script, ...args);
      if (value) return value;
      if (end < Date.now()) assert.fail(`${script} ${JSON.stringify(args)} ${await where()}`);
      await pause(50);
    }
  }

  // The same place twice: nothing moves any more.
  async function place(by) {
    const end = Date.now() + 20_000;
    let last;
    for (;;) {
      const at = await asked(locate, by);
      if (at?.x !== undefined && at.x === last?.x && at.y === last?.y) return at;
      if (end < Date.now()) assert.fail(`${JSON.stringify(by)} ${at?.x === undefined ? at : 'moves'}, ${await where()}`);
      last = at;
      await pause(30);
    }
  }

  const of = (by) => (typeof by === 'string' ? { text: by } : by);
  const press = async (by, times = 1) => {
    const { x, y } = await place(of(by));
    await (driver.tap && hand.touch ? driver.tap(x, y) : driver.click(x, y, times));
  };
  // Into a field: once more where the page was still being put together.
  const into = async (by) => {
    for (let left = 5; 0 < left; left -= 1) {
      await press(by);
      for (let n = 0; n < 20; n += 1) {
        if (await asked(() => /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName))) return;
        await pause(50);
      }
    }
    assert.fail(`${JSON.stringify(by)} takes no focus, ${await where()}`);
  };
  // Presses once more where the page was still being put together and the press did nothing.
  const pressUntil = async (by, done) => {
    for (let left = 5; 0 < left; left -= 1) {
      await press(by);
      for (let n = 0; n < 20; n += 1) {
        if (await asked(done)) return;
        await pause(50);
      }
    }
    assert.fail(`${JSON.stringify(by)} does nothing, ${await where()}`);
  };
  const focused = (css) => until((css) => document.activeElement?.matches(css), css);
  const empty = () => driver.evaluate(() => document.activeElement.select?.());
  const value = (css) => driver.evaluate((css) => document.querySelector(css)?.value, css);

  const hand = {
    driver, until, place, press, pressUntil, into, where, value, asked,
    // Empties the field and types.
    async write(by, words, { leave = true } = {}) {
      await into(by);
      await empty();
      if (words) await driver.text(words);
      else await driver.key('Delete');
      if (leave) await driver.key('Tab');
    },
    // A page of the site, and the program of it at work.
    async go(url) {
      await driver.goto(url);
      await hand.ready();
    },
    // Some drivers come back before the old page is gone.
    async reload() {
      await driver.evaluate(() => { window.zpReloaded = false; });
      await driver.reload();
      await until(() => window.zpReloaded === undefined);
      await hand.ready();
    },
    ready: () => until(() => {
      const { app, reader } = document.documentElement?.dataset ?? {};
      if (document.readyState === 'loading') return false;
      if (!document.querySelector('script[data-live]') && !/[?&]of=/.test(location.search)) return reader || 'reading';
      return /ready|fallback|failed/.test(app) && app;
    }),
    says: (words) => until((it) => document.body.innerText.replace(/\s+/g, ' ').includes(it), words),
    at: (part) => until((it) => location.href.includes(it), part),
    heading: (words) => until((it) => [...document.querySelectorAll('h1')].some((h) => h.textContent.trim() === it), words),
    saved: () => until(() => !!document.querySelector('.saved.good')),
    focused,
    // A list to choose from, by its words.
    select: (css, words) => until((css, words) => {
      const list = document.querySelector(css);
      const at = [...(list?.options ?? [])].findIndex((it) => it.textContent.includes(words));
      if (at < 0) return false;
      list.selectedIndex = at;
      for (const type of ['input', 'change']) list.dispatchEvent(new Event(type, { bubbles: true }));
      return true;
    }, css, words),
    unfold: (css) => until((css) => {
      const folded = document.querySelector(css);
      if (folded) folded.open = true;
      return !!folded;
    }, css),
    // A file for a field, as it is chosen in the window of the system.
    choose: (css, path) => driver.choose(css, path, async () => {
      const label = await driver.evaluate((css) => {
        const { id, labels } = document.querySelector(css);
        return labels.length ? `label[for="${id}"]` : css;
      }, css);
      await press({ css: label });
    }),
    // A file dragged onto the page: true where the engine's own events bring it, false where a script makes them.
    async drop(path) {
      await until(() => !!document.querySelector('h1'));
      const { x, y } = await place({ css: 'h1' });
      if (driver.drop) {
        await driver.drop(x, y, path);
        return true;
      }
      const bytes = (await readFile(path)).toString('base64');
      await driver.evaluate((bytes, name) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(bytes), (it) => it.charCodeAt(0))], name));
        for (const type of ['dragenter', 'dragover', 'drop']) {
          document.querySelector('h1').dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
      }, bytes, basename(path));
      return false;
    },
    // What the page hands over when this is done, also as a file in a folder.
    async download(folder, act) {
      const file = await driver.download(act);
      const path = join(folder, file.name);
      await writeFile(path, file.bytes);
      return { ...file, path };
    },
    // Puts this on the clipboard with the keys of a person, from a page that gives it.
    async copy(text, html) {
      await driver.evaluate((text, html) => {
        document.addEventListener('copy', (event) => {
          event.clipboardData.setData('text/plain', text);
          if (html) event.clipboardData.setData('text/html', html);
          event.preventDefault();
          event.stopImmediatePropagation();
          window.zpCopied = true;
        }, { capture: true, once: true });
        window.zpCopied = false;
      }, text, html);
      await driver.key('Control+c');
      await until(() => window.zpCopied);
    },
    // Like a page of playwright as far as sheet.mjs fills in sheets with it.
    page: {
      evaluate: (script, args) => driver.evaluate(script, args),
      keyboard: { press: (name) => driver.key(name) },
      async evaluateHandle(look, args) {
        const found = await asked(`(args) => !!(window.zpFound = (${look})(args))`, args);
        const element = {
          evaluate: (script, args) => driver.evaluate(`(args) => (${script})(window.zpFound, args)`, args),
          click: () => press({ handle: true }),
          async type(words) { await empty(); await driver.text(words); },
        };
        return { asElement: () => (found ? element : null) };
      },
    },
  };
  return hand;
}
