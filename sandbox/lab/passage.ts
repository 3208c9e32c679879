/** How virtual time passes in a lab: in pieces, between which its surroundings breathe and may call it off. */
import type { VirtualClock } from '../kernel/clock.ts';
import type { LabControl, LabProgress } from './lab.types.ts';

/** Events of the clock between two looks at whether a pause is due. */
const eventsBetween = 32;

/** A step goes no further than this many events into a time in which nothing is to be seen. */
const mostStepEvents = 200_000;

export class Passage {
  readonly #clock: VirtualClock;
  readonly #control: LabControl | undefined;
  /** It was called off: what runs ends at the moment that it has reached. */
  cancelled = false;
  /** While a state is restored: how far. */
  actions: LabProgress['actions'];

  /** Without a control it runs to its end at once. */
  constructor(clock: VirtualClock, control: LabControl | undefined) {
    this.#clock = clock;
    this.#control = control;
  }

  /** Runs what is due up to `until`, or until `isReached`. */
  async advance(until: number | undefined, isReached: () => boolean = () => false): Promise<void> {
    const clock = this.#clock;
    const end = until ?? Infinity;
    let count = 0;
    for (let at = clock.nextAt; at !== undefined && at <= end && !isReached(); at = clock.nextAt) {
      clock.runNext();
      count += 1;
      if (count % eventsBetween !== 0) continue;
      if (await this.isOver(until)) {
        this.#finishMoment();
        return;
      }
    }
    if (until === undefined) this.#finishMoment();
    else clock.advanceTo(until);
  }

  /** Goes on until something `hasHappened`, and to the end of that moment. False when nothing is due at all. */
  async step(hasHappened: () => boolean): Promise<boolean> {
    const dueAt = (): number | undefined => this.#clock.nextAt;
    if (dueAt() === undefined) return false;
    for (let left = mostStepEvents; left > 0 && dueAt() !== undefined; left -= 1) {
      this.#clock.runNext();
      if (left % eventsBetween === 0 && (await this.isOver())) break;
      if (hasHappened() && (dueAt() ?? Infinity) > this.#clock.now) break;
    }
    this.#finishMoment();
    return true;
  }

  /** Takes a pause when one is due. True when it was called off. */
  async isOver(until?: number): Promise<boolean> {
    if (this.#control?.isDue() === true) {
      const { actions } = this;
      const isCalledOff = await this.#control.pause({
        now: this.#clock.now,
        ...(until === undefined ? {} : { until }),
        ...(actions === undefined ? {} : { actions }),
      });
      if (isCalledOff) this.cancelled = true;
    }
    return this.cancelled;
  }

  /** A wait that is as long as this one was runs all that is due at its end. */
  #finishMoment(): void {
    this.#clock.advanceTo(this.#clock.now);
  }
}
