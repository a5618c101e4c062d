// Dossiers made at random, as `ziping code --encode` takes them: everything that a record can hold, the usual and the odd.

// Numbers that are the same on every machine: mulberry32.
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let it = state;
    it = Math.imul(it ^ (it >>> 15), it | 1);
    it ^= it + Math.imul(it ^ (it >>> 7), it | 61);
    return ((it ^ (it >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, one: (list) => list[below(list.length)], in: (n) => below(n) === 0 };
}

const WORDS = ['甲公司', '车工', '数控', '（某）', '①', 'A-1', '𠮷', '😀', '"\\', '一行\n二行', '㎡', 'é', '0', '～'];

export function dossier(by, edition) {
  const applicant = by.one(edition.applicants);
  const said = { applicant, sheets: Array.from({ length: by.in(20) ? by.below(13) : by.below(4) }, () => sheet(by, edition)) };
  if (by.in(2)) said.unit = text(by);
  if (by.in(4)) said.place = text(by);
  if (by.in(2)) said.day = new Date((18262 + by.below(65536)) * 86400000).toISOString().slice(0, 10);
  if (by.in(3) && edition.questions.length) said.route = route(by, edition.questions);
  return said;
}

const text = (by) => Array.from({ length: 1 + by.below(6) }, () => by.one(WORDS)).join('').replace(/\n/g, ' ');
const note = (by) => Array.from({ length: 1 + by.below(by.in(9) ? 60 : 8) }, () => by.one(WORDS)).join('');

function sheet(by, edition) {
  const rubric = by.one(edition.rubrics);
  const said = { rubric: rubric.annex, answers: {}, partial: {}, notes: {} };
  if (rubric.part === 'occupation') {
    if (by.in(2)) said.code = by.one([...edition.table.map((it) => it.code), '6-18-01-99', '8-99-99-99', '1-00-00-00', text(by)]);
    if (by.in(2)) said.levels = by.one(['5', '4、3', '4、3、2、1', '5、4、3、2、1', '3、4', '高级']);
    if (by.in(2)) said.occupation = by.one([...edition.table.flatMap((it) => it.names), text(by)]);
  }
  const filled = by.one([0, 1, 3, 9, 1000]);
  for (const row of rubric.rows) {
    if (by.below(filled + 1) === 0) continue;
    // the facts of a row in any combination, whole or not
    said.partial[row.id] = row.not_applicable && by.in(4) ? { not_applicable: true } : facts(by, row.rule);
    if (!Object.keys(said.partial[row.id]).length) delete said.partial[row.id];
    if (by.in(12)) said.notes[row.id] = note(by);
  }
  return said;
}

function facts(by, rule) {
  const { kind, by_hand: byHand, unsure, complies, years } = rule;
  const whole = () => by.one([0, 1, 2, 3, 4, 5, 6, by.below(30), by.below(2000), 2 ** 30 - 1, 2 ** 30, 123456789012]);
  const points = () => by.one([0, 1, 2, 3, 4, 5, 6, 8, 10, 0.5, 1.5, 3.3, by.below(200) / 10]);
  const decimal = () => by.one([0, 1, 2, 3, 4, 5, 20, 21, 29.67, 30, 100, '0.000000001', 1234.5, '9223372036.854775807']);
  const bool = () => !by.in(4);
  // what an item takes or gives is counted, or estimated, or there or not
  const item = ({ each, to }) => (by.in(6) ? null : each !== undefined ? whole() : to !== undefined ? points() : bool());
  const estimates = { low: points, high: points };
  const of = {
    met: unsure ? { met: bool, unsure: bool } : { met: bool },
    none: { met: bool },
    staffed: { met: bool, full_time_staff: whole },
    deduct: byHand ? { defects: whole, score: points } : { defects: whole },
    hazard: { defects: whole, hazard: bool },
    credit: { items: whole },
    combined: complies ? { detailed: bool, operable: bool, met: bool } : { detailed: bool, operable: bool },
    number: { qualified_examiners: whole, headcount: whole },
    experts: { experts: whole },
    rate: { intact: whole, total: whole },
    years: { years: decimal, met: bool },
    average: { yearly: () => [whole(), by.in(5) ? null : whole(), whole()], average: decimal },
    judged: { award: points, ...estimates },
    tiers: { level: () => by.one(['none', 'basic', 'full']), award: points, ...estimates },
    lease: { tenure: () => by.one(['leased', 'owned']), award: points, ...estimates, ...(years === undefined ? {} : { months: whole }) },
    bonus: { has: bool },
    choice: { choice: () => by.one(rule.levels).name, ...(rule.levels?.some((it) => it.to) ? { award: points } : {}) },
    deductions: { deductions: () => rule.items.map(item) },
    credits: { credits: () => rule.items.map(item) },
    quantity: rule.percent || rule.ratio ? { parts: () => [whole(), by.in(5) ? null : whole()], quantity: decimal } : { quantity: decimal },
  }[kind];
  const rare = { low: 9, high: 9, quantity: kind === 'quantity' && !rule.percent && !rule.ratio ? 0 : 3, unsure: 5, score: 3, average: 3, headcount: 2 };
  return Object.fromEntries(Object.entries(of).filter(([fact]) => (rare[fact] ? by.in(rare[fact]) : !by.in(8))).map(([fact, make]) => [fact, make()]));
}

function route(by, questions) {
  const said = {};
  for (const { id, kind, values } of questions) {
    if (by.in(3)) continue;
    if (kind === 'one') said[id] = by.one(values);
    if (kind === 'yes_no') said[id] = by.one([true, false, '?']);
    if (kind === 'many') said[id] = values.filter(() => by.in(2));
    if (kind === 'place') said[id] = by.one(['?', '平顶山市', '当地', text(by)]);
    if (kind === 'places') said[id] = by.one(['?', ['平顶山市'], ['平顶山市', '漯河市'], ['当地', '外地'], [text(by), text(by), text(by)]]);
    if (Array.isArray(said[id]) && !said[id].length) delete said[id];
  }
  return said;
}
