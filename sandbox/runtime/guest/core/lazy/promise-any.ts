/** Promise.any with V8's AggregateError: the engine's has neither message nor stack. */

export function any(this: PromiseConstructor, iterable: Iterable<unknown>): Promise<unknown> {
  return new this((resolve, reject) => {
    const reasons: unknown[] = [];
    let pending = 1;
    const settleOne = (): void => {
      pending -= 1;
      if (pending === 0) reject(new AggregateError(reasons, 'All promises were rejected'));
    };
    let index = 0;
    for (const value of iterable) {
      const position = index;
      index += 1;
      reasons[position] = undefined;
      pending += 1;
      let isSettled = false;
      this.resolve(value).then(resolve, (reason: unknown) => {
        if (isSettled) return;
        isSettled = true;
        reasons[position] = reason;
        settleOne();
      });
    }
    settleOne();
  });
}
