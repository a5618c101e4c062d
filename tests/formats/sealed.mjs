// Reads and writes sealed lines by docs/formats.md alone: the columns are taken from the page itself.

import { crc32 } from 'node:zlib';

// The parts by name, each a list of [name, type], as the page lists them.
export function columnsOf(page) {
  const block = /```columns\n(.*?)```/s.exec(page)[1].replace(/\n +/g, ' ');
  return Object.fromEntries(block.trim().split('\n').map((line) => {
    const [part, fields] = line.split(' = ');
    return [part, fields.split(',').map((it) => it.trim().split(': '))];
  }));
}

// What a sealed line says of itself, and the bytes of its payload.
export function opened(line) {
  const [, sign, version, rest] = /^(ZPH?)(\d+)\.(.*)$/s.exec(line);
  const parts = rest.split('.');
  const payload = parts.pop();
  const sum = Number(parts.pop());
  const head = version === '1' && sign === 'ZP' ? payload : `${parts.join('.')}.${payload}`;
  if (crc32(head) !== sum) throw new Error('altered');
  if (Number(parts.pop()) !== payload.length) throw new Error('cut or lengthened');
  return { sign, version: Number(version), numbers: parts.map(Number), bytes: Buffer.from(payload, 'base64url') };
}

// The columns of earlier versions, as the page says what they lacked.
function ofVersion(columns, sign, version) {
  const until = (part, last) => columns[part].slice(0, columns[part].findIndex((it) => it[0] === last) + 1);
  const without = (part, name) => columns[part].filter((it) => it[0] !== name);
  if (sign === 'ZPH') return version === 1 ? { ...columns, agreed: without('agreed', 'said') } : columns;
  if (version === 3) return columns;
  return { ...columns, sheet: without('sheet', 'work'), dossier: until('dossier', version === 1 ? 'binned' : 'declared') };
}

// The dossier or the panel in a sealed line.
export function recordOf(columns, line) {
  const { sign, version, bytes } = opened(line);
  const from = { bytes, at: 0 };
  const read = value(ofVersion(columns, sign, version), sign === 'ZP' ? 'dossier' : 'panel', from);
  if (from.at !== bytes.length) throw new Error('something is left over');
  return read;
}

function value(columns, type, from) {
  const [first, ...more] = type.split(' ');
  const rest = more.join(' ');
  if (first === 'list') return Array.from({ length: Number(count(from)) }, () => value(columns, rest, from));
  if (first === 'perhaps') return yes(from) ? value(columns, rest, from) : undefined;
  if (first in BASE) return BASE[first](from);
  return Object.fromEntries(columns[first].map(([name, type]) => [name, value(columns, type, from)]));
}

function byte(from) {
  if (from.at === from.bytes.length) throw new Error('cut off');
  from.at += 1;
  return from.bytes[from.at - 1];
}

function count(from) {
  for (let number = 0n, place = 0n; ; place += 7n) {
    const it = byte(from);
    number |= BigInt(it & 127) << place;
    if (it < 128) return number;
  }
}

function yes(from) {
  const it = byte(from);
  if (it > 1) throw new Error('neither yes nor no');
  return it === 1;
}

function text(from) {
  const length = Number(count(from));
  if (from.bytes.length - from.at < length) throw new Error('cut off');
  from.at += length;
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(from.bytes.subarray(from.at - length, from.at));
}

function number(from) {
  const it = count(from);
  return it % 2n ? -(it + 1n) / 2n : it / 2n;
}

const BASE = { count, yes, text, number, word: byte };

// The payload of a record, written by the same columns.
export function bytesOf(columns, record, sign, version) {
  const out = [];
  write(ofVersion(columns, sign, version), sign === 'ZP' ? 'dossier' : 'panel', record, out);
  return Buffer.from(out);
}

// The line around it, in a version since the second.
export function sealed(columns, record, sign, version, numbers) {
  const payload = bytesOf(columns, record, sign, version).toString('base64url');
  const head = [...numbers, payload.length].join('.');
  return `${sign}${version}.${head}.${crc32(`${head}.${payload}`)}.${payload}`;
}

function write(columns, type, it, out) {
  const [first, ...more] = type.split(' ');
  const rest = more.join(' ');
  const put = {
    list: () => {
      put.count(it.length);
      it.forEach((one) => write(columns, rest, one, out));
    },
    perhaps: () => {
      out.push(it === undefined ? 0 : 1);
      if (it !== undefined) write(columns, rest, it, out);
    },
    count: (n = it) => {
      let left = BigInt(n);
      for (; left > 127n; left >>= 7n) out.push(Number(left & 127n) | 128);
      out.push(Number(left));
    },
    number: () => put.count(it < 0n ? -2n * it - 1n : 2n * it),
    text: () => {
      const bytes = Buffer.from(it);
      put.count(bytes.length);
      out.push(...bytes);
    },
    yes: () => out.push(it ? 1 : 0),
    word: () => out.push(it),
  };
  if (put[first]) put[first]();
  else columns[first].forEach(([name, type]) => write(columns, type, it[name], out));
}
