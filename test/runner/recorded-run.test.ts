/** The run that a page shows before anybody pressed anything, and the readers that turn it into log, bill and curve. */
import { describe, expect, it } from 'vitest';
import { indexFacts, type Fact } from '../../sandbox/facts.ts';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import { recordRun, stepsOf } from '../../src/components/runner/record-run.ts';
import { priceFacts, readBill, readLogLines, readMoney } from '../../src/components/runner/trace-readers.ts';

const definition = {
  FunctionName: 'counter',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 128,
  Timeout: 3,
  Architectures: ['arm64'],
  Files: { 'index.mjs': 'let served = 0;\nexport const handler = async () => ++served;\n' },
} as const;
const events = [{ name: 'order', text: '{"order":1042}' }];
const prices = priceFacts.map((id) => defaultFacts.get(id)).filter((fact): fact is Fact => fact !== undefined);

describe('the steps of a recorded run', () => {
  it('are those of function.yaml', () => {
    const steps = stepsOf([{ invoke: 'order' }, { wait: '15m' }, { invoke: 'order', count: 3 }], events, 'folder');
    expect(steps).toEqual([
      { kind: 'invoke', payload: '{"order":1042}', count: 1 },
      { kind: 'wait', milliseconds: 900_000 },
      { kind: 'invoke', payload: '{"order":1042}', count: 3 },
    ]);
  });

  it('are cold, warm, a wait and cold when it names none', () => {
    expect(stepsOf([], events, 'folder').map(({ kind }) => kind)).toEqual(['invoke', 'invoke', 'wait', 'invoke']);
  });

  it('tell the author which event is missing', () => {
    expect(() => stepsOf([{ invoke: 'oder' }], events, 'content/x')).toThrow(
      'content/x/function.yaml: recorded run: there is no event "oder" in events/ (order).',
    );
  });
});

describe('a recorded run', async () => {
  const run = await recordRun(definition, stepsOf([], events, 'folder'));

  it('shows a cold start, a warm one, and a cold one after the wait', () => {
    const starts = run.trace.flatMap((event) => (event.type === 'requestPlaced' ? [event.start] : []));
    const results = run.trace.flatMap((event) => (event.type === 'responseSent' ? [event.payload] : []));
    expect(starts).toEqual(['cold', 'warm', 'cold']);
    expect(results).toEqual(['1', '2', '1']);
  });

  it('is made once for the same function and steps', () => {
    expect(recordRun(definition, stepsOf([], events, 'folder'))).toBe(recordRun(definition, stepsOf([], events, 'x')));
  });

  it('can be carried by a page', () => {
    expect(JSON.parse(JSON.stringify(run))).toEqual(run);
  });

  it('gives the log with a REPORT for each request', () => {
    expect(readLogLines(run.trace).filter(({ kind }) => kind === 'report')).toHaveLength(3);
  });

  it('gives a bill, and a curve that ends at its total', () => {
    const bill = readBill(run.trace, prices, false);
    const points = readMoney(run.trace, prices, false);
    expect(bill.lines.map(({ id }) => id)).toEqual(['requests', 'init', 'compute']);
    expect(points.at(-1)?.amount).toBe(bill.total);
    expect(points.map(({ amount }) => amount)).toEqual(points.map(({ amount }) => amount).sort((a, b) => a - b));
    expect(readBill(run.trace, prices, true).total).toBe(0);
  });

  it('lets the curve stand still while nothing is billed', () => {
    const [, second, third] = readMoney(run.trace, prices, false);
    expect((third?.since ?? 0) - (second?.time ?? 0)).toBeGreaterThan(900_000);
  });
});

describe('the facts on the page', () => {
  it('are all that the bill needs', () => {
    expect([...indexFacts(prices).keys()]).toEqual([...priceFacts]);
  });
});

it('a run can send HTTP requests to what the account has, and its bill shows them', async () => {
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:counter';
  const account = [
    {
      service: 'apigatewayv2',
      operation: 'CreateApi',
      as: 'api',
      input: { Name: 'counter', ProtocolType: 'HTTP', Target: functionArn },
    },
    {
      service: 'lambda',
      operation: 'AddPermission',
      input: {
        FunctionName: 'counter',
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      },
    },
  ];
  const steps = stepsOf([{ request: { url: '{api.ApiEndpoint}/next' }, count: 2 }], [], 'folder');
  const { trace } = await recordRun({ ...definition, account }, steps);
  const statuses = trace.flatMap((event) => (event.type === 'httpRequestAnswered' ? [event.statusCode] : []));
  expect(statuses).toEqual([200, 200]);
  const bill = readBill(trace, prices, false);
  expect(bill.lines.map(({ label }) => label)).toContain('2 requests to the HTTP API');
  expect(readMoney(trace, prices, false).at(-1)?.amount).toBe(bill.total);
});
