/** node:timers: the timers of the event loop, as the globals. */
const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = internals.timers;

const moduleExports: Record<string, unknown> = {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
};
Object.defineProperty(moduleExports, 'promises', { get: () => load<unknown>('timers/promises'), enumerable: true });

// util.promisify(setTimeout) is the promise version, whose first argument is the delay.
const custom = Symbol.for('nodejs.util.promisify.custom');
for (const [name, timer] of Object.entries({ setTimeout, setImmediate })) {
  if (!Object.hasOwn(timer, custom)) {
    Object.defineProperty(timer, custom, { get: () => load('timers/promises')[name] as unknown, configurable: true });
  }
}
export default moduleExports;
