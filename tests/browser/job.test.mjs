// The whole job where most people do it: in the oldest kernel that is supported, and in today's. All others run it too, by
// `cargo xtask test --engines`.

import assert from 'node:assert/strict';
import { drivers } from './drivers.mjs';
import { whole } from './job.mjs';
import { test } from './limit.mjs';

for (const name of ['Chromium 86', 'Chromium']) {
  test(`the whole job in ${name === 'Chromium' ? 'today’s Chromium' : name}`, async (t) => {
    const driver = await drivers[name].open();
    t.after(() => driver.end());
    const outcome = await whole(driver, { told: (it) => t.diagnostic(`${it.name}: ${it.failure?.stack ?? it.weaker ?? it.untried ?? 'passed'}`) });
    assert.deepEqual(outcome.filter((it) => it.failure).map((it) => it.name), []);
    assert.deepEqual(outcome.filter((it) => it.weaker).map((it) => it.name), name === 'Chromium' ? [] : ['运行方式']);
  });
}
