/**
 * Writes data/<locale>.json and data/zones.json: what the guest's Intl knows, read out of the Intl of the Node that
 * runs this. Run by hand when the pinned Node changes (`node extract.mjs`); the results are committed, so that every
 * machine builds the same guest.
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { locales } from './locales.ts';

const folder = join(import.meta.dirname, 'data');
mkdirSync(folder, { recursive: true });

/** Values used to find out how a field is printed: each is one digit, so that padding shows. */
const sample = { year: 2024, month: 6, day: 3, hour: 9, minute: 5, second: 8 };
const dateOf = (change = {}) => {
  const { year, month, day, hour, minute, second } = { ...sample, ...change };
  return new Date(Date.UTC(year, month, day, hour, minute, second));
};
const sundayFirst = Array.from({ length: 7 }, (_, index) => dateOf({ day: 7 + index }));
const months = Array.from({ length: 12 }, (_, month) => dateOf({ month }));

const letters = {
  weekday: 'E',
  year: 'y',
  month: 'M',
  day: 'd',
  hour: 'h',
  minute: 'm',
  second: 's',
  dayPeriod: 'a',
  timeZoneName: 'z',
};

function extractor(locale) {
  const tables = [];
  const tableIndex = (values) => {
    const text = JSON.stringify(values);
    const index = tables.findIndex((table) => JSON.stringify(table) === text);
    return index === -1 ? tables.push(values) - 1 : index;
  };
  const partsOf = (options, date = dateOf()) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).formatToParts(date);
  /** Options to a list: text as it is, fields as [letter] (digits), [letter, 2] (two digits) or [letter, table]. */
  const pattern = (options) => {
    const parts = partsOf(options);
    return parts.map(({ type, value }, index) => {
      if (type === 'literal') return value;
      const letter = letters[type];
      if (letter === undefined) throw new Error(`${locale}: field ${type}`);
      const values = (dates) => dates.map((date) => partsOf(options, date)[index].value);
      if (type === 'month' && !/^\d+$/.test(value)) return [letter, 't' + tableIndex(values(months))];
      if (type === 'weekday') return [letter, 't' + tableIndex(values(sundayFirst))];
      if (type === 'dayPeriod') return [letter, 't' + tableIndex(values([dateOf(), dateOf({ hour: 15 })]))];
      if (type === 'timeZoneName') return [letter];
      if (type === 'year') return value.length === 2 ? [letter, 2] : [letter];
      return value.length === 2 && value.startsWith('0') ? [letter, 2] : [letter];
    });
  };
  return { tables, pattern };
}

const combine = (choices) =>
  Object.entries(choices).reduce(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => (value ? { ...one, [name]: value } : one))),
    [{}],
  );
const short = { numeric: 'n', '2-digit': '2', short: 's', long: 'l', narrow: 'w' };
const keyOf = (options, names) => names.map((name) => short[options[name]] ?? '-').join('');
const dateNames = ['weekday', 'year', 'month', 'day'];
const timeNames = ['hour', 'minute', 'second'];

function dates(locale) {
  const { tables, pattern } = extractor(locale);
  const patterns = [];
  const intern = (value) => {
    const text = JSON.stringify(value);
    const index = patterns.findIndex((item) => JSON.stringify(item) === text);
    return index === -1 ? patterns.push(value) - 1 : index;
  };
  const glues = [];
  const result = { date: {}, time: {}, glue: {}, dateStyle: {}, timeStyle: {}, styleGlue: {} };
  const withoutEnd = (list) => (typeof list.at(-1) === 'string' ? [list.slice(0, -1), list.at(-1)] : [list, '']);
  /** What stands between date and time; with the date's pattern where it reads otherwise beside a time. */
  const glueOf = (both, date) => {
    const start = both.findIndex(([letter]) => letter === 'h');
    if (start === -1) throw new Error(`${locale}: no time in ${JSON.stringify(both)}`);
    const [head, between] = withoutEnd(both.slice(0, start));
    const [rest, end] = withoutEnd(date);
    const isSame = JSON.stringify(head) === JSON.stringify(rest) && between.startsWith(end);
    const glue = isSame ? between.slice(end.length) : between;
    const index = glues.includes(glue) ? glues.indexOf(glue) : glues.push(glue) - 1;
    return isSame ? index : [intern(head), index];
  };
  const cycles = { a: { hourCycle: 'h12' }, b: { hourCycle: 'h23' } };
  const aTime = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' };
  for (const options of combine({
    weekday: ['', 'short', 'long', 'narrow'],
    year: ['', 'numeric', '2-digit'],
    month: ['', 'numeric', '2-digit', 'short', 'long', 'narrow'],
    day: ['', 'numeric', '2-digit'],
  })) {
    const key = keyOf(options, dateNames);
    if (key === '----') continue;
    const date = pattern(options);
    result.date[key] = intern(date);
    result.glue[key] = glueOf(pattern({ ...options, ...aTime }), date);
  }
  for (const [cycle, hourCycle] of Object.entries(cycles)) {
    for (const options of combine({
      hour: ['', 'numeric', '2-digit'],
      minute: ['', 'numeric', '2-digit'],
      second: ['', 'numeric', '2-digit'],
    })) {
      const key = keyOf(options, timeNames);
      if (key !== '---') result.time[cycle + key] = intern(pattern({ ...options, ...hourCycle }));
    }
    for (const timeStyle of ['full', 'long', 'medium', 'short'])
      result.timeStyle[cycle + timeStyle] = intern(pattern({ timeStyle, ...hourCycle }));
  }
  for (const dateStyle of ['full', 'long', 'medium', 'short']) {
    const date = pattern({ dateStyle });
    result.dateStyle[dateStyle] = intern(date);
    result.styleGlue[dateStyle] = glueOf(pattern({ dateStyle, timeStyle: 'short', hourCycle: 'h23' }), date);
  }
  const zoned = pattern({ hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' });
  const zoneIsFirst = zoned[0][0] === 'z';
  const dated = pattern({ year: 'numeric', month: 'numeric', day: 'numeric', timeZoneName: 'short' });
  const fraction = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    second: 'numeric',
    fractionalSecondDigits: 3,
  }).formatToParts(dateOf());
  const cycleOf = (options) =>
    new Intl.DateTimeFormat(locale, { hour: 'numeric', ...options }).resolvedOptions().hourCycle;
  return {
    ...result,
    glues,
    patterns,
    tables,
    zoneIsFirst,
    besideZone: zoneIsFirst ? zoned[1] : zoned.at(-2),
    dateBeforeZone: dated.at(-2),
    fraction: fraction.find((part) => part.type === 'literal').value,
    hourCycles: [cycleOf({}), cycleOf({ hour12: true }), cycleOf({ hour12: false })],
  };
}

const plurals = (locale) => new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
/** A number of each plural category. */
const examples = (locale) => {
  const rules = new Intl.PluralRules(locale);
  const found = {};
  for (const number of [1, 2, 0, 5, 1_000_000]) found[rules.select(number)] ??= number;
  return found;
};

function affixes(parts, kept = []) {
  const isNumber = (part) => ['integer', 'group', 'decimal', 'fraction'].includes(part.type);
  const first = parts.findIndex(isNumber);
  const last = parts.findLastIndex(isNumber);
  const mark = (part) => (kept.includes(part.type) ? '¤' : part.value);
  return [
    parts.slice(0, first).map(mark).join(''),
    parts
      .slice(last + 1)
      .map(mark)
      .join(''),
  ];
}

function numbers(locale) {
  const parts = (options, value = 1) => new Intl.NumberFormat(locale, options).formatToParts(value);
  const find = (list, type) => list.find((part) => part.type === type)?.value;
  const grouped = parts({}, 1_234_567.5);
  const sizes = grouped.filter((part) => part.type === 'integer').map((part) => part.value.length);
  const currencies = {};
  const categories = examples(locale);
  for (const currency of Intl.supportedValuesOf('currency')) {
    const symbol = find(parts({ style: 'currency', currency }), 'currency');
    const narrow = find(parts({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' }), 'currency');
    const names = Object.fromEntries(
      Object.entries(categories).map(([category, number]) => [
        category,
        find(parts({ style: 'currency', currency, currencyDisplay: 'name' }, number), 'currency'),
      ]),
    );
    if (Object.values(names).every((name) => name === names.other))
      for (const category of Object.keys(names)) if (category !== 'other') delete names[category];
    const digits = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits;
    if (names.other === currency && symbol === currency) continue;
    currencies[currency] = [symbol, narrow === symbol ? 0 : narrow, names, digits];
  }
  const compact = {};
  for (const compactDisplay of ['short', 'long']) {
    compact[compactDisplay] = [];
    for (let power = 3; power <= 20; power++) {
      const at = {};
      let divisor = power;
      for (const category of plurals(locale)) {
        // Numbers of this power in this category: 1 and 2 times the unit.
        // A fraction is written with digits even where one thousand is a word alone.
        const one = new Intl.PluralRules(locale).select(1.2) === 'one' ? 1.2 : 1;
        const number = category === 'one' ? one * 10 ** power : 2 * 10 ** power;
        const list = parts({ notation: 'compact', compactDisplay }, number);
        if (!list.some((part) => part.type === 'integer')) continue;
        const digits = list
          .filter((part) => part.type === 'integer')
          .map((part) => part.value)
          .join('').length;
        divisor = power - (digits - 1);
        at[category] = affixes(list);
      }
      if (Object.values(at).every((value) => JSON.stringify(value) === JSON.stringify(at.other)))
        for (const category of Object.keys(at)) if (category !== 'other') delete at[category];
      const exactlyOne = parts({ notation: 'compact', compactDisplay }, 10 ** power);
      if (!exactlyOne.some((part) => part.type === 'integer'))
        at['=1'] = [exactlyOne.map((part) => part.value).join(''), ''];
      compact[compactDisplay].push([divisor, at]);
    }
  }
  const units = {};
  const rates = ['kilometer-per-hour', 'mile-per-hour', 'meter-per-second', 'mile-per-gallon', 'liter-per-kilometer'];
  for (const size of ['bit', 'byte', 'kilobit', 'kilobyte', 'megabit', 'megabyte', 'gigabit', 'gigabyte'])
    rates.push(`${size}-per-second`);
  for (const unit of [...Intl.supportedValuesOf('unit'), ...rates]) {
    units[unit] = ['short', 'long', 'narrow'].map((unitDisplay) => {
      const forms = Object.fromEntries(
        Object.entries(categories).map(([category, number]) => [
          category,
          affixes(parts({ style: 'unit', unit, unitDisplay }, number)),
        ]),
      );
      if (Object.values(forms).every((form) => JSON.stringify(form) === JSON.stringify(forms.other)))
        return { other: forms.other };
      return forms;
    });
  }
  const money = (extra) =>
    affixes(
      parts({ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', ...extra }, extra.value ?? 1),
      ['currency'],
    );
  const coded = (currencyDisplay, value = 1) =>
    affixes(
      new Intl.NumberFormat(locale, { style: 'currency', currency: 'CHF', currencyDisplay }).formatToParts(value),
      ['currency'],
    );
  const accounting = affixes(
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
      currencySign: 'accounting',
    }).formatToParts(-1),
    ['currency'],
  );
  const negative = affixes(
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
    }).formatToParts(-1),
    ['currency'],
  );
  return {
    decimal: find(grouped, 'decimal'),
    group: find(grouped, 'group'),
    groupSizes: [sizes.at(-1), sizes.at(-2)],
    minimumGrouping: new Intl.NumberFormat(locale).format(1234).length === 4 ? 2 : 1,
    percent: affixes(parts({ style: 'percent' }, 0.01)),
    money: money({}),
    moneyNegative: negative,
    moneyAccounting: accounting,
    moneyCode: coded('code'),
    moneyName: affixes(
      new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: 'name' }).formatToParts(2),
      ['currency'],
    ),
    exponent: find(parts({ notation: 'scientific' }, 12_345), 'exponentSeparator'),
    minus: find(parts({}, -1), 'minusSign'),
    nan: new Intl.NumberFormat(locale).format(NaN),
    currencies,
    compact,
    units,
  };
}

function lists(locale) {
  const result = {};
  for (const type of ['conjunction', 'disjunction', 'unit']) {
    for (const style of ['long', 'short', 'narrow']) {
      const literals = (items) =>
        new Intl.ListFormat(locale, { type, style })
          .formatToParts(items)
          .filter((part) => part.type === 'literal')
          .map((part) => part.value);
      const [start, middle, end] = literals(['a', 'b', 'c', 'd']);
      result[`${type} ${style}`] = [literals(['a', 'b'])[0], start, middle, end];
    }
  }
  return result;
}

function relativeTimes(locale) {
  const result = {};
  const categories = examples(locale);
  for (const unit of ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']) {
    for (const style of ['long', 'short', 'narrow']) {
      const format = (value, numeric) => new Intl.RelativeTimeFormat(locale, { style, numeric }).format(value, unit);
      const forms = (sign) =>
        Object.fromEntries(
          Object.entries(categories).map(([category, number]) => {
            const parts = new Intl.RelativeTimeFormat(locale, { style }).formatToParts(sign * number, unit);
            return [category, affixes(parts)];
          }),
        );
      const words = {};
      for (const value of [-2, -1, 0, 1, 2])
        if (format(value, 'auto') !== format(value, 'always')) words[value] = format(value, 'auto');
      result[`${unit} ${style}`] = [forms(-1), forms(1), words];
    }
  }
  return result;
}

const winter = Date.UTC(2025, 0, 15);
const summer = Date.UTC(2025, 6, 15);

function zoneNames(locale, zones) {
  const name = (timeZone, timeZoneName, time) =>
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName })
      .formatToParts(time)
      .find((part) => part.type === 'timeZoneName').value;
  const names = [];
  const index = (text) => (names.includes(text) ? names.indexOf(text) : names.push(text) - 1);
  const entries = [];
  const byZone = [];
  const prefix = name('Etc/GMT-1', 'shortOffset', winter).replace(/[+-].*$/, '');
  for (const zone of zones) {
    // Standard and daylight time, told apart by their offsets.
    const [a, b] = [winter, summer].map((time) => [
      name(zone, 'longOffset', time),
      name(zone, 'short', time),
      name(zone, 'long', time),
    ]);
    const entry = {};
    for (const [offset, shortName, longName] of [a, b])
      entry[offset.replace(prefix, '') || '+00:00'] = [
        shortName.startsWith(`${prefix}+`) || shortName.startsWith(`${prefix}-`) || shortName.startsWith(`${prefix}−`)
          ? -1
          : index(shortName),
        index(longName),
      ];
    const text = JSON.stringify(entry);
    byZone.push(entries.includes(text) ? entries.indexOf(text) : entries.push(text) - 1);
  }
  // In the order of the zones in zones.json.
  return {
    names,
    entries: entries.map((text) => JSON.parse(text)),
    byZone,
    utc: prefix,
    minus: name('Etc/GMT+1', 'shortOffset', winter).replace(prefix, '')[0],
  };
}

function zoneOffsets() {
  const candidates = new Set(Intl.supportedValuesOf('timeZone'));
  const root = '/usr/share/zoneinfo';
  const walk = (path) => {
    let entries = [];
    try {
      entries = readdirSync(join(root, path));
    } catch {
      return;
    }
    for (const entry of entries) {
      const name = path ? `${path}/${entry}` : entry;
      if (/^(posix|right|posixrules|.*\.(tab|list|zi|leapseconds))$/.test(entry)) continue;
      if (statSync(join(root, name)).isDirectory()) walk(name);
      else candidates.add(name);
    }
  };
  walk('');
  const offsets = {};
  const links = {};
  const byText = new Map();
  for (const zone of [...candidates].sort()) {
    let canonical;
    try {
      canonical = new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      continue;
    }
    if (canonical !== zone) links[zone] = canonical;
    else offsets[zone] = '';
  }
  for (const target of Object.values(links)) offsets[target] ??= '';
  for (const zone of Object.keys(offsets)) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const minutes = (time) => {
      const match = /GMT(?:([+-])(\d\d):(\d\d)(?::\d\d)?)?/.exec(format.format(time));
      return match[1] === undefined ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
    };
    const changes = [];
    let before = minutes(0);
    const first = before;
    for (let month = 1; month <= 68 * 12; month++) {
      const end = Date.UTC(1970, month, 1);
      const after = minutes(end);
      let start = Date.UTC(1970, month - 1, 1);
      // Two changes within a month (Ramadan in Morocco) show at the middle.
      for (const stop of [start + 10 * 86_400_000, start + 20 * 86_400_000, end]) {
        const at = stop === end ? after : minutes(stop);
        if (at !== before) {
          let [low, high] = [start, stop];
          while (high - low > 60_000) {
            const middle = Math.floor((low + high) / 120_000) * 60_000;
            if (minutes(middle) === before) low = middle;
            else high = middle;
          }
          changes.push([high / 60_000, at]);
          before = at;
        }
        start = stop;
      }
    }
    let last = 0;
    const text = [
      String(first),
      ...changes.map(([time, offset]) => {
        const delta = (time - last).toString(36);
        last = time;
        return `${delta}:${offset}`;
      }),
    ].join(' ');
    const same = byText.get(text);
    if (same === undefined) byText.set(text, zone);
    offsets[zone] = same === undefined ? text : `=${same}`;
  }
  return { offsets, links };
}

const zones = zoneOffsets();
writeFileSync(join(folder, 'zones.json'), JSON.stringify(zones));
for (const locale of locales) {
  const data = {
    dates: dates(locale),
    numbers: numbers(locale),
    lists: lists(locale),
    relativeTimes: relativeTimes(locale),
    zoneNames: zoneNames(locale, Object.keys(zones.offsets)),
  };
  writeFileSync(join(folder, `${locale}.json`), JSON.stringify(data));
}
