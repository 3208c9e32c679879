/** Proves what the engine knows of QuickJS's insides, by experiments with known outcomes. */
import { framesAreKnown } from './call-frames.ts';
import type { Engine } from './engine.ts';
import type { GuestHandle } from './guest-handle.ts';
import { ticksPerPoll } from './quickjs-layout.ts';

/** The first Math.random() after the random state 88172645463325252. */
const firstRandom = 0.9009953686486218;

/** Throws when an offset or a changed function is not what the pinned version has. */
export function verifyEngine(engine: Engine): void {
  const rejections: boolean[] = [];
  const guest = engine.newGuest({
    clock: { now: () => 1_234_567_890_123 },
    randomState: 88172645463325252n,
    maxStackBytes: 64 * 1024,
    observer: { rejection: (_promise, _reason, handled) => rejections.push(handled) },
  });
  const check = (what: string, holds: boolean): void => {
    if (!holds) throw new Error(`this version of QuickJS is not the one this code was written for (${what})`);
  };
  try {
    const number = (source: string): number => guest.evaluateNumber(source);
    engine.enter({ now: () => 1_234_567_890_123 }, () => {
      check('clock', number('Date.now()') === 1_234_567_890_123 && number('new Date().getTimezoneOffset()') === 0);
      check('random numbers', number('Math.random()') === firstRandom);
      guest.interruptCounter = ticksPerPoll;
      number('let n = 0; for (let i = 0; i < 1000; i++) n += i; n');
      const spent = ticksPerPoll - guest.interruptCounter;
      check('interrupt counter', spent >= 1000 && spent <= 3000);
      const before = guest.allocatedBytes;
      number('globalThis.kept = new Uint8Array(1 << 20); 1');
      const grown = guest.allocatedBytes - before;
      guest.watchMemory();
      number('new Uint8Array(1 << 20).length');
      const passing = engine.highWaterBytes - guest.allocatedBytes;
      check('high-water mark', passing >= 1 << 20 && passing < (1 << 20) + 20_000);
      check('allocated bytes', grown >= 1 << 20 && grown < (1 << 20) + 20_000);
      number('globalThis.long = "a".repeat(1e6); 1');
      const work = engine.workLeft;
      number('long.indexOf("b")');
      check('work of built-ins', work - engine.workLeft >= 1e6 && work - engine.workLeft < 1e8);
      for (const text of ['a\0b\0', 'é€\0x']) {
        guest.newText(text).consume((value) => guest.context.setProp(guest.context.global, 'text', value));
        check('strings', number(`+(text === ${JSON.stringify(text)})`) === 1);
      }
      number('Promise.reject(1).catch(() => {}); 1');
      check('call frames', framesAreKnown(guest));
      check('bytecode', bytecodeWorks(guest));
      check("QuickJS's own bytecode", number('Array.fromAsync([]); Iterator.zip([[1]]).toArray().length') === 1);
      check('promise rejections', rejections.length === 2 && rejections[0] === false && rejections[1] === true);
    });
  } finally {
    guest.dispose();
  }
}

/** A script that comes back from bytecode does what it did: names, constants, closures, classes and expressions. */
function bytecodeWorks(guest: GuestHandle): boolean {
  const source = `(() => { class Pair { #rest = [/b+/g, 'é€', 2n]; length = 3;
    sum(last) { const [pattern, text, big] = this.#rest; return 'abb'.match(pattern)[0].length + text.length + Number(big) + last() } }
    return new Pair().sum(() => Math.max(10, 20)); })()`;
  const result = guest.evaluateBytecode(guest.compile('node:check', source));
  if (result.error !== undefined) {
    result.error.dispose();
    return false;
  }
  return result.value.consume((value) => guest.context.getNumber(value)) === 26;
}
