/** How checks are run: what is sent and when, each in an account of its own, and what ends them early. */
import { describe, expect, it } from 'vitest';
import type { OpenSession, Session } from '../../sandbox/worker/session.types.ts';
import { factsForChecks } from '../../src/challenges/prove.ts';
import { ChecksStoppedError, runChecks } from '../../src/challenges/run-checks.ts';
import { checkOf, functionWith, open, tryCheck, words } from './try-check.ts';

const counter = `let served = 0;
export const handler = async (event) => ({ served: ++served, ...event });`;
const events = [{ name: 'event', text: '{ "order": 7 }' }];

describe('what a check does', () => {
  it('is told in one sentence', async () => {
    const { did } = await tryCheck(counter, [{ ends: 'success' }], {
      event: '{"order":7}',
      run: [
        { invoke: 'event' },
        { wait: '15m' },
        { invoke: 'event', times: 3, every: '10s', vary: 'order' },
        { invoke: 'event', count: 5 },
      ],
    });
    expect(did).toBe(
      'Sent `event`, then waited 15 min, then sent `event` 3 times, 10 s apart, each with its own `order`, ' +
        'then sent 5 requests with `event` at once.',
    );
  });

  it('happens on the virtual clock: environments that idle for long are gone', async () => {
    const run = [{ invoke: 'event', times: 2, every: '1h' }];
    expect(words(await tryCheck(counter, [{ start: 'cold', of: 2 }, { environments: 2 }], { run }))).toEqual([
      'met: Request 2 starts cold. / Request 2: cold start.',
      'met: Lambda creates 2 environments. / 2 environments.',
    ]);
  });

  it('sends each request its own event, also those at once', async () => {
    const run = [{ invoke: 'event', count: 3, vary: 'order' }];
    const expected = [7, 8, 9].map((order, index) => ({ result: { at: 'order', equals: order }, of: index + 1 }));
    expect((await tryCheck(counter, expected, { event: '{"order":7}', run })).passed).toBe(true);
  });

  it('sends what the last result left until nothing is left, and no more often than it may', async () => {
    const code = `export const handler = async ({ items: [first, ...rest] }) => {
      console.log('did ' + first);
      return { rest };
    };`;
    const follow = { items: 'rest' };
    const run = (most: number) => ({ event: '{"items":["a","b","c"]}', run: [{ invoke: 'event' }, { follow, most }] });
    const all = await tryCheck(code, [{ log: 'did {each}', each: 'items', times: 1 }, { requests: 3 }], run(9));
    expect(all.passed).toBe(true);
    expect(all.did).toBe('Sent `event`, then sent what was left in `rest` until nothing was left: 2 more requests.');
    const cut = await tryCheck(code, [{ log: 'did c', times: 1 }, { requests: 2 }], run(1));
    expect(cut.findings.map(({ met }) => met)).toEqual([false, true]);
    expect(cut.did).toBe(
      'Sent `event`, then sent what was left in `rest`: 1 more request, and something is still left.',
    );
  });

  it('holds with a configuration of its own, and says so', async () => {
    const code = `export const handler = async (event, context) => context.memoryLimitInMB;`;
    const outcome = await tryCheck(code, [{ result: { equals: '1024' } }, { ends: 'success' }], {
      configuration: { MemorySize: 1024, Timeout: 1 },
    });
    expect(outcome.passed).toBe(true);
    expect(outcome.did).toBe('Gave the function 1024 MB of memory and a timeout of 1 s. Sent `event`.');
  });
});

describe('several checks', () => {
  it('know nothing of each other, and are reported one by one', async () => {
    const told: string[] = [];
    const check = checkOf([{ result: { at: 'served', equals: 1 } }]);
    const outcomes = await runChecks({
      checks: [
        { ...check, id: 'one' },
        { ...check, id: 'two' },
      ],
      definition: functionWith(counter),
      events,
      prices: factsForChecks,
      open,
      onOutcome: ({ id, passed }) => told.push(`${id} ${passed ? 'passed' : 'failed'}`),
    });
    expect(told).toEqual(['one passed', 'two passed']);
    expect(outcomes.map(({ trace }) => JSON.stringify(trace))).toEqual([
      JSON.stringify(outcomes[0]?.trace),
      JSON.stringify(outcomes[0]?.trace),
    ]);
  });

  it('say why a function could not be deployed, and go on', async () => {
    const outcomes = await runChecks({
      checks: [checkOf([{ ends: 'success' }]), checkOf([{ ends: 'success' }])],
      definition: functionWith(counter, { MemorySize: 64 }),
      events,
      prices: factsForChecks,
      open,
    });
    expect(outcomes.map(({ passed }) => passed)).toEqual([false, false]);
    expect(outcomes[0]?.problem).toMatch(/^ValidationException: .*memorySize.*128/i);
  });

  it('contain code that never ends', async () => {
    const outcome = await tryCheck('export const handler = async () => { for (;;); };', [{ ends: 'success' }]);
    expect(words(outcome)).toEqual(['unmet: The request succeeds. / Timed out after 3 s.']);
  });
});

/** Sessions that do something else than answer when they are asked to run. */
const sessionsThat =
  (run: (session: Session) => Session['run']): OpenSession =>
  async (options) => {
    const session = await open(options);
    return {
      deploy: (definition) => session.deploy(definition),
      run: run(session),
      setFreeTier: (enabled) => session.setFreeTier(enabled),
      close: () => session.close(),
      stop: () => session.stop(),
    };
  };

const named = (name: string): Error => Object.assign(new Error('It did not answer.'), { name });

describe('checks that cannot be finished', () => {
  const checks = ['one', 'two', 'three'].map((id) => ({ ...checkOf([{ ends: 'success' }]), id }));
  const base = { checks, definition: functionWith(counter), events, prices: factsForChecks };

  it('stop at the one whose sandbox was lost', async () => {
    const stuck = sessionsThat(() => () => Promise.reject(named('SandboxStuckError')));
    const outcomes = await runChecks({ ...base, open: stuck });
    expect(outcomes.map(({ id, problem }) => [id, problem])).toEqual([
      ['one', 'The sandbox did not answer and was ended. Look for a loop that never ends.'],
    ]);
  });

  it('fail as a whole when there is no sandbox', async () => {
    const missing: OpenSession = () => Promise.reject(named('SandboxUnavailableError'));
    await expect(runChecks({ ...base, open: missing })).rejects.toThrow('It did not answer.');
  });

  it('end at once when they are stopped, in the middle of a call', async () => {
    const abort = new AbortController();
    const told: string[] = [];
    let stops = 0;
    const hanging: OpenSession = async (options) => {
      const session = await open(options);
      if (told.length === 0) return session;
      const answer = Promise.withResolvers<never>();
      return {
        deploy: (definition) => session.deploy(definition),
        run: () => {
          abort.abort();
          return answer.promise;
        },
        setFreeTier: (enabled) => session.setFreeTier(enabled),
        close: () => session.close(),
        stop: () => {
          stops += 1;
          answer.reject(named('SandboxStoppedError'));
        },
      };
    };
    const onOutcome = ({ id }: { id: string }) => told.push(id);
    await expect(runChecks({ ...base, open: hanging, signal: abort.signal, onOutcome })).rejects.toBeInstanceOf(
      ChecksStoppedError,
    );
    expect(told).toEqual(['one']);
    expect(stops).toBe(1);
  });
});
