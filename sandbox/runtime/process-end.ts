/** How a process ends in the middle of a turn, and what the environment is told of it. */
import type { ProcessEvents, ProcessExit } from './contract.ts';
import type { StopReason } from './cpu-meter.ts';
import { largestGuestMB, type GuestMemory } from './guest-memory.ts';

/** The process that ends. Times are virtual ms. */
export interface EndingProcess {
  readonly events: ProcessEvents;
  readonly memory: GuestMemory;
  /** Nothing is computed beyond this moment. */
  readonly stopAt: number;
  readonly exit: ProcessExit | undefined;
  /** What the core threw, when that is why. */
  readonly failure: string | undefined;
  /** When the memory would hold so many bytes more, if it goes on growing as it does. */
  whenGrown(bytes: number): number;
  /** Does something at a moment, unless the process is killed before. */
  at(time: number, action: () => void): void;
}

const killedForMemory: ProcessExit = { kind: 'signal', signal: 'killed', outOfMemory: true };

/** A turn was stopped at `end` for a reason; at the deadline the environment knows what to do. */
export function endStopped(process: EndingProcess, reason: StopReason, end: number): void {
  const { events, memory, failure } = process;
  if (reason === 'exit') process.at(end, () => events.exited(process.exit!));
  if (reason === 'memory') {
    if (memory.isSimulators) {
      const explanation = `The code used more than ${largestGuestMB} MB, the most that the simulator gives; it concluded that memory would run out.`;
      process.at(end, () => events.concluded(explanation));
    }
    process.at(end, () => events.exited(killedForMemory));
  }
  if (reason === 'failure') {
    process.at(end, () => {
      events.concluded(
        `The code changed something that the runtime itself needs, and the process was ended: ${failure}.`,
      );
      events.exited({ kind: 'signal', signal: 'aborted', outOfMemory: false });
    });
  }
  if (reason === 'fuel') conclude(process, end);
}

/** The fuel is used up: either the memory runs out before the time does, as it grows now, or the time. */
export function conclude(process: EndingProcess, end: number): void {
  const { events, memory } = process;
  // What the code held is released by now; the high-water mark is not.
  const full = process.whenGrown(memory.leastFreeBytes);
  const busy = 'The code was still busy when the simulator stopped computing; it concluded that';
  if (full >= process.stopAt) {
    process.at(end, () => events.concluded(`${busy} it would not end in time.`));
    return;
  }
  memory.runOut();
  process.at(full, () => {
    events.concluded(`${busy} its growing memory would run out.`);
    events.exited(killedForMemory);
  });
}
