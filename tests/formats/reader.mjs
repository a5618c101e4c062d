// A second reader of codes and links, written from docs/formats.md alone. It shares nothing with the program: where the two
// differ, one of them or the description is wrong.

import { inflateRawSync } from 'node:zlib';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

// The bytes of the record in a code.
export function bytesOfCode(text) {
  const values = [...text.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1').replace(/[\s-]/g, '')].map((it) => LETTERS.indexOf(it));
  if (values.includes(-1)) throw new Error('no letter of a code');
  const data = [];
  for (let at = 0, line = 0; at < values.length; at += 32, line += 1) {
    const letters = values.slice(at, at + 32);
    const check = letters.pop();
    const sum = letters.reduce((sum, letter, i) => sum ^ timesPowerOfTwo(letter, i), 0) ^ (line % 32);
    if (sum !== check) throw new Error(`the check of line ${line + 1} is wrong`);
    data.push(...letters);
  }
  return joined(data, 5);
}

function timesPowerOfTwo(letter, n) {
  let it = letter;
  for (let i = 0; i < n; i += 1) it = it & 16 ? ((it << 1) ^ 0b100101) & 31 : it << 1;
  return it;
}

// The bytes of the record in a link.
export function bytesOfLink(text) {
  const characters = [...text.split('#s.')[1]].map((it) => URL_SAFE.indexOf(it));
  if (characters.includes(-1)) throw new Error('no character of a link');
  return joined(characters, 6);
}

function joined(pieces, width) {
  const bytes = [];
  let bits = 0;
  let n = 0;
  for (const piece of pieces) {
    bits = (bits << width) | piece;
    n += width;
    if (n >= 8) {
      n -= 8;
      bytes.push((bits >> n) & 255);
      bits &= (1 << n) - 1;
    }
  }
  if (n >= width || bits) throw new Error('bits are left over');
  return Uint8Array.from(bytes);
}

function crc24(bytes) {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x800000 ? ((crc << 1) ^ 0x1864cfb) & 0xffffff : crc << 1;
  }
  return crc;
}

// The dossier in a record. `edition` is what docs/formats.md and `ziping rubrics` say of the edition.
export function dossierOf(bytes, edition) {
  const [head] = bytes;
  if ((head & 7) !== 1) throw new Error('another version');
  const [length, afterLength] = bytes[3] < 128 ? [bytes[3], 4] : [(bytes[3] & 127) | (bytes[4] << 7), 5];
  if (length !== bytes.length) throw new Error('cut or lengthened');
  const crc = bytes.slice(-3);
  if (crc24(bytes.slice(0, -3)) !== (crc[0] | (crc[1] << 8) | (crc[2] << 16))) throw new Error('altered');
  const mark = bytes[1] | (bytes[2] << 8);
  const [hasTable, hasQuestions] = [(head & 64) !== 0, (head & 128) !== 0];
  if (edition.marks[(hasTable ? 1 : 0) + (hasQuestions ? 2 : 0)] !== mark) throw new Error('another edition');
  let rest = bytes.slice(afterLength, -3);
  const dossier = { edition: edition.id };
  if (head & 8) {
    dossier.day = new Date((18262 + (rest[0] | (rest[1] << 8))) * 86400000).toISOString().slice(0, 10);
    rest = rest.slice(2);
  }
  let tail = new Tail(new Uint8Array());
  if (head & 16) {
    const [n, at] = rest[0] < 128 ? [rest[0], 1] : [(rest[0] & 127) | (rest[1] << 7), 2];
    const own = rest.slice(at + n);
    tail = new Tail(head & 32 ? inflateRawSync(own, { maxOutputLength: 65536 }) : own);
    rest = rest.slice(at, at + n);
  }
  const number = new Digits(rest);
  dossier.applicant = edition.applicants[number.take(edition.applicants.length)];
  dossier.sheets = [];
  for (;;) {
    const at = number.take(edition.rubrics.length + 1);
    if (at === 0) break;
    dossier.sheets.push(sheet(edition.rubrics[at - 1], hasTable ? edition.table : undefined, number, tail));
  }
  dossier.unit = number.take(2) ? tail.text() : '';
  dossier.place = number.take(2) ? tail.text() : '';
  dossier.route = hasQuestions ? route(edition.questions, number, tail) : {};
  if (number.left !== 0n || tail.left) throw new Error('something is left over');
  return dossier;
}

// The large number, from which digits are taken.
class Digits {
  constructor(bytes) {
    this.left = BigInt(`0x0${[...bytes].reverse().map((it) => it.toString(16).padStart(2, '0')).join('')}`);
  }

  take(base) {
    const digit = this.left % BigInt(base);
    this.left /= BigInt(base);
    return Number(digit);
  }

  weighed(weights) {
    let rest = this.take(weights.reduce((a, b) => a + b, 0));
    for (const [at, weight] of weights.entries()) {
      if (rest < weight) {
        this.left = this.left * BigInt(weight) + BigInt(rest);
        return at;
      }
      rest -= weight;
    }
    throw new Error('no such digit');
  }
}

class Tail {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get left() { return this.bytes.length - this.at; }

  byte() {
    if (!this.left) throw new Error('the tail is cut off');
    this.at += 1;
    return this.bytes[this.at - 1];
  }

  number() {
    let number = 0n;
    for (let place = 0n; ; place += 7n) {
      const byte = this.byte();
      number |= BigInt(byte & 127) << place;
      if (byte < 128) return number;
    }
  }

  text() {
    const n = Number(this.number());
    if (this.left < n) throw new Error('the tail is cut off');
    this.at += n;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes.slice(this.at - n, this.at));
  }
}

function sheet(rubric, table, number, tail) {
  const it = { rubric: rubric.annex, occupation: '', code: '', levels: '', figures: [], notes: {}, answers: {} };
  if (rubric.part === 'occupation') {
    const coded = number.weighed([1, 4, 2, 1]);
    if (coded === 1) it.code = table[number.take(table.length)].code;
    if (coded === 2) {
      const digit = number.take(8000000);
      const digits = `${Math.floor(digit / 1000000) + 1}${String(digit % 1000000).padStart(6, '0')}`;
      it.code = digits.replace(/^(.)(..)(..)(..)$/, '$1-$2-$3-$4');
    }
    if (coded === 3) it.code = tail.text();
    const mask = number.take(33);
    if (mask === 32) it.levels = tail.text();
    else it.levels = [5, 4, 3, 2, 1].filter((level) => (mask >> (5 - level)) & 1).join('、');
    const names = coded === 1 ? table.find((row) => row.code === it.code).names : [];
    const name = number.take(names.length + 2);
    if (name > names.length) it.occupation = tail.text();
    else if (name) it.occupation = names[name - 1];
  }
  if (number.weighed([7, 1])) {
    for (let n = Number(tail.number()); n; n -= 1) it.figures.push(tail.text());
  }
  if (number.weighed([7, 1])) {
    for (let n = Number(tail.number()); n; n -= 1) {
      const row = Number(tail.number());
      it.notes[`${rubric.annex}-${row}`] = tail.text();
    }
  }
  const hardly = number.weighed([7, 1]) === 1;
  for (const row of rubric.rows) {
    const facts = answer(rubric, row, hardly, number, tail);
    if (Object.keys(facts).length) it.answers[row.id] = facts;
  }
  return it;
}

// The facts in the order in which the tail numbers them, each with what its value is counted in.
export const FACTS = [
  'met', 'full_time_staff', 'defects', 'hazard', 'items', 'detailed', 'operable', 'qualified_examiners', 'headcount', 'experts',
  'intact', 'total', 'years', 'first_year', 'second_year', 'third_year', 'average', 'award', 'level', 'tenure', 'months', 'has',
  'score', 'unsure', 'low', 'high', 'choice', 'quantity', 'first_count', 'second_count', 'not_applicable',
  ...Array.from({ length: 12 }, (_, at) => `item_${at + 1}`),
];
const BILLION = 1000000000n;
const LENGTHS = Array.from({ length: 31 }, (_, n) => ({ 3: 4, 4: 8, 5: 12, 6: 12, 7: 8, 8: 4 })[n] ?? 1);

function answer(rubric, row, hardly, number, tail) {
  const forms = formsOf(rubric, row);
  if (row.not_applicable) forms.push({ weight: 1, facts: [['not_applicable', { first: 1n, weights: [1] }]] });
  const optional = row.rule.kind === 'bonus' || row.rule.kind === 'none';
  const unanswered = hardly ? 240 : optional ? 8 : 1;
  const state = number.weighed([unanswered, ...forms.map((it) => it.weight * (hardly ? 4 : 12)), 1]);
  const facts = {};
  if (state === 0) return facts;
  if (state > forms.length) {
    for (let n = Number(tail.number()); n; n -= 1) {
      const fact = FACTS[tail.byte()];
      facts[fact] = tail.number();
    }
    return facts;
  }
  for (const [fact, values] of forms[state - 1].facts) {
    if (values.any) {
      const length = number.weighed(LENGTHS);
      const top = length ? 2 ** (length - 1) : 0;
      facts[fact] = BigInt(top + number.take(Math.max(top, 1))) * values.any;
    } else {
      const first = values.after ? facts[values.after] : 0n;
      facts[fact] = first + BigInt(number.weighed(values.weights)) * (values.step ?? 1n);
      if (values.first) facts[fact] += values.first;
    }
  }
  return facts;
}

const tenths = (points) => Math.round(points * 10);
const list = (n, weight) => Array.from({ length: n }, (_, at) => weight(at));
const yes = { weights: [1, 7] };
const no = { weights: [7, 1] };
const only = (value) => ({ first: BigInt(value), weights: [1] });
const fading = (first, n) => list(n, (at) => Math.max(1, first >> Math.min(at, 31)));
const around = (figure, n, step = 1n) => ({
  step,
  weights: list(n + 1, (value) => ({ 0: 6, 1: 3, 2: 3, 3: 2, 4: 2 })[value - figure] ?? 1),
});

function formsOf(rubric, row) {
  const { rule } = row;
  const worth = tenths(worthOf(rubric, row));
  const steps = Math.ceil(worth / Math.max(1, tenths(rule.each ?? 0)));
  const award = (most = worth) => {
    const n = Math.floor(most / 5);
    const weights = list(n + 1, (it) => (it === n ? 6 : it % 2 === 0 && n < 2 * it ? 4 : n < 2 * it ? 2 : 1));
    return { step: 5n, weights };
  };
  const defects = () => ['defects', { weights: fading(8, steps + 2) }];
  const form = (weight, ...facts) => ({ weight, facts });
  switch (rule.kind) {
    case 'met': case 'none': return [form(4, ['met', yes])];
    case 'staffed': return [form(4, ['met', yes], ['full_time_staff', around(rule.at_least, 12)])];
    case 'deduct': return rule.by_hand ? [form(3, defects()), form(1, ['score', award()])] : [form(4, defects())];
    case 'hazard': return [form(4, defects(), ['hazard', no])];
    case 'credit': return [form(4, ['items', { weights: list(steps + 4, (at) => (at === steps ? 8 : 2)) }])];
    case 'combined': return [form(4, ['detailed', yes], ['operable', yes])];
    case 'number': {
      const qualified = ['qualified_examiners', around(rule.bands[0].at_least, 24)];
      return [form(2, qualified), form(2, qualified, ['headcount', { after: 'qualified_examiners', weights: fading(8, 12) }])];
    }
    case 'experts': return [form(4, ['experts', around(rule.at_least, 12)])];
    case 'rate': return [form(4, ['total', { any: 1n }], ['intact', { after: 'total', step: -1n, weights: fading(8, 24) }])];
    case 'years': return [form(3, ['years', around(rule.at_least, 21, BILLION)]), form(1, ['met', yes])];
    case 'average': return [
      form(3, ['first_year', { any: 1n }], ['second_year', { any: 1n }], ['third_year', { any: 1n }]),
      form(1, ['average', { any: BILLION }]),
    ];
    case 'judged': return [form(4, ['award', award()])];
    case 'tiers': return [
      form(5, ['level', only(2)]), form(3, ['level', only(1)], ['award', award()]), form(1, ['level', only(0)]), form(1, ['award', award()]),
    ];
    case 'lease': {
      const owned = form(5, ['tenure', only(1)], ['award', award()]);
      const leased = ['tenure', only(0)];
      if (rule.years === undefined) return [owned, form(2, leased), form(1, leased, ['award', award()])];
      const months = { step: 6n, weights: list(21, (at) => (at % 2 === 0 ? 3 : 1)) };
      return [owned, form(3, leased, ['award', award()], ['months', months])];
    }
    case 'bonus': return [form(4, ['has', no])];
    case 'choice': return rule.levels.map((level, at) => {
      const judged = level.to === undefined ? [] : [['award', award(tenths(level.to))]];
      return form(at ? 2 : 5, ['choice', only(at)], ...judged);
    });
    case 'deductions': case 'credits': return [form(4, ...rule.items.map((item, at) => {
      const name = `item_${at + 1}`;
      if (item.to !== undefined) return [name, { step: 5n, weights: fading(8, Math.floor(tenths(item.to) / 5) + 1) }];
      if (item.each === undefined) return [name, rule.kind === 'credits' ? yes : no];
      const most = Math.min(worth, tenths(item.at_most ?? worth / 10));
      return [name, { weights: fading(8, Math.ceil(most / tenths(item.each)) + 2) }];
    }))];
    case 'quantity': {
      const direct = (weight) => form(weight, ['quantity', { any: BILLION }]);
      if (!rule.percent && !rule.ratio) return [direct(4)];
      return [form(3, ['first_count', { any: 1n }], ['second_count', { any: 1n }]), direct(1)];
    }
    default: throw new Error(`no such rule: ${rule.kind}`);
  }
}

// A row that shares its cell counts under the first row of the cell.
function worthOf(rubric, row) {
  if (row.points !== null || !row.kind.startsWith('scored')) return row.points ?? 0;
  const above = rubric.rows.slice(0, rubric.rows.indexOf(row)).reverse();
  return above.find((it) => it.points !== null).points;
}

function route(questions, number, tail) {
  const said = {};
  for (const { id, kind, values } of questions) {
    if (kind === 'one' || kind === 'yes_no') {
      const digit = number.take(values.length + 1);
      if (digit) said[id] = [values[digit - 1]];
    } else if (kind === 'many') {
      const chosen = values.filter(() => number.take(2));
      if (chosen.length) said[id] = chosen;
    } else {
      const digit = number.take(5);
      const texts = [[], ['?'], ['当地'], ['当地', '外地']][digit] ?? Array.from({ length: Number(tail.number()) }, () => tail.text());
      if (texts.length) said[id] = texts;
    }
  }
  return said;
}
