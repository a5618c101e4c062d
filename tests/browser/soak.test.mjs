// A short soak; `cargo xtask soak` does longer ones.

import assert from 'node:assert/strict';
import { test } from './limit.mjs';
import { soak } from './soak.mjs';

test('five hundred actions in four tabs, with kills: what was said to be saved is there', async () => {
  const did = await soak({ seed: 1, actions: 500 });
  console.log(did);
  assert.ok(500 <= did.actions && 0 < did.kills && 100 < did.acknowledged, JSON.stringify(did));
});
