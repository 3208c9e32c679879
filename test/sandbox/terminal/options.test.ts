/** The command line of `npm run invoke`. */
import { expect, test } from 'vitest';
import { readDuration, readOptions } from '../../../sandbox/terminal/options.ts';

test('a folder alone', () => {
  expect(readOptions(['content/lessons/x/hello'])).toEqual({
    folder: 'content/lessons/x/hello',
    settings: {},
    environment: {},
    times: 1,
    gapMs: 0,
    burst: 1,
    seed: 7,
    freeTier: false,
    json: false,
  });
});

test('everything at once', () => {
  const line =
    'hello --event order --memory 256 --timeout 9 --architecture x86_64 --runtime nodejs22.x --env A_B=1 --env C_D=x=y';
  const rest = '--times 3 --gap 10m --burst 5 --seed 8 --free-tier --json';
  expect(readOptions([...line.split(' '), ...rest.split(' ')])).toEqual({
    folder: 'hello',
    event: 'order',
    settings: { MemorySize: 256, Timeout: 9, Architectures: ['x86_64'], Runtime: 'nodejs22.x' },
    environment: { A_B: '1', C_D: 'x=y' },
    times: 3,
    gapMs: 600_000,
    burst: 5,
    seed: 8,
    freeTier: true,
    json: true,
  });
});

test.each([
  [['hello', '--memory', 'lots'], '--memory must be a whole number, not "lots".'],
  [['hello', '--times', '0'], '--times must be 1 or more.'],
  [['hello', '--gap', '10'], '--gap must be a duration like 500ms, 30s, 10m, 2h or 1d, not "10".'],
  [['hello', '--architecture', 'mips'], '--architecture must be arm64 or x86_64, not "mips".'],
  [['hello', '--env', 'STAGE'], '--env takes KEY=VALUE, not "STAGE".'],
  [['hello', 'other'], 'One folder at a time; "other" is one too many.'],
  [['hello', '--event', 'a', '--payload', '{}'], 'Give --event or --payload, not both.'],
  [[], 'Which function? Name its folder.'],
  [['hello', '--speed', '9'], "Unknown option '--speed'"],
])('refuses %j', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test('durations', () => {
  expect(['500ms', '1.5s', '10m', '2h', '1d'].map(readDuration)).toEqual([500, 1500, 600_000, 7_200_000, 86_400_000]);
});
