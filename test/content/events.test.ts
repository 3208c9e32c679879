/** What the lessons on triggers and HTTP front doors say about their runs, run. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFunctionFolder } from '../../content/function-folder.ts';
import { createAccount } from '../../sandbox/account.ts';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import { sessionOf } from '../../sandbox/worker/session.ts';

/** Opens a session with a function of a lesson; `send` does what its main button does with one of its test events. */
async function open(lesson: string, name: string) {
  const { definition, events } = await readFunctionFolder(resolve('content/lessons/04-events', lesson, name));
  const session = sessionOf(await createAccount(), defaultFacts);
  const trace: TraceEvent[] = [];
  const take = async (update: ReturnType<typeof session.run>) => {
    const { events: seen, ...rest } = await update;
    trace.push(...seen);
    return rest;
  };
  await take(session.deploy(definition));
  const logged = (text: string) =>
    trace.flatMap((event) => (event.type === 'logWritten' && event.message.includes(text) ? [event.message] : []));
  return {
    trace,
    logged,
    wait: (minutes: number) => take(session.run({ kind: 'wait', milliseconds: minutes * 60_000 })),
    send: (event: string) => {
      const payload = events.find((one) => one.name === event)?.text;
      if (payload === undefined) throw new Error(`${lesson}/${name} has no event ${event}.`);
      return take(session.run({ kind: 'invoke', payload }));
    },
    request: (url: string) => take(session.run({ kind: 'request', request: { url } })),
    close: () => session.close(),
  };
}

const environmentsOf = (trace: readonly TraceEvent[], functionName: string): number =>
  trace.filter((event) => event.type === 'environmentCreated' && event.functionName === functionName).length;

describe('invocation types', () => {
  it('a call is tried once, a queued event three times, and a dry run runs nothing', async () => {
    const run = await open('01-invocation-types', 'checkout');
    const statusOf = async (event: string) => {
      const { invocations } = await run.send(event);
      return (JSON.parse(invocations[0]?.payload ?? '') as { StatusCode: number }).StatusCode;
    };
    expect(await statusOf('call-fails')).toBe(200);
    expect(run.logged('sending to nobody')).toHaveLength(1);
    expect(await statusOf('hand-over-fails')).toBe(202);
    await run.wait(10);
    expect(run.logged('sending to nobody')).toHaveLength(4);
    expect(await statusOf('dry-run')).toBe(204);
    await run.wait(1);
    expect(run.logged('sending to ada')).toHaveLength(0);
    run.close();
  });
});

describe('choosing a trigger', () => {
  it('through the topic twelve orders get an environment each, and lose their order', async () => {
    const run = await open('02-choose-a-trigger', 'shop');
    await run.send('to-topic');
    await run.wait(1);
    expect(environmentsOf(run.trace, 'pick')).toBe(12);
    expect(run.logged('picked')).toHaveLength(12);
    expect(run.logged('picked')[0]).toContain('picked order 2');
    run.close();
  });

  it('through the queue two batches run at a time', async () => {
    const run = await open('02-choose-a-trigger', 'shop');
    await run.wait(1);
    await run.send('to-queue');
    await run.wait(1);
    const batches = run.trace.filter((event) => event.type === 'batchStarted' || event.type === 'batchEnded');
    let running = 0;
    const atOnce = batches.map(({ type }) => (running += type === 'batchStarted' ? 1 : -1));
    expect(Math.max(...atOnce)).toBe(2);
    expect(run.logged('picked')).toHaveLength(12);
    run.close();
  });
});

describe('a bucket', () => {
  it('that gets what the function makes of its photos reports it sixteen times', async () => {
    const run = await open('03-hand-over-and-forget', 'thumbnails');
    await run.send('cat');
    await run.wait(5);
    expect(run.logged('shrunk')).toHaveLength(16);
    expect(run.trace.filter(({ type }) => type === 'recursionStopped')).toHaveLength(1);
    run.close();
  });
});

describe('schedules', () => {
  it('two of three rules run the function, at the hours that the lesson names', async () => {
    const run = await open('04-schedules', 'stop-dev');
    await run.wait(49 * 60);
    expect(run.logged('is due').map((line) => line.split('\t').at(-1))).toEqual([
      'at-two is due: 2026-01-06T02:00:00Z',
      'once-a-day is due: 2026-01-06T09:00:00Z',
      'at-two is due: 2026-01-07T02:00:00Z',
      'once-a-day is due: 2026-01-07T09:00:00Z',
    ]);
    const unreached = run.trace.flatMap((event) => (event.type === 'targetFailed' ? [event.name] : []));
    expect(unreached).toEqual(['at-six', 'at-six']);
    run.close();
  });
});

describe('HTTP front doors', () => {
  it('give the function the search in five shapes', async () => {
    const run = await open('05-http-doors', 'search');
    const bodyOf = async (event: string) => (await run.send(event)).responses?.[0]?.body;
    expect(await bodyOf('function-url')).toBe('looking for foo1,foo2');
    expect(await bodyOf('http-api')).toBe('looking for foo1,foo2');
    expect(await bodyOf('rest-api')).toBe('looking for foo1 and foo2');
    expect(await bodyOf('load-balancer')).toBe('looking for foo2');
    const multi = (await run.send('load-balancer-multi')).responses?.[0];
    expect(multi).toMatchObject({ status: 200, body: 'looking for foo1 and foo2' });
    expect(multi?.headers['content-type']).toBeUndefined();
    run.close();
  });

  it('answer for each of six results as the figure shows', async () => {
    const run = await open('06-http-errors', 'price');
    const doors = [
      'https://{rest.id}.execute-api.us-east-1.amazonaws.com/prod/',
      '{http.ApiEndpoint}/',
      '{url.FunctionUrl}',
      'http://{balancer.LoadBalancers.0.DNSName}/',
    ];
    const statuses = async (path: string) => {
      const found = [];
      for (const door of doors) found.push((await run.request(`${door}${path}`)).responses?.[0]?.status);
      return found;
    };
    expect(await statuses('as-agreed')).toEqual([200, 200, 200, 200]);
    expect(await statuses('plain')).toEqual([502, 200, 200, 502]);
    expect(await statuses('object')).toEqual([502, 500, 502, 502]);
    expect(await statuses('throws')).toEqual([502, 500, 502, 502]);
    expect(await statuses('caught')).toEqual([500, 500, 500, 500]);
    expect(await statuses('slow')).toEqual([504, 503, 200, 200]);
    await run.wait(1);
    expect(run.logged('done')).toHaveLength(4);
    const times = run.trace.flatMap((event) =>
      event.type === 'httpRequestAnswered' && event.path.endsWith('slow') ? [Math.round(event.durationMs / 1000)] : [],
    );
    expect(times).toEqual([29, 30, 40, 40]);
    run.close();
  });

  it('stream five parts from the first second on, and eight megabytes where a buffer refuses', async () => {
    const run = await open('07-http-streaming', 'report');
    for (const event of ['at-once', 'bit-by-bit']) await run.send(event);
    const large = [await run.send('large-streamed'), await run.send('large-buffered')];
    const answers = run.trace.filter((event) => event.type === 'httpRequestAnswered');
    const seconds = (ms = 0) => Math.round(ms / 1000);
    expect(
      answers.slice(0, 2).map(({ firstByteMs, durationMs }) => [seconds(firstByteMs), seconds(durationMs)]),
    ).toEqual([
      [5, 5],
      [1, 5],
    ]);
    expect(large.map(({ responses }) => responses?.[0]?.status)).toEqual([200, 502]);
    run.close();
  });
});
