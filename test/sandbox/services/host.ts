/** What services are made with in tests: a clock, a trace, the facts; and calls of their operations without a gateway. */
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import { VirtualClock } from '../../../sandbox/kernel/clock.ts';
import { Random } from '../../../sandbox/kernel/random.ts';
import { Later, type Caller, type Operation, type ServiceHost } from '../../../sandbox/services/service.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';

export interface TestHost extends ServiceHost {
  readonly events: TraceEvent[];
  /** The trace as lines of what matters: its type and the named members of each event. */
  readonly story: (...members: string[]) => string[];
}

export const startTime = Date.parse('2026-01-05T09:00:00Z');

export function newHost(seed = 7): TestHost {
  const clock = new VirtualClock(startTime);
  const events: TraceEvent[] = [];
  return {
    clock,
    random: new Random(seed),
    facts: defaultFacts,
    location: { region: 'us-east-1', accountId: '123456789012' },
    trace: {
      emit: (event) => {
        Object.freeze(event);
        events.push(event);
        return event;
      },
    },
    events,
    story: (...members) =>
      events.map((event) => [event.type, ...members.flatMap((member) => told(event, member))].join(' ')),
  };
}

function told(event: TraceEvent, member: string): string[] {
  const value = (event as unknown as Record<string, unknown>)[member];
  return value === undefined ? [] : [typeof value === 'string' ? value : JSON.stringify(value)];
}

export const owner: Caller = { kind: 'account' };

/** Calls an operation that answers at once. */
export function call<Input, Output>(operation: Operation<Input, Output>, input: Input, caller: Caller = owner): Output {
  const output = operation.run(input, caller);
  if (output instanceof Later) throw new Error('This answer needs time.');
  return output;
}

/** Calls an operation that may take time; the answer appears in `value` or `error`, and `at` says when. */
export function start<Input, Output>(
  host: TestHost,
  operation: Operation<Input, Output>,
  input: Input,
): { value?: Output; error?: Error; at?: number } {
  const answer: { value?: Output; error?: Error; at?: number } = {};
  const output = operation.run(input, owner);
  if (output instanceof Later) {
    output.start((result) => {
      answer.at = host.clock.now;
      if (result.ok) answer.value = result.output as Output;
      else answer.error = result.error;
    });
  } else {
    answer.at = host.clock.now;
    answer.value = output;
  }
  return answer;
}

/** Name and text of the error that a call throws. */
export function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return 'no error';
}
