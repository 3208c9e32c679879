/** Meters provisioned concurrency while it is configured, used or not, in steps of five minutes. */
import type { Cancel, Clock } from '../../kernel/clock.ts';
import type { FunctionConfiguration } from '../api.types.ts';
import { gigabyteSeconds } from '../policies/billed-duration.ts';
import type { TraceWriter } from '../trace-writer.ts';

export interface CapacityMeterHost {
  readonly clock: Clock;
  readonly trace: TraceWriter;
  readonly stepMs: number;
}

export class CapacityMeter {
  readonly #host: CapacityMeterHost;
  #configuration: FunctionConfiguration | undefined;
  #concurrency = 0;
  /** The most that the present step is billed for. */
  #billed = 0;
  #stepEnds = 0;
  #cancel: Cancel | undefined;

  constructor(host: CapacityMeterHost) {
    this.#host = host;
  }

  /** From now on that much is provisioned. More is billed at once for the rest of the step, less from the next on. */
  set(concurrency: number, configuration: FunctionConfiguration): void {
    const { clock } = this.#host;
    this.#configuration = configuration;
    this.#concurrency = concurrency;
    if (this.#cancel === undefined) this.#begin();
    else if (concurrency > this.#billed) {
      this.#bill(concurrency - this.#billed, this.#stepEnds - clock.now);
      this.#billed = concurrency;
    }
  }

  /** The step that has begun stays billed. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #begin(): void {
    const { clock, stepMs } = this.#host;
    this.#billed = this.#concurrency;
    this.#stepEnds = clock.now + stepMs;
    this.#bill(this.#concurrency, stepMs);
    this.#cancel = clock.schedule(this.#stepEnds, () => this.#begin());
  }

  #bill(concurrency: number, milliseconds: number): void {
    if (concurrency === 0 || this.#configuration === undefined) return;
    const { clock, trace } = this.#host;
    const { FunctionName: functionName, MemorySize: sizeMB, Architectures: architectures } = this.#configuration;
    trace.emit({
      type: 'usageMetered',
      time: clock.now,
      functionName,
      architecture: architectures[0],
      meter: 'provisioned-capacity-gb-seconds',
      quantity: gigabyteSeconds(milliseconds * concurrency, sizeMB),
      sizeMB,
    });
  }
}
