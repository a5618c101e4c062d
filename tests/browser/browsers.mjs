// Today's Chromium: one process for all tests of a file, and one of its own where a test needs a profile that stays.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// The browsers that are running, by what they were started with.
const running = new Map();

// A context: storage, permissions and cache of its own, gone when it is closed. It costs milliseconds, as the browser around
// it is started once for all that want the same of it.
//   profile  a folder: a browser of its own, which keeps there what it stores for the next launch of the same folder
//   hosts    names that lead to this machine, for a page that is no secure context
//   args, ignoreDefaultArgs   more and fewer switches of Chromium
// The rest goes to playwright: viewport, javaScriptEnabled, offline, colorScheme, …
export async function launch({ profile, hosts = [], args = [], ignoreDefaultArgs, ...rest } = {}) {
  const executablePath = process.env.CHROME ?? browsers.find(existsSync);
  assert.ok(executablePath, 'no Chromium here: name one in the environment variable CHROME');
  const rules = hosts.map((it) => `MAP ${it} 127.0.0.1`).join(',');
  const switches = [...flags, ...(rules ? [`--host-resolver-rules=${rules}`] : []), ...args];
  const started = { executablePath, headless: true, args: switches, ignoreDefaultArgs };
  const wanted = { locale: 'zh-CN', ...rest };
  if (profile) return chromium.launchPersistentContext(profile, { ...started, ...wanted });
  const key = JSON.stringify([switches, ignoreDefaultArgs]);
  if (!running.has(key)) running.set(key, start(key, started));
  return (await running.get(key)).newContext(wanted);
}

// One that went down on its own takes no other test with it: the next is given another.
async function start(key, options) {
  const browser = await chromium.launch(options);
  browser.once('disconnected', () => running.delete(key));
  return browser;
}

// Ends all that launch started without a profile.
export async function closeBrowsers() {
  const all = [...running.values()];
  running.clear();
  await Promise.all(all.map(async (it) => (await it).close()));
}

// A profile with these preferences, removed after the test.
export async function profile(t, preferences = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'ziping-profile-'));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(folder, 'Default'), { recursive: true });
  await writeFile(join(folder, 'Default/Preferences'), JSON.stringify(preferences));
  return folder;
}

// Ends the browser of a profile at once, as a power cut would.
export async function crash(folder) {
  const pids = (await readdir('/proc')).filter((it) => /^\d+$/.test(it));
  const about = async (pid) => ({
    pid: Number(pid),
    parent: Number((await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ').pop().split(' ')[1]),
    line: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  });
  const all = await Promise.all(pids.map(about));
  const ours = all.filter((it) => it.line.split('\0').includes(`--user-data-dir=${folder}`));
  assert.ok(ours.length, 'no browser has this profile');
  for (const it of ours) ours.push(...all.filter((child) => child.parent === it.pid && !ours.includes(child)));
  for (const { pid } of ours) try { process.kill(pid, 'SIGKILL'); } catch { /* gone with the others */ }
}

