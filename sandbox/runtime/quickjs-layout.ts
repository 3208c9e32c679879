/** Where the pinned QuickJS keeps what the engine reads and writes; `Engine` proves it each time one loads. */

/** QuickJS re-arms its interrupt counter to this value at each poll. */
export const ticksPerPoll = 10_000;

/** Byte offsets in quickjs-ng 0.12.1 for 32-bit WebAssembly, proved by `verifyLayout`. */
export const layout = {
  string: { lengthAndWidth: 4, characters: 28 },
  context: { randomState: 280, interruptCounter: 288 },
  runtime: {
    allocator: { calloc: 0, malloc: 4, realloc: 12, usableSize: 16 },
    mallocSize: 24,
    currentFrame: 156,
    rejectionTracker: 180,
  },
} as const;
