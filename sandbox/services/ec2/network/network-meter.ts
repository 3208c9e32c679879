/** What a network costs: every hour that begins of gateways, endpoints and addresses, and the bytes that go through them. */
import type { Cancel } from '../../../kernel/clock.ts';
import type { NetworkMeterName } from '../../../trace.ts';
import type { ServiceHost } from '../../service.ts';

const hourMs = 3_600_000;
const bytesPerGB = 1024 ** 3;

export class NetworkMeter {
  readonly #host: ServiceHost;
  readonly #running = new Map<string, Cancel>();

  constructor(host: ServiceHost) {
    this.#host = host;
  }

  /** Begins the first hour of `resource`; `times` zones count one each. */
  begin(resource: string, meter: NetworkMeterName, times: number): void {
    if (times === 0) return;
    const { clock } = this.#host;
    const hour = (): void => {
      this.#meter(resource, meter, times);
      this.#running.set(resource, clock.schedule(clock.now + hourMs, hour));
    };
    hour();
  }

  /** The hour that has begun stays billed. */
  end(resource: string): void {
    this.#running.get(resource)?.();
    this.#running.delete(resource);
  }

  /** Bytes of requests and answers without what protocols add. */
  through(resource: string, meter: NetworkMeterName, bytes: number): void {
    if (bytes > 0) this.#meter(resource, meter, bytes / bytesPerGB);
  }

  #meter(resource: string, meter: NetworkMeterName, quantity: number): void {
    const { clock, trace } = this.#host;
    trace.emit({ type: 'networkUsageMetered', time: clock.now, meter, quantity, resource });
  }
}
