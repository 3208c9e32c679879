/** What a `for await` loop runs over: it remembers when its iterator is closing. See for-await.ts. */

type Method = (...values: unknown[]) => unknown;
type Iterating = Record<string | symbol, unknown>;

export class ClosingLoop {
  /** What the iterator gave when the loop was left. */
  pending: Promise<unknown> | undefined;

  /** What is no async iterable comes back as it is: the loop knows what to say, or waits for nothing. */
  of(iterable: unknown): unknown {
    if (iterable === undefined || iterable === null) return iterable;
    const iterate = (iterable as Iterating)[Symbol.asyncIterator];
    if (typeof iterate !== 'function') return iterable;
    return { [Symbol.asyncIterator]: () => this.#remembering(Reflect.apply(iterate as Method, iterable, [])) };
  }

  #remembering(iterator: unknown): unknown {
    const next = (iterator as Iterating | undefined)?.['next'];
    if (typeof iterator !== 'object' || iterator === null || typeof next !== 'function') return iterator;
    const remember = (result: unknown): unknown => {
      this.pending = Promise.resolve(result);
      return result;
    };
    return {
      next: (value: unknown) => Reflect.apply(next as Method, iterator, [value]),
      get return() {
        const close = (iterator as Iterating)['return'];
        if (typeof close !== 'function') return close;
        return (value: unknown) => remember(Reflect.apply(close as Method, iterator, [value]));
      },
    };
  }
}
