// The Chromium inside QtWebEngine, 87 of PyQt5 and 102 of PyQt6: a program of Python that obeys line by line.
//
//   const it = await qt(87);                     // false ones: why(87) says what is missing
//   await it.ask('goto', url);
//   await it.ask('evaluate', 'document.title');
//   await it.end();

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// The system's, as Debian's PyQt is known to no other.
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const offscreen = { ...process.env, QT_QPA_PLATFORM: 'offscreen' };
const program = fileURLToPath(new URL('qt-kernel.py', import.meta.url));
const bindings = { 87: 'PyQt5', 102: 'PyQt6' };

// Why that kernel cannot be tried here; false where it can.
export function why(kernel) {
  const name = bindings[kernel];
  const found = spawnSync(python, ['-c', `import ${name}.QtWebEngineWidgets`], { env: offscreen }).status === 0;
  const libraries = kernel === 87 ? ', libgl1-mesa-dri and libegl1' : ' and libegl1';
  if (!found) return `needs the packages python3-${name.toLowerCase()}.qtwebengine, xvfb, xauth${libraries}`;
  return spawnSync('xvfb-run', ['--help']).status === 0 ? false : 'needs the packages xvfb and xauth';
}

// A free screen, looked for from another number on in each process: two that begin at once would find the same one.
export const display = ['-n', String(100 + (process.pid % 10_000)), '-a'];

// `heard` gets what comes in between: downloads and the console.
export async function qt(kernel, { width = 1366, height = 768, heard = () => {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'ziping-qt-'));
  const screen = [...display, '-s', '-screen 0 1600x1200x24'];
  const args = [...screen, python, program, String(kernel), folder, String(width), String(height)];
  // a group of its own, so that the screen goes with it
  const child = spawn('xvfb-run', args, { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const asked = new Map();
  let number = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    const said = JSON.parse(line);
    if (!('id' in said)) return heard(said);
    const { done, failed } = asked.get(said.id) ?? {};
    asked.delete(said.id);
    if (said.error) failed?.(new Error(said.error));
    else done?.(said.value);
  });
  const gone = () => {
    for (const { failed } of asked.values()) failed(new Error(`QtWebEngine ${kernel} has ended`));
    asked.clear();
  };
  child.on('close', gone);
  const ask = (command, ...given) => new Promise((done, failed) => {
    const id = (number += 1);
    const late = setTimeout(() => failed(new Error(`QtWebEngine ${kernel}: no answer to ${command}`)), 60_000);
    asked.set(id, { done: (it) => (clearTimeout(late), done(it)), failed: (it) => (clearTimeout(late), failed(it)) });
    child.stdin.write(`${JSON.stringify([id, command, ...given])}\n`);
  });
  const end = async () => {
    try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it ended by itself */ }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { ask, end, folder };
}
