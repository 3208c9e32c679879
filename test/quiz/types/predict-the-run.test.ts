/** Predict the run: the sandbox has the answers, for whatever numbers were drawn. */
import { describe, expect, it } from 'vitest';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import { recordRun } from '../../../src/components/runner/record-run.ts';
import { readLogLines } from '../../../src/components/runner/trace-readers.ts';
import { drawQuestion } from '../../../src/quiz/draw.ts';
import { measureRun } from '../../../src/quiz/measurements.ts';
import { answerOfPart, predictTheRun, type PredictBody } from '../../../src/quiz/predict-the-run.ts';
import { sessionSteps, stepWords } from '../../../src/quiz/run-steps.ts';
import type { Value } from '../../../src/quiz/question.ts';
import { plainText } from '../../../src/quiz/text.ts';
import { exampleOf, readExample, said } from '../example.ts';

const two = await exampleOf<PredictBody>('predict-the-run', { n: 2 });
const three = await exampleOf<PredictBody>('predict-the-run', { n: 3 });

it('asks about the run with the numbers that were drawn', () => {
  expect(plainText(three.stem)).toBe('One order, half a minute of nothing, then 3 orders at once.');
  expect(three.run?.steps.map(stepWords)).toEqual(['request: order', '30 s pass', '3 requests at once: order']);
});

it('takes its answers from the run', () => {
  expect(two.body.asks.slice(0, 2).map(answerOfPart)).toEqual([['cold'], ['2 orders']]);
  expect(three.body.asks.slice(0, 2).map(answerOfPart)).toEqual([['cold'], ['3 orders']]);
});

it('judges each part and answers to it', () => {
  expect(said(three, [1, '4', 0])).toEqual([
    '0 wrong: No environment exists yet.',
    '1 wrong: The idle environment takes one of the 3.',
    '2 wrong: Init is billed too.',
  ]);
  expect(predictTheRun.grade(three, [0, '3 orders', 1]).correct).toBe(true);
});

it('asks for every part', () => {
  expect(predictTheRun.lacks(two, undefined)).toBe('Part 1 has no answer yet.');
  expect(predictTheRun.lacks(two, [0, 'two', 1])).toBe('Part 2: Write a number, such as 12 orders.');
});

it('is answered the same by a run that is made again', async () => {
  const data = (await readExample()).find(({ type }) => type === 'predict-the-run');
  if (!data?.run) throw new Error('The example has no run.');
  const drawn = drawQuestion<PredictBody>(data, 5);
  const { trace } = await recordRun(data.run.definition, sessionSteps(drawn.run?.steps ?? []));
  const again = drawQuestion<PredictBody>(data, 5, measureRun(trace, data.run.prices));
  expect(again.body).toEqual(drawn.body);
});

describe('what can be measured', async () => {
  const { definition } = two.run ?? {};
  if (!definition) throw new Error('The example has no run.');
  const invoke = { kind: 'invoke', payload: '{"order":1}' } as const;
  const { trace } = await recordRun(definition, [
    { ...invoke, count: 2 },
    { kind: 'wait', milliseconds: 5000 },
    invoke,
  ]);
  const measure = measureRun(trace, [...defaultFacts.values()]);
  const numberOf = (name: string, ...given: Value[]) => Number(measure(name, given));

  it.each([
    ['start', [1], 'cold'],
    ['start', [3], 'warm'],
    ['status', [1], 'success'],
    ['result', [3], '{"order":1,"served":2}'],
    ['result', [3, 'served'], 2],
    ['init', [3], 0],
    ['logged', ['connected'], 2],
    ['logged', ['connected', 3], 0],
    ['requests', [], 3],
    ['coldStarts', [], 2],
    ['environments', [], 2],
    ['throttles', [], 0],
    ['unknown', [], undefined],
  ] as const)('%s(%j) is %j', (name, given, value) => {
    expect(measure(name, given)).toBe(value);
  });

  it('has the answers to HTTP requests, counted by themselves', async () => {
    const recorded = await recordRun(
      {
        ...definition,
        Files: { 'index.mjs': 'export const handler = async () => ({ statusCode: 418, body: "" });' },
        account: [
          ...['InvokeFunctionUrl', 'InvokeFunction'].map((action) => ({
            service: 'lambda',
            operation: 'AddPermission',
            input: {
              FunctionName: definition.FunctionName,
              StatementId: action,
              Action: `lambda:${action}`,
              Principal: '*',
              ...(action === 'InvokeFunction' ? { InvokedViaFunctionUrl: true } : { FunctionUrlAuthType: 'NONE' }),
            },
          })),
          {
            service: 'lambda',
            operation: 'CreateFunctionUrlConfig',
            input: { FunctionName: definition.FunctionName, AuthType: 'NONE' },
            as: 'url',
          },
        ],
      },
      [invoke, { kind: 'request', request: { url: '{url.FunctionUrl}' } }],
    );
    const read = measureRun(recorded.trace, [...defaultFacts.values()]);
    expect(read('answered', [1])).toBe(418);
    expect(Number(read('answeredAfter', [1]))).toBeGreaterThan(0);
    expect(read('firstByteAfter', [1])).toBe(read('answeredAfter', [1]));
    expect(() => read('answered', [2])).toThrow('answered(2) names no answer: the run has 1, from 1.');
  });

  it('agrees with the REPORT line', () => {
    const report = readLogLines(trace).find(({ kind }) => kind === 'report')?.text ?? '';
    const told = (name: string) => Number(new RegExp(`\\t${name}: ([\\d.]+) M?B?m?s?`).exec(`\t${report}`)?.[1]);
    const first = [1, 2].find((request) => numberOf('duration', request) === told('Duration')) ?? 0;
    expect(numberOf('duration', first)).toBe(told('Duration'));
    expect(numberOf('init', first)).toBe(told('Init Duration'));
    expect(numberOf('billed', first)).toBe(told('Billed Duration'));
    expect(numberOf('memoryUsed', first)).toBe(told('Max Memory Used'));
  });

  it('adds up', () => {
    const billed = [1, 2, 3].map((request) => numberOf('billed', request));
    expect(numberOf('billedInAll')).toBe(billed.reduce((sum, one) => sum + one));
    expect(billed[0]).toBe(Math.ceil(numberOf('init', 1) + numberOf('duration', 1)));
    expect(numberOf('took', 1)).toBeGreaterThan(numberOf('init', 1) + numberOf('duration', 1));
    // At $0.20 a million requests and $0.0000133334 a GB-second.
    const seconds = numberOf('billedInAll') / 1000;
    expect(numberOf('cost')).toBeCloseTo((3 * 0.2) / 1e6 + seconds * 0.125 * 0.0000133334, 12);
  });

  it('refuses a request that there is none of', () => {
    expect(() => measure('billed', [4])).toThrow('billed(4) names no request: the run has 1 to 3.');
    expect(() => measure('result', [1, 'total'])).toThrow('has no "total"');
  });
});
