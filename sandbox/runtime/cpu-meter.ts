/** Meters one guest's CPU in ticks of QuickJS's interrupt counter, and stops it when its budget or fuel is used up. */
import type { GuestHandle } from './guest-handle.ts';
import { ticksPerPoll } from './quickjs-layout.ts';
import { fuelPerPhase, fuelPerStep, fuelPerWork, spareWork, type WorkWeights } from './metering.ts';

/** Ticks between two looks at the memory: short, since one step may allocate much. */
const ticksPerCheck = 1000;

/** So much more, at the end of a single call that used up most of the fuel, is growth and not what it needs on its way. */
const leastGrowthOfCall = 64 * 1024 * 1024;

/** Why the guest was stopped in the middle of a turn. */
export type StopReason = 'deadline' | 'fuel' | 'memory' | 'exit' | 'failure';

/** What a turn had done by some moment, what that had cost in fuel, and how many bytes it held. */
interface Held {
  readonly ticks: number;
  readonly effort: number;
  readonly bytes: number;
}

export class CpuMeter {
  readonly #guest: GuestHandle;
  readonly #memoryExceeded: () => boolean;
  readonly #weights: WorkWeights;
  /** Ticks counted in this turn before the chunk that is running. */
  #counted = 0;
  #charged = 0;
  #stepsBefore = 0;
  #workDone = 0;
  #workAllowed = 0;
  #chunk = 0;
  #budget = Infinity;
  readonly #fuelPerPhase: number;
  #fuel: number;
  #running = false;
  /** The engine's allocation counters when the turn began. */
  #operationsBefore = 0;
  #bytesBefore = 0;
  /** Work of the turn that does not count: the library's own. */
  #excluded = 0;
  #suspendedAt: number | undefined;
  /** After each sixteenth of the fuel: the least that the turn had held since the one before. */
  #held: Held[] = [];
  #lastLook: Held = { ticks: 0, effort: 0, bytes: 0 };
  stopped: StopReason | undefined;

  constructor(guest: GuestHandle, weights: WorkWeights, fuel = fuelPerPhase, memoryExceeded: () => boolean) {
    this.#fuelPerPhase = fuel;
    this.#fuel = fuel;
    this.#guest = guest;
    this.#weights = weights;
    this.#memoryExceeded = memoryExceeded;
    guest.runtime.setInterruptHandler(() => this.#poll());
  }

  /** Ticks of the turn so far; allocations and charged work count as the ticks that take as long. */
  get turnTicks(): number {
    if (!this.#running) return 0;
    return (this.#suspendedAt ?? this.#work()) - this.#excluded;
  }

  #work(): number {
    const { engine } = this.#guest;
    const operations = (engine.allocationOperations - this.#operationsBefore) >>> 0;
    const bytes = (engine.allocationBytes - this.#bytesBefore) >>> 0;
    return this.#steps() + this.#charged + operations * this.#weights.allocationTicks + bytes * this.#weights.byteTicks;
  }

  /** Ticks that QuickJS counted, in all turns: calls and turns of loops. */
  get allSteps(): number {
    return this.#stepsBefore + (this.#running ? this.#steps() : 0);
  }

  /** Those of this turn. */
  #steps(): number {
    return this.#counted + (this.#chunk - this.#guest.interruptCounter);
  }

  /** What the turn has cost this machine, in fuel. */
  #effort(): number {
    return fuelPerStep * this.#steps() + fuelPerWork * this.#allWork();
  }

  #allWork(): number {
    return this.#workDone + (this.#workAllowed - this.#guest.engine.workLeft);
  }

  /** As much work in one call as there is fuel for, and some more so that the guest itself stops first. */
  #allowWork(): void {
    const { engine } = this.#guest;
    this.#workDone = this.#allWork();
    engine.workLeft = Math.max(0, this.fuelLeft) / fuelPerWork + spareWork;
    this.#workAllowed = engine.workLeft;
  }

  /** Whether the instance trapped since the fuel for one call was used up. */
  get isExhausted(): boolean {
    return this.#running && this.#guest.engine.workLeft < 0;
  }

  /** What the guest does from here on takes no virtual time, until `resume`: Node would do it natively. */
  suspend(): void {
    if (this.#running) this.#suspendedAt ??= this.#work();
  }

  resume(): void {
    if (this.#suspendedAt === undefined) return;
    this.#excluded += this.#work() - this.#suspendedAt;
    this.#suspendedAt = undefined;
  }

  /**
   * Ticks until the memory would hold `bytes` more, if it goes on growing as it has: by the least that was held, so that
   * what comes and goes is not taken for growth. What was built at the beginning is none either: it must have grown until
   * the middle and since. An array grows by half at a time, which happens at least once between those moments.
   */
  ticksUntilGrown(bytes: number): number {
    const call = this.#sinceLastLook();
    // One call has used up most of the fuel, and keeps what it takes.
    if (call.effort > this.#fuelPerPhase / 2 && call.bytes >= leastGrowthOfCall)
      return (bytes / call.bytes) * call.ticks;
    const effort = this.#effort();
    const [first, second] = [0.3, 0.6].map((part) => this.#held.find((held) => held.effort >= part * effort));
    if (first === undefined || second === undefined || first === second) return Infinity;
    // The last of them may be small for a moment only, while a queue is copied.
    const last = Math.max(this.#held.at(-1)!.bytes, this.#guest.engine.lowWaterBytes);
    if (second.bytes <= first.bytes || last <= second.bytes) return Infinity;
    return (bytes / (last - first.bytes)) * (this.turnTicks - first.ticks);
  }

  #sinceLastLook(): Held {
    const { ticks, effort, bytes } = this.#lastLook;
    return {
      ticks: this.turnTicks - ticks,
      effort: this.#effort() - effort,
      bytes: this.#guest.allocatedBytes - bytes,
    };
  }

  /** A new phase begins: the fuel is full again. */
  refuel(): void {
    this.#fuel = this.#fuelPerPhase;
  }

  /** Starts counting; `budget` is how many ticks may pass until the guest is stopped. */
  beginTurn(budget: number): void {
    this.#counted = 0;
    this.#charged = 0;
    this.#excluded = 0;
    this.#held = [];
    this.#lastLook = { ticks: 0, effort: 0, bytes: this.#guest.allocatedBytes };
    this.#guest.engine.lowWaterBytes = this.#lastLook.bytes;
    this.#suspendedAt = undefined;
    this.#operationsBefore = this.#guest.engine.allocationOperations;
    this.#bytesBefore = this.#guest.engine.allocationBytes;
    this.#budget = budget;
    this.#workDone = 0;
    this.#workAllowed = this.#guest.engine.workLeft;
    this.#running = true;
    this.#allowWork();
    this.#arm();
  }

  endTurn(): void {
    this.#fuel -= this.#effort();
    this.#stepsBefore += this.#steps();
    this.#running = false;
    this.#chunk = ticksPerPoll;
    this.#guest.interruptCounter = ticksPerPoll;
    this.#guest.engine.workLeft = Infinity;
  }

  /** Adds CPU work that the counter does not see. */
  charge(ticks: number): void {
    if (Number.isFinite(ticks) && ticks > 0) this.#charged += ticks;
    if (this.turnTicks >= this.#budget) this.#pollSoon();
  }

  /** Uses fuel without taking virtual time. */
  burn(fuel: number): void {
    this.#fuel -= fuel;
    if (this.#fuel <= 0) this.#pollSoon();
  }

  get fuelLeft(): number {
    return this.#fuel - this.#effort();
  }

  /** Uses fuel for work outside of the guest. False when there is not so much: the guest stops at its next tick. */
  afford(fuel: number): boolean {
    if (this.stopped !== undefined) return false;
    if (fuel < this.fuelLeft) {
      this.#fuel -= fuel;
      return true;
    }
    this.stop('fuel');
    return false;
  }

  /** Stops the guest at its next tick. */
  stop(reason: StopReason): void {
    this.stopped ??= reason;
    this.#pollSoon();
  }

  #pollSoon(): void {
    if (!this.#running) return;
    this.#counted += this.#chunk - this.#guest.interruptCounter;
    this.#chunk = 1;
    this.#guest.interruptCounter = 1;
  }

  #arm(): void {
    // No step is open while the counter is set.
    this.#chunk = this.#guest.interruptCounter;
    this.#chunk = Math.max(1, Math.min(ticksPerCheck, Math.floor(this.#budget - this.turnTicks)));
    this.#guest.interruptCounter = this.#chunk;
  }

  #noteMemory(): void {
    const { engine, allocatedBytes } = this.#guest;
    const effort = this.#effort();
    this.#lastLook = { ticks: this.turnTicks, effort, bytes: allocatedBytes };
    if (effort - (this.#held.at(-1)?.effort ?? 0) < this.#fuelPerPhase / 16) return;
    this.#held.push({ ticks: this.turnTicks, effort, bytes: engine.lowWaterBytes });
    engine.lowWaterBytes = allocatedBytes;
  }

  /** QuickJS asks whether to stop; it has set its counter to the full poll interval. */
  #poll(): boolean {
    if (!this.#running) return false;
    // Regular expressions poll by themselves, after as many steps of their own; the counter is left as it was.
    const byCounter = this.#guest.interruptCounter === ticksPerPoll;
    this.#counted += byCounter ? this.#chunk : ticksPerPoll;
    if (byCounter) this.#chunk = ticksPerPoll;
    if (this.stopped === undefined) {
      if (this.turnTicks >= this.#budget) this.stopped = 'deadline';
      else if (this.#memoryExceeded()) this.stopped = 'memory';
      else if (this.fuelLeft <= 0) this.stopped = 'fuel';
      else this.#noteMemory();
    }
    if (this.stopped !== undefined) {
      // Without memory for the uncatchable error, QuickJS would throw one that the function can catch.
      this.#guest.runtime.setMemoryLimit(-1);
      this.#guest.interruptCounter = 1;
      this.#chunk = 1;
      return true;
    }
    this.#allowWork();
    if (byCounter) this.#arm();
    return false;
  }
}
