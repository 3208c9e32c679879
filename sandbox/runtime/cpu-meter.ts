/** Meters one guest's CPU in ticks of QuickJS's interrupt counter, and stops it when its budget or fuel is used up. */
import { ticksPerPoll, type GuestHandle } from './engine.ts';
import { fuelPerPhase } from './metering.ts';

/** Why the guest was stopped in the middle of a turn. */
export type StopReason = 'deadline' | 'fuel' | 'memory' | 'exit' | 'failure';

export class CpuMeter {
  readonly #guest: GuestHandle;
  readonly #memoryExceeded: () => boolean;
  /** Ticks counted in this turn before the chunk that is running. */
  #counted = 0;
  #charged = 0;
  #chunk = 0;
  #budget = Infinity;
  #fuel = fuelPerPhase;
  #running = false;
  stopped: StopReason | undefined;

  constructor(guest: GuestHandle, memoryExceeded: () => boolean) {
    this.#guest = guest;
    this.#memoryExceeded = memoryExceeded;
    guest.runtime.setInterruptHandler(() => this.#poll());
  }

  /** Ticks of the turn so far, charged work included. */
  get turnTicks(): number {
    if (!this.#running) return 0;
    return this.#counted + this.#charged + (this.#chunk - this.#guest.interruptCounter);
  }

  /** A new phase begins: the fuel is full again. */
  refuel(): void {
    this.#fuel = fuelPerPhase;
  }

  /** Starts counting; `budget` is how many ticks may pass until the guest is stopped. */
  beginTurn(budget: number): void {
    this.#counted = 0;
    this.#charged = 0;
    this.#budget = budget;
    this.#running = true;
    this.#arm();
  }

  endTurn(): void {
    this.#fuel -= this.#counted + (this.#chunk - this.#guest.interruptCounter);
    this.#running = false;
    this.#chunk = ticksPerPoll;
    this.#guest.interruptCounter = ticksPerPoll;
  }

  /** Adds CPU work that the counter does not see. */
  charge(ticks: number): void {
    if (Number.isFinite(ticks) && ticks > 0) this.#charged += ticks;
    if (this.#counted + this.#charged >= this.#budget) this.#pollSoon();
  }

  /** Uses fuel without taking virtual time. */
  burn(fuel: number): void {
    this.#fuel -= fuel;
    if (this.#fuel <= 0) this.#pollSoon();
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
    this.#chunk = Math.max(1, Math.min(ticksPerPoll, Math.floor(this.#budget - this.#counted - this.#charged)));
    this.#guest.interruptCounter = this.#chunk;
  }

  /** QuickJS asks whether to stop; it has set its counter to the full poll interval. */
  #poll(): boolean {
    if (!this.#running) return false;
    this.#counted += this.#chunk;
    this.#chunk = ticksPerPoll;
    if (this.stopped === undefined) {
      if (this.#counted + this.#charged >= this.#budget) this.stopped = 'deadline';
      else if (this.#memoryExceeded()) this.stopped = 'memory';
      else if (this.#fuel - this.#counted <= 0) this.stopped = 'fuel';
    }
    if (this.stopped !== undefined) return true;
    this.#arm();
    return false;
  }
}
