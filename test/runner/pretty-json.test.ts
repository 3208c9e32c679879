/** JSON and other results laid out for reading. */
import { expect, it } from 'vitest';
import { prettyJson } from '../../src/components/runner/pretty-json.ts';

it.each([
  ['{"served":1}', '{ "served": 1 }'],
  ['not JSON', 'not JSON'],
  [`{"a":"${'x'.repeat(70)}"}`, `{\n  "a": "${'x'.repeat(70)}"\n}`],
])('%s', (text, laidOut) => expect(prettyJson(text)).toBe(laidOut));

it('shows the beginning of a text of megabytes, and how long it is', () => {
  const long = prettyJson('x'.repeat(8_000_000));
  expect(long).toBe(`${'x'.repeat(1000)}… (8,000,000 characters in all)`);
});
