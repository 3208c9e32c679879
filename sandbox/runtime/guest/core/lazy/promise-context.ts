/** Carries the async context through `then` and `await`, once a function has set one. */
import type { AsyncContext } from '../async-context.ts';

type Reaction = ((value: never) => unknown) | null | undefined;

/** Replaces Promise.prototype.then by one whose reactions run in the context of the call. */
export function carryThroughThen(context: AsyncContext): void {
  const native = Promise.prototype.then as (this: unknown, ...reactions: Reaction[]) => Promise<unknown>;
  const bind = (reaction: Reaction): Reaction => (typeof reaction === 'function' ? context.bind(reaction) : reaction);
  function then(this: unknown, fulfilled?: Reaction, rejected?: Reaction): Promise<unknown> {
    return native.call(this, bind(fulfilled), bind(rejected));
  }
  Object.defineProperty(Promise.prototype as object, 'then', {
    value: then,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}
