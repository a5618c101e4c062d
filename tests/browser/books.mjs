// Workbooks taken apart, changed as a person or a program would, and put together again.

import assert from 'node:assert/strict';
import { crc32, inflateRawSync } from 'node:zlib';

// The parts of a ZIP file, stored or deflated, as texts by their names.
export function unzipped(bytes) {
  const parts = {};
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [how, size, name, extra] = [bytes.readUInt16LE(at + 8), bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const begin = at + 30 + name + extra;
    const part = bytes.subarray(begin, begin + size);
    parts[bytes.subarray(at + 30, at + 30 + name).toString()] = (how === 8 ? inflateRawSync(part) : part).toString();
    at = begin + size;
  }
  return parts;
}

export function zipped(parts) {
  const [files, directory] = [[], []];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const [title, data] = [Buffer.from(name), Buffer.from(text)];
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crc32(data), 10);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt16LE(title.length, 22);
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), head, title, data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), head, place, title]));
    files.push(file);
    at += file.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, list, end]);
}

// The workbook with one cell of one worksheet holding something else: `<v>4</v>`, `<is><t>…</t></is>`, `<f>1+1</f>`.
export function withCell(bytes, sheet, name, inside) {
  const parts = unzipped(bytes);
  const part = partOf(parts, sheet);
  const cell = new RegExp(`<c r="${name}"( s="\\d+")?[^>]*?(/>|>.*?</c>)`, 's');
  assert.match(parts[part], cell, `${sheet}!${name}`);
  const kind = inside.startsWith('<is>') ? ' t="inlineStr"' : '';
  parts[part] = parts[part].replace(cell, (_, style = '') => `<c r="${name}"${style}${kind}>${inside}</c>`);
  return zipped(parts);
}

// The cell in which something of a row is filled in: `cellOf(bytes, '附件2', '2-4', '符合条件（人）')`.
export function cellOf(bytes, sheet, id, label) {
  const parts = unzipped(bytes);
  const text = parts[partOf(parts, sheet)];
  const at = (column, words, from) => {
    const found = [...text.matchAll(new RegExp(`<c r="${column}(\\d+)"[^>]*>(.*?)</c>`, 'gs'))];
    return Number(found.find((it) => from <= Number(it[1]) && it[2].replaceAll(/<[^>]*>/g, '') === words)?.[1]);
  };
  const row = at('K', label, at('J', id, 1));
  assert.ok(row, `${id} ${label}`);
  return `L${row}`;
}

// Without the hidden worksheet by which a workbook of ours is known.
export const unsigned = (bytes) => {
  const parts = unzipped(bytes);
  parts['xl/workbook.xml'] = parts['xl/workbook.xml'].replace('name="ziping"', 'name="other"');
  return zipped(parts);
};

function partOf(parts, sheet) {
  const names = [...parts['xl/workbook.xml'].matchAll(/<sheet name="([^"]*)"/g)].map((it) => it[1]);
  const at = names.findIndex((it) => it.startsWith(sheet));
  assert.notEqual(at, -1, `${sheet} is none of ${names}`);
  return `xl/worksheets/sheet${at + 1}.xml`;
}
