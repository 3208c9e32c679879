/** Moving messages back from a dead-letter queue (redrive): StartMessageMoveTask and what belongs to it. */
import { factNumber } from '../../facts.ts';
import type { Cancel } from '../../kernel/clock.ts';
import { newUuid } from '../../kernel/ids.ts';
import { factError } from '../fact-errors.ts';
import type { ServiceHost } from '../service.ts';
import { noCancel } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

export interface StartMoveRequest {
  readonly SourceArn: string;
  readonly DestinationArn?: string | undefined;
  readonly MaxNumberOfMessagesPerSecond?: number | undefined;
}

interface MoveTask {
  readonly handle: string;
  readonly request: StartMoveRequest;
  readonly startedAt: number;
  readonly total: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED';
  moved: number;
  cancel: Cancel;
}

/** As ListMessageMoveTasks tells it. */
export interface MoveTaskEntry {
  readonly TaskHandle?: string;
  readonly Status: string;
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly MaxNumberOfMessagesPerSecond?: number;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  readonly StartedTimestamp: number;
}

export class MoveTasks {
  readonly #host: ServiceHost;
  readonly #queues: Queues;
  readonly #ids;
  readonly #tasks: MoveTask[] = [];

  constructor(host: ServiceHost, queues: Queues) {
    this.#host = host;
    this.#queues = queues;
    this.#ids = host.random.stream('sqs move tasks');
  }

  /** Begins at once; every message goes to the destination, or back to the queue that gave it up. @throws {ApiError} */
  start(request: StartMoveRequest): { readonly TaskHandle: string } {
    const { clock } = this.#host;
    const source = this.#find(request.SourceArn, 'SourceArn');
    if (request.DestinationArn !== undefined) this.#find(request.DestinationArn, 'DestinationArn');
    if (this.#queues.sourcesOf(source).length === 0) {
      throw this.#unsupported('Source queue must be configured as a Dead Letter Queue.');
    }
    if (this.#tasks.some((task) => task.status === 'RUNNING' && task.request.SourceArn === request.SourceArn)) {
      throw this.#unsupported(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const { visible } = source.counts;
    const handle = btoa(JSON.stringify({ taskId: newUuid(this.#ids), sourceArn: request.SourceArn }));
    const task: MoveTask = {
      handle,
      request,
      startedAt: clock.now,
      total: visible,
      status: 'RUNNING',
      moved: 0,
      cancel: noCancel,
    };
    this.#tasks.push(task);
    task.cancel = clock.schedule(clock.now, () => this.#step(task));
    return { TaskHandle: handle };
  }

  /** The last ten of a queue, newest first. */
  list(sourceArn: string, limit = 1): readonly MoveTaskEntry[] {
    this.#find(sourceArn, 'SourceArn');
    const tasks = this.#tasks.filter(({ request }) => request.SourceArn === sourceArn).reverse();
    return tasks.slice(0, Math.min(limit, 10)).map(describe);
  }

  cancel(handle: string): { readonly ApproximateNumberOfMessagesMoved: number } {
    const task = this.#tasks.find((one) => one.handle === handle && one.status === 'RUNNING');
    if (task === undefined) throw factError(this.#host.facts, 'err-sqs', 'noResource', { parameter: 'TaskHandle' });
    task.cancel();
    task.status = 'CANCELLED';
    return { ApproximateNumberOfMessagesMoved: task.moved };
  }

  /** One second's worth of messages. */
  #step(task: MoveTask): void {
    const { clock, facts } = this.#host;
    const source = this.#queues.byArn(task.request.SourceArn);
    const rate = task.request.MaxNumberOfMessagesPerSecond ?? factNumber(facts, 'sqs-move-rate');
    let moved = 0;
    for (const message of source === undefined ? [] : [...source.visibleMessages()]) {
      if (moved >= rate || task.moved >= task.total) break;
      const target = this.#queues.byArn(task.request.DestinationArn ?? message.deadLetterSourceArn ?? '');
      if (target === undefined || source?.move(message, target, 'moveTask') !== true) continue;
      moved += 1;
      task.moved += 1;
    }
    if (moved === 0 || task.moved >= task.total) task.status = 'COMPLETED';
    else task.cancel = clock.schedule(clock.now + 1000, () => this.#step(task));
  }

  #find(arn: string, parameter: string): Queue {
    const queue = typeof arn === 'string' ? this.#queues.byArn(arn) : undefined;
    if (queue === undefined) throw factError(this.#host.facts, 'err-sqs', 'noResource', { parameter });
    return queue;
  }

  #unsupported(reason: string): Error {
    return factError(this.#host.facts, 'err-sqs', 'unsupported', { reason });
  }
}

function describe({ handle, request, status, moved, total, startedAt }: MoveTask): MoveTaskEntry {
  const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond } = request;
  return {
    ...(status === 'RUNNING' ? { TaskHandle: handle } : {}),
    Status: status,
    SourceArn,
    ...(DestinationArn === undefined ? {} : { DestinationArn }),
    ...(MaxNumberOfMessagesPerSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond }),
    ApproximateNumberOfMessagesMoved: moved,
    ApproximateNumberOfMessagesToMove: total,
    StartedTimestamp: startedAt,
  };
}
