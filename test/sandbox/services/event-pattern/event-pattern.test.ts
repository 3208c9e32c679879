/** Event patterns, a case a line: what EventBridge's user guide says of each operator. */
import { describe, expect, test } from 'vitest';
import {
  compileEventPattern,
  eventBridgeDialect,
  lambdaDialect,
  parseEventPattern,
} from '../../../../sandbox/services/event-pattern/event-pattern.ts';

const matches = (pattern: unknown, event: unknown): boolean => compileEventPattern(pattern).matches(event);

/** [what, pattern, events that match, events that do not] */
const cases: readonly (readonly [string, unknown, readonly unknown[], readonly unknown[]])[] = [
  ['a text', { a: ['x'] }, [{ a: 'x' }, { a: 'x', b: 1 }], [{ a: 'X' }, { a: 'xx' }, { b: 'x' }, {}]],
  [
    'one of several',
    { a: ['x', 3, true, null] },
    [{ a: 'x' }, { a: 3 }, { a: true }, { a: null }],
    [{ a: '3' }, { a: false }, {}],
  ],
  ['a number however written', { a: [300] }, [{ a: 3.0e2 }], [{ a: '300' }, { a: 301 }]],
  ['the empty text', { a: [''] }, [{ a: '' }], [{ a: null }, {}, { a: ' ' }]],
  ['all fields', { a: ['x'], b: ['y'] }, [{ a: 'x', b: 'y' }], [{ a: 'x' }, { a: 'x', b: 'x' }]],
  ['nested fields', { a: { b: { c: [1] } } }, [{ a: { b: { c: 1 } } }], [{ a: { b: 1 } }, { a: 1 }, { 'a.b.c': 1 }]],
  ['a list has one of them', { a: ['x', 'y'] }, [{ a: ['q', 'y'] }, { a: [['x']] }], [{ a: [] }, { a: ['q'] }]],
  [
    'one element of a list has all fields',
    { a: { b: ['x'], c: ['y'] } },
    [{ a: [{ b: 'w' }, { b: 'x', c: 'y' }] }],
    [
      {
        a: [
          { b: 'x', c: 'w' },
          { b: 'w', c: 'y' },
        ],
      },
    ],
  ],
  ['prefix', { a: [{ prefix: 'us-' }] }, [{ a: 'us-east-1' }, { a: 'us-' }], [{ a: 'eu-us-' }, { a: 'US-' }, { a: 5 }]],
  [
    'prefix, any case',
    { a: [{ prefix: { 'equals-ignore-case': 'EventB' } }] },
    [{ a: 'EVENTBridge' }],
    [{ a: 'event' }],
  ],
  ['suffix', { a: [{ suffix: '.png' }] }, [{ a: 'x.png' }], [{ a: '.png.jpg' }, { a: 'x.PNG' }]],
  ['suffix, any case', { a: [{ suffix: { 'equals-ignore-case': '.png' } }] }, [{ a: 'x.PNG' }], [{ a: 'png' }]],
  [
    'equals-ignore-case',
    { a: [{ 'equals-ignore-case': 'alice' }] },
    [{ a: 'ALICE' }, { a: 'alice' }],
    [{ a: 'alicea' }],
  ],
  ['anything-but a text', { a: [{ 'anything-but': 'x' }] }, [{ a: 'y' }, { a: 5 }, { a: null }], [{ a: 'x' }, {}]],
  ['anything-but several', { a: [{ 'anything-but': ['x', 'y'] }] }, [{ a: 'z' }], [{ a: 'x' }, { a: 'y' }]],
  ['anything-but numbers', { a: [{ 'anything-but': [1, 2] }] }, [{ a: 3 }, { a: '1' }], [{ a: 1 }]],
  ['anything-but a prefix', { a: [{ 'anything-but': { prefix: 'us-' } }] }, [{ a: 'eu-1' }, { a: 7 }], [{ a: 'us-1' }]],
  [
    'anything-but prefixes',
    { a: [{ 'anything-but': { prefix: ['a', 'b'] } }] },
    [{ a: 'c' }],
    [{ a: 'ax' }, { a: 'bx' }],
  ],
  ['anything-but a suffix', { a: [{ 'anything-but': { suffix: '.png' } }] }, [{ a: 'x.jpg' }], [{ a: 'x.png' }]],
  [
    'anything-but, any case',
    { a: [{ 'anything-but': { 'equals-ignore-case': ['x', 'y'] } }] },
    [{ a: 'z' }],
    [{ a: 'X' }],
  ],
  [
    'anything-but a wildcard',
    { a: [{ 'anything-but': { wildcard: '*/lib/*' } }] },
    [{ a: '/bin/x' }],
    [{ a: '/lib/x' }],
  ],
  ['anything-but in a list: one other will do', { a: [{ 'anything-but': 'x' }] }, [{ a: ['x', 'y'] }], [{ a: ['x'] }]],
  ['numeric equality', { a: [{ numeric: ['=', 3.018e2] }] }, [{ a: 301.8 }], [{ a: 301.81 }, { a: '301.8' }]],
  ['numeric bound', { a: [{ numeric: ['<=', 5] }] }, [{ a: 5 }, { a: -1 }], [{ a: 5.01 }]],
  ['numeric range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, [{ a: 0.1 }, { a: 5 }], [{ a: 0 }, { a: 6 }]],
  ['exists', { a: [{ exists: true }] }, [{ a: null }, { a: '' }, { a: [1] }], [{}, { a: {} }, { a: [] }]],
  ['does not exist', { a: { b: [{ exists: false }] } }, [{}, { a: {} }, { a: { b: {} } }], [{ a: { b: null } }]],
  [
    'does not exist in any element',
    { a: { b: [{ exists: false }] } },
    [{ a: [{ c: 1 }] }],
    [{ a: [{ b: 1 }, { c: 1 }] }],
  ],
  ['missing or a value', { a: [{ exists: false }, 'x'] }, [{}, { a: 'x' }], [{ a: 'y' }]],
  [
    'wildcard',
    { a: [{ wildcard: 'dir/*.png' }] },
    [{ a: 'dir/a/b.png' }, { a: 'dir/.png' }],
    [{ a: 'dir/png' }, { a: 'xdir/a.png' }],
  ],
  ['wildcards do not overlap', { a: [{ wildcard: 'ab*ba' }] }, [{ a: 'abba' }], [{ a: 'aba' }]],
  ['an escaped star', { a: [{ wildcard: 'a\\*b\\\\*' }] }, [{ a: 'a*b\\c' }], [{ a: 'axb\\c' }, { a: 'a*b' }]],
  [
    'cidr',
    { a: [{ cidr: '10.0.0.0/24' }] },
    [{ a: '10.0.0.255' }],
    [{ a: '10.0.1.0' }, { a: 'ten' }, { a: '::10.0.0.1' }],
  ],
  [
    'cidr of IPv6',
    { a: [{ cidr: '2001:db8::/32' }] },
    [{ a: '2001:DB8:1::1' }],
    [{ a: '2001:db9::' }, { a: '10.0.0.1' }],
  ],
  [
    '$or',
    { a: ['x'], $or: [{ b: [1] }, { c: { d: [{ exists: true }] } }] },
    [
      { a: 'x', b: 1 },
      { a: 'x', c: { d: 0 } },
    ],
    [{ a: 'x' }, { b: 1 }],
  ],
  [
    '$or inside a field and inside another',
    { a: { $or: [{ b: [1] }, { $or: [{ c: [2] }, { d: [3] }] }] } },
    [{ a: { b: 1 } }, { a: { c: 2 } }, { a: { d: 3 } }],
    [{ a: {} }, { b: 1 }],
  ],
  [
    'inherited names are no fields',
    { a: { constructor: [{ exists: true }] } },
    [{ a: { constructor: 1 } }],
    [{ a: {} }],
  ],
];

describe.each(cases)('%s', (_, pattern, matching, others) => {
  test.each(matching.map((event) => [JSON.stringify(event), event]))('matches %s', (_text, event) => {
    expect(matches(pattern, event)).toBe(true);
  });
  test.each(others.map((event) => [JSON.stringify(event), event]))('does not match %s', (_text, event) => {
    expect(matches(pattern, event)).toBe(false);
  });
});

test.each([
  ['{', 'Filter is not valid JSON'],
  ['["a"]', 'Filter is not an object'],
  ['{}', 'Empty objects are not allowed'],
  ['{"a":"x"}', '"a" must be an object or an array at a'],
  ['{"a":{"b":[]}}', 'Empty arrays are not allowed at a.b'],
  ['{"a":{}}', 'Empty objects are not allowed at a'],
  ['{"a":[["x"]]}', 'Match value must be String, number, true, false, or null at a'],
  ['{"a":[{"contains":"x"}]}', 'Unrecognized match type contains at a'],
  ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression at a'],
  ['{"a":[{"prefix":5}]}', 'prefix match pattern must be a string at a'],
  ['{"a":[{"exists":"yes"}]}', 'exists match pattern must be either true or false. at a'],
  [
    '{"a":[{"anything-but":["x",1]}]}',
    'Inside anything but list, either all values are number or string, mixed type is not supported at a',
  ],
  ['{"a":[{"anything-but":{"numeric":["=",1]}}]}', 'Unsupported anything-but pattern: numeric at a'],
  ['{"a":[{"anything-but":true}]}', 'Value of anything-but must be an array or single string/number value. at a'],
  ['{"a":[{"numeric":["<",5,">",0]}]}', 'Too many terms in numeric range expression at a'],
  ['{"a":[{"numeric":[">",5,"<",0]}]}', 'Bottom must be less than top at a'],
  ['{"a":[{"numeric":[">","5"]}]}', 'Value of > must be numeric at a'],
  ['{"a":[{"numeric":["=",5000000001]}]}', 'Value must be between -5.0E9 and 5.0E9, inclusive at a'],
  ['{"a":[{"wildcard":"a**b"}]}', 'Consecutive wildcard characters at pos 1 at a'],
  ['{"a":[{"wildcard":"a\\\\b"}]}', 'Invalid escape character at pos 1 at a'],
  ['{"a":[{"cidr":"10.0.0.0"}]}', "Malformed CIDR, one '/' required at a"],
  ['{"a":[{"cidr":"10.0.0.0/33"}]}', 'Malformed CIDR, mask bits must be <= 32 at a'],
  ['{"$or":[{"a":[1]}]}', 'There must have at least 2 Objects in $or relationship.'],
])('%s: %s', (pattern, message) => {
  expect(() => parseEventPattern(pattern, eventBridgeDialect)).toThrow(message);
});

test('filters of event source mappings know no wildcard, no cidr and nothing inside anything-but', () => {
  const parse = (condition: unknown) => () => compileEventPattern({ a: [condition] }, lambdaDialect);
  expect(parse({ wildcard: '*' })).toThrow('Unrecognized match type wildcard at a');
  expect(parse({ cidr: '10.0.0.0/8' })).toThrow('Unrecognized match type cidr at a');
  expect(parse({ 'anything-but': { prefix: 'x' } })).toThrow('Unsupported anything-but pattern: prefix at a');
  expect(parse({ 'anything-but': ['x'] })().matches({ a: 'y' })).toBe(true);
});
