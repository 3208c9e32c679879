/** The timeline's model, scale, money curve and table rows, read from a trace written by hand. */
import { describe, expect, it } from 'vitest';
import { formatClock, formatDuration } from '../../src/components/timeline/format-time.ts';
import { fitOf, layoutFor } from '../../src/components/timeline/layout.ts';
import { hasSeveralFunctions, timelineOf } from '../../src/components/timeline/model.ts';
import { amountAt, formatMoney, formatMoneyColumn, moneyPath } from '../../src/components/timeline/money.ts';
import { rowsOf } from '../../src/components/timeline/rows.ts';
import { scaleOf } from '../../src/components/timeline/scale.ts';
import { shortNames } from '../../src/components/timeline/short-names.ts';
import { startTime, trace } from './trace-fixture.ts';

const model = timelineOf(trace);

describe('lanes', () => {
  it('has one for each environment, named by the start of its id', () => {
    expect(model.lanes.map((lane) => lane.name)).toEqual(['a41f', '9c20']);
  });

  it('says whose each is where there are several functions', () => {
    expect(hasSeveralFunctions(model)).toBe(false);
    const created = trace.find((event) => event.type === 'environmentCreated');
    if (!created) throw new Error('The fixture has no environment.');
    const called = { ...created, environmentId: 'beef', functionName: 'send-mail', time: startTime + 900_200 };
    const both = timelineOf([
      ...trace,
      called,
      { type: 'environmentGone', time: startTime + 900_300, environmentId: 'beef', reason: 'idle' },
    ]);
    expect(both.lanes.map(({ functionName }) => functionName)).toEqual(['checkout', 'checkout', 'send-mail']);
    expect(hasSeveralFunctions(both)).toBe(true);
    expect(rowsOf(both, []).map(({ environment }) => environment)).toContain('send-mail beef');
    expect(rowsOf(model, []).map(({ environment }) => environment)).toContain('a41f');
  });

  it('shows init, invoke, frozen and gone with their times', () => {
    const segments = model.lanes[0]?.segments.map(({ kind, start, end }) => [kind, start - startTime, end - startTime]);
    expect(segments).toEqual([
      ['init', 0, 130],
      ['invoke', 130, 140],
      ['invoke', 140, 142],
      ['frozen', 142, 360_142],
    ]);
    expect(model.lanes[0]?.gone).toEqual({ time: startTime + 360_142, reason: 'idle' });
    expect(model.lanes[1]?.gone).toBeUndefined();
  });

  it('lets a frozen environment reach up to now', () => {
    const waiting = timelineOf(trace.slice(0, -13), startTime + 3_600_000);
    expect(waiting.end - startTime).toBe(3_600_000);
  });

  it('keeps how a phase ended', () => {
    const timeline = timelineOf([
      ...trace.slice(0, 6),
      {
        type: 'phaseEnded',
        time: startTime + 3130,
        environmentId: 'a41f9c2077d14b1f8a35d1f5a8f0b0c1',
        phase: 'invoke',
        status: 'timeout',
        durationMs: 3000,
      },
    ]);
    expect(timeline.lanes[0]?.segments.at(-1)).toMatchObject({ kind: 'invoke', status: 'timeout' });
  });
});

describe('requests', () => {
  it('are numbered in order of arrival and know who served them', () => {
    expect(model.requests.map(({ number, start, time }) => [number, start, time - startTime])).toEqual([
      [1, 'cold', 0],
      [2, 'warm', 140],
      [3, 'cold', 900_142],
    ]);
  });
});

describe('moments', () => {
  it('are the distinct times at which something happened, in words', () => {
    expect(model.moments.map(({ time }) => time - startTime)).toEqual([
      0, 130, 140, 142, 360_142, 900_142, 900_262, 900_270,
    ]);
    expect(model.moments[4]?.text).toBe('environment a41f is gone (idle)');
    expect(model.moments[0]?.text).toBe(
      'request 1 arrives, environment a41f created, request 1 goes to environment a41f (cold), init starts in environment a41f',
    );
  });

  it('end with the time waited, when nothing came after it', () => {
    expect(timelineOf(trace, startTime + 1_800_270).moments.at(-1)?.text).toBe('15 min later');
  });
});

describe('the scale', () => {
  const scale = scaleOf(model);

  it('rises from 0 to 1', () => {
    expect(scale.at(model.start)).toBe(0);
    expect(scale.at(model.end)).toBe(1);
    const positions = model.moments.map(({ time }) => scale.at(time));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  it('keeps 2 ms visible beside 130 ms and 15 min', () => {
    const share = scale.at(startTime + 142) - scale.at(startTime + 140);
    expect(share).toBeGreaterThan(0.03);
    expect(scale.at(startTime + 130) - scale.at(startTime)).toBeGreaterThan(share);
  });

  it('breaks where nothing happens and says how long', () => {
    expect(scale.breaks.map(({ label }) => label)).toEqual(['+15 min']);
    expect(scale.beginnings.map((time) => time - startTime)).toEqual([0, 900_142]);
  });

  it('puts an environment that goes while nothing runs inside the break', () => {
    const gap = scale.breaks[0];
    const gone = scale.at(startTime + 360_142);
    expect(gone).toBeGreaterThan(gap?.left ?? 1);
    expect(gone).toBeLessThan(gap?.right ?? 0);
  });

  it('gives back the time of a position', () => {
    for (const { time } of model.moments) expect(scale.timeAt(scale.at(time))).toBeCloseTo(time, 3);
  });

  it('says nothing false about an empty trace', () => {
    const empty = timelineOf([], startTime);
    expect(empty.lanes).toEqual([]);
    expect(scaleOf(empty).at(startTime)).toBe(0);
  });
});

describe('money', () => {
  const points = [
    { time: startTime + 140, amount: 0.0000004 },
    { time: startTime + 142, amount: 0.0000006 },
  ];

  it('is known at any moment', () => {
    expect(amountAt(points, startTime)).toBe(0);
    expect(amountAt(points, startTime + 141)).toBe(0.0000004);
    expect(amountAt(points, startTime + 500)).toBe(0.0000006);
  });

  it('is a curve that is flat while nothing is billed and ends at the top', () => {
    const waited = { time: startTime + 190, amount: 0.0000008, since: startTime + 180 };
    const at = (time: number) => (time - startTime) / 200;
    expect(moneyPath([...points, waited], at, { width: 1000, height: 40, end: startTime + 200 })).toBe(
      'M0 40L700 20L700 20L710 10L900 10L950 0L1000 0',
    );
  });

  it('has the same decimals in a column', () => {
    expect(formatMoneyColumn([0.0000006, 0.0000000583, 0])).toEqual(['$0.000000600', '$0.000000058', '$0.000000000']);
    expect(formatMoneyColumn([0])).toEqual(['$0.00']);
  });

  it('is written without exponents and useless zeros', () => {
    expect(formatMoney(0.0000022)).toBe('$0.0000022');
    expect(formatMoney(0)).toBe('$0.00');
    expect(formatMoney(0.5)).toBe('$0.50');
    expect(formatMoney(12.345)).toBe('$12.35');
  });
});

describe('the table', () => {
  it('says the same as the picture', () => {
    const rows = rowsOf(model, [{ time: startTime + 140, amount: 0.0000004 }]);
    expect(rows.slice(0, 3)).toEqual([
      {
        time: startTime,
        clock: '09:00:00.000',
        environment: 'a41f',
        what: 'request 1 arrives: cold start',
        duration: '',
        money: '$0.00',
      },
      { time: startTime, clock: '09:00:00.000', environment: 'a41f', what: 'init', duration: '130 ms', money: '$0.00' },
      {
        time: startTime + 130,
        clock: '09:00:00.130',
        environment: 'a41f',
        what: 'handler runs for request 1',
        duration: '10 ms',
        money: '$0.0000004',
      },
    ]);
    expect(rows).toHaveLength(10);
  });
});

describe('layout', () => {
  it('keeps fifty lanes under a thousand pixels', () => {
    expect(layoutFor(50).height).toBeLessThan(1000);
    expect(layoutFor(2).rowHeight).toBe(42);
  });

  it('shows a label only where it fits', () => {
    expect(fitOf('init 130 ms', 0.5, 290)).toBe('always');
    expect(fitOf('init 130 ms', 0.2, 290)).toBe('medium');
    expect(fitOf('init 130 ms', 0.12, 290)).toBe('wide');
    expect(fitOf('init 130 ms', 0.02, 290)).toBe('never');
  });
});

describe('words for time', () => {
  it.each([
    [0.25, '0.25 ms'],
    [2, '2 ms'],
    [130.4, '130 ms'],
    [3000, '3 s'],
    [12_340, '12.3 s'],
    [900_000, '15 min'],
    [5_400_000, '1 h 30 min'],
    [86_400_000, '1 d'],
  ])('%d ms is %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

  it('shows a moment to the millisecond', () => expect(formatClock(startTime + 130)).toBe('09:00:00.130'));
});

describe('short names', () => {
  it('are as long as it takes to tell the ids apart', () => {
    expect([...shortNames(['abcd11', 'abcd22']).values()]).toEqual(['abcd1', 'abcd2']);
    expect([...shortNames(['abcd11', 'ffff22']).values()]).toEqual(['abcd', 'ffff']);
  });
});
