/** node:diagnostics_channel: named channels that libraries publish to. */
import { validateFunction } from './internal/validate.ts';

type Subscriber = (message: unknown, name: string | symbol) => void;

export class Channel {
  readonly name: string | symbol;
  readonly _subscribers: Subscriber[] = [];

  constructor(name: string | symbol) {
    this.name = name;
  }

  get hasSubscribers(): boolean {
    return this._subscribers.length > 0;
  }

  subscribe(subscriber: Subscriber): void {
    validateFunction(subscriber, 'subscription');
    this._subscribers.push(subscriber);
  }

  unsubscribe(subscriber: Subscriber): boolean {
    const index = this._subscribers.indexOf(subscriber);
    if (index === -1) return false;
    this._subscribers.splice(index, 1);
    return true;
  }

  publish(message: unknown): void {
    for (const subscriber of [...this._subscribers]) {
      try {
        subscriber(message, this.name);
      } catch (error) {
        internals.timers.nextTick(() => {
          throw error;
        });
      }
    }
  }

  runStores<R>(message: unknown, callback: (...args: any[]) => R, thisArg?: unknown, ...args: unknown[]): R {
    this.publish(message);
    return callback.apply(thisArg, args);
  }
}

const channels = new Map<string | symbol, Channel>();

export function channel(name: string | symbol): Channel {
  let found = channels.get(name);
  if (found === undefined) channels.set(name, (found = new Channel(name)));
  return found;
}

export const hasSubscribers = (name: string | symbol): boolean => channel(name).hasSubscribers;
export const subscribe = (name: string | symbol, subscriber: Subscriber): void => channel(name).subscribe(subscriber);
export const unsubscribe = (name: string | symbol, subscriber: Subscriber): boolean =>
  channel(name).unsubscribe(subscriber);

const parts = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;

/** The five channels of a traced operation, and calls that publish to them. */
export function tracingChannel(nameOrChannels: string | Record<string, Channel>): Record<string, any> {
  const group: Record<string, any> = {};
  for (const part of parts)
    group[part] =
      typeof nameOrChannels === 'string' ? channel(`tracing:${nameOrChannels}:${part}`) : nameOrChannels[part];
  group['traceSync'] = <R>(
    callback: (...args: any[]) => R,
    context: Record<string, unknown> = {},
    thisArg?: unknown,
    ...args: unknown[]
  ): R => {
    group['start'].publish(context);
    try {
      const result = callback.apply(thisArg, args);
      context['result'] = result;
      return result;
    } catch (error) {
      context['error'] = error;
      group['error'].publish(context);
      throw error;
    } finally {
      group['end'].publish(context);
    }
  };
  group['tracePromise'] = async <R>(
    callback: (...args: any[]) => Promise<R>,
    context: Record<string, unknown> = {},
    thisArg?: unknown,
    ...args: unknown[]
  ): Promise<R> => {
    const promise = group['traceSync'](callback, context, thisArg, ...args) as Promise<R>;
    try {
      const result = await promise;
      context['result'] = result;
      return result;
    } catch (error) {
      context['error'] = error;
      group['error'].publish(context);
      throw error;
    } finally {
      group['asyncStart'].publish(context);
      group['asyncEnd'].publish(context);
    }
  };
  return group;
}
