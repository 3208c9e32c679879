/** Time in which a page is in view and in use: reading counts for a while after the last sign of somebody. */

/** So long after the last movement, key or scroll, in ms, somebody is still taken to be there. */
const patience = 2 * 60 * 1000;

/** All times are real ms since the Unix epoch, and given by the caller. */
export class Attention {
  #visible = false;
  #lastSign = 0;
  #countedTo = 0;
  #milliseconds = 0;

  /** Somebody did something. */
  sign(now: number): void {
    this.#count(now);
    this.#lastSign = now;
  }

  /** The page came into view, which somebody did, or went out of it. */
  see(visible: boolean, now: number): void {
    this.#count(now);
    this.#visible = visible;
    if (visible) this.#lastSign = now;
  }

  /** Seconds so far that were not taken yet. */
  seconds(now: number): number {
    this.#count(now);
    return this.#milliseconds / 1000;
  }

  /** Takes whole seconds; what is left of one counts next time. */
  take(now: number): number {
    const seconds = Math.floor(this.seconds(now));
    this.#milliseconds -= seconds * 1000;
    return seconds;
  }

  /** A machine that slept, and a clock that was set, count for no more than the patience. */
  #count(now: number): void {
    const end = Math.min(now, this.#lastSign + patience);
    if (this.#visible) this.#milliseconds += Math.max(0, end - this.#countedTo);
    this.#countedTo = now;
  }
}
