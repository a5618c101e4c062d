import { closeBrowsers, launch } from './browsers.mjs';
import { serve } from './host.mjs';
import { newDossier, fillAll } from './sheet.mjs';
import { cases } from './engine.mjs';
const host = await serve();
try {
  const context = await launch({ bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${host.url}start/employer/`);
  await newDossier(page, '某公司');
  await page.getByRole('link', { name: '填写', exact: true }).click();
  await page.locator('fieldset[id="1-1"]').waitFor();
  if (!process.env.EMPTY) await fillAll(page, cases(1));
  await page.waitForTimeout(500);
  const devtools = await context.newCDPSession(page);
  if (process.env.SLOWER) await devtools.send('Emulation.setCPUThrottlingRate', { rate: Number(process.env.SLOWER) });
  if (process.env.PROFILE) { await devtools.send('Profiler.enable'); await devtools.send('Profiler.setSamplingInterval', { interval: 100 }); await devtools.send('Profiler.start'); }
  const it = await page.evaluate(async (times) => {
    const field = document.querySelector('fieldset.row input[inputmode=numeric]');
    const total = document.querySelector('.now b');
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    field.focus();
    const took = [], framed = [], records = [];
    let n = 0;
    const counter = new MutationObserver((all) => { n += all.reduce((s, it) => s + Math.max(1, it.addedNodes.length + it.removedNodes.length), 0); });
    counter.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    for (let i = 0; i < times; i += 1) {
      await frame(); await frame();
      n = 0;
      const before = document.querySelector('#result .big b').textContent;
      const started = performance.now();
      field.value = String(i % 2 + 1);
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      while (document.querySelector('#result .big b').textContent === before && performance.now() - started < 500) await new Promise((done) => queueMicrotask(done)).then(() => performance.now() - started > 3 ? frame() : 0);
      took.push(performance.now() - started);
      document.body.offsetHeight;
      framed.push(performance.now() - started);
      records.push(n);
    }
    const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
    const p95 = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length * 0.95)];
    return { took: median(took), p95: p95(took), laid: median(framed), laid95: p95(framed), records: median(records), nodes: document.getElementsByTagName('*').length };
  }, 60);
  console.log(JSON.stringify(it));
  if (process.env.PROFILE) {
    const { profile } = await devtools.send('Profiler.stop');
    const self = {}; const byId = new Map(profile.nodes.map((n) => [n.id, n]));
    profile.samples.forEach((id, i) => { const f = byId.get(id).callFrame; const k = f.functionName || f.url.slice(-20); self[k] = (self[k] ?? 0) + (profile.timeDeltas[i] ?? 0); });
    console.log(Object.entries(self).sort((a, b) => b[1] - a[1]).slice(0, 40).map(([k, v]) => `${(v / 1000).toFixed(1)} ${k}`).join('\n'));
  }
} finally { await closeBrowsers(); await host.close(); }
