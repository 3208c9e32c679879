/** What one guest holds, against what it may hold. Sizes of configurations in MB, of memory in bytes. */
import type { GuestHandle } from './guest-handle.ts';

const bytesPerMB = 1024 * 1024;

/** The most memory one guest may take in the simulator, whatever its configuration says. */
export const largestGuestMB = 1024;

/** What the engine may take beyond the limit, so that the process ends and not a single allocation fails. */
const spareMB = 48;

export class GuestMemory {
  readonly #guest: GuestHandle;
  readonly #configuredMB: number;
  readonly #runtimeMB: number;
  readonly #limitMB: number;
  #bootBytes = 0;
  #peakBytes = 0;

  /** `runtimeMB` is what Node.js and the runtime take of `configuredMB`. */
  constructor(guest: GuestHandle, configuredMB: number, runtimeMB: number) {
    this.#guest = guest;
    this.#configuredMB = configuredMB;
    this.#runtimeMB = runtimeMB;
    this.#limitMB = Math.min(largestGuestMB, Math.max(1, configuredMB - runtimeMB));
    guest.runtime.setMemoryLimit((this.#limitMB + spareMB) * bytesPerMB);
  }

  /** What the guest holds now is the runtime's. */
  booted(): void {
    this.#bootBytes = this.#guest.allocatedBytes;
    this.#peakBytes = this.#bootBytes;
  }

  /** Looks at the high-water mark: whether it is beyond the limit. */
  isExceeded(): boolean {
    const bytes = this.#guest.engine.highWaterBytes;
    if (bytes > this.#peakBytes) this.#peakBytes = bytes;
    return bytes - this.#bootBytes > this.#limitMB * bytesPerMB;
  }

  /** The guest held all there is, or would have. */
  runOut(): void {
    this.#peakBytes = Infinity;
  }

  /** Whether the limit is the simulator's and not the configuration's. */
  get isSimulators(): boolean {
    return this.#limitMB === largestGuestMB;
  }

  /** How much more the guest may hold. */
  get freeBytes(): number {
    return this.#limitMB * bytesPerMB - (this.#guest.allocatedBytes - this.#bootBytes);
  }

  /** How much more it might have held when it held most. */
  get leastFreeBytes(): number {
    return this.#limitMB * bytesPerMB - (this.#guest.engine.highWaterBytes - this.#bootBytes);
  }

  /** Max Memory Used. */
  get maxUsedMB(): number {
    const used = this.#runtimeMB + Math.max(0, this.#peakBytes - this.#bootBytes) / bytesPerMB;
    return Math.min(this.#configuredMB, Math.round(used));
  }
}
