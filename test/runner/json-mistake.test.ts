/** Mistakes in a test event are found at their place, and only where JSON.parse sees one too. */
import { fc, test } from './property.ts';
import { describe, expect, it } from 'vitest';
import { findJsonMistake } from '../../src/components/runner/json-mistake.ts';

describe('finding the mistake in an event', () => {
  it.each([
    ['{"order": 1042,}', 1, 16, 'A comma before } is not allowed in JSON.'],
    ['{\n  "order": 1042\n  "who": "a"\n}', 3, 3, 'A comma or } is missing here.'],
    ["{'order': 1}", 1, 2, 'Names stand in double quotes, not in single ones.'],
    ['{order: 1}', 1, 2, 'A name in double quotes is missing here.'],
    ['{"order" 1}', 1, 10, 'A colon is missing between the name and its value.'],
    ['{"order": }', 1, 11, 'A value is missing here.'],
    ['{"order": 1', 1, 12, 'The event ends too early: a } is missing.'],
    ['[1, 2', 1, 6, 'The event ends too early: a ] is missing.'],
    ['[1, 2}', 1, 6, 'This } closes nothing that is open.'],
    ['{"a": undefined}', 1, 7, '"undefined" is not a value in JSON; a text stands in double quotes.'],
    ['{} extra', 1, 4, 'The event is complete before this; nothing may follow it.'],
    ['{"a": "b}', 1, 7, 'This text is not closed, or holds a character that has to be escaped.'],
    ['// note\n{}', 1, 1, 'JSON has no comments.'],
    ['  ', 1, 1, 'The event is empty. Write {} where there are no fields.'],
  ])('%j', (text, line, column, reason) => {
    expect(findJsonMistake(text)).toMatchObject({ line, column, reason });
  });

  it('shows the text around it', () => {
    expect(findJsonMistake('{\n  "order": 1042,,\n}')).toMatchObject({ before: '  "order": 1042,', after: ',' });
  });

  test.prop([fc.json()])('finds nothing in JSON', (text) => {
    expect(findJsonMistake(text)).toBeUndefined();
  });

  test.prop([fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '0', 'x', '\\', '\n')])(
    'agrees with JSON.parse about damaged JSON',
    (json, place, damage) => {
      const at = place % (json.length + 1);
      const text = json.slice(0, at) + damage + json.slice(at + 1);
      expect(findJsonMistake(text) === undefined).toBe(isJson(text));
    },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
