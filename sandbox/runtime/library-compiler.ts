/**
 * Compiles the guest's library to QuickJS's bytecode, which a guest loads in a tenth of the time that its source takes.
 * It has an instance of its own: what an account's guests find in theirs must not depend on who came first.
 */
import type { Engine } from './engine.ts';
import type { GuestHandle } from './guest-handle.ts';

export class LibraryCompiler {
  readonly #guest: GuestHandle;
  readonly #compiled = new Map<string, Uint8Array>();

  constructor(engine: Engine) {
    this.#guest = engine.newGuest({ clock: { now: () => 0 }, randomState: 1n, maxStackBytes: 256 * 1024 });
  }

  /** The bytecode of a script; `file` is what its stack frames say, and stands for its source. */
  bytecode(file: string, source: string): Uint8Array {
    let bytes = this.#compiled.get(file);
    if (bytes === undefined) {
      bytes = this.#guest.compile(file, source);
      this.#compiled.set(file, bytes);
    }
    return bytes;
  }
}
