/** What a load balancer costs: every hour that begins, and the capacity units that an hour's requests come to. */
import { factNumber } from '../../facts.ts';
import type { Cancel } from '../../kernel/clock.ts';
import type { HttpMeter } from '../../trace.ts';
import type { ServiceHost } from '../service.ts';

const hourMs = 3_600_000;
const bytesPerGB = 1024 ** 3;

export class HourMeter {
  readonly #host: ServiceHost;
  readonly #name: string;
  #requests = 0;
  #bytes = 0;
  #cancel: Cancel = () => undefined;

  /** Begins the first hour. */
  constructor(host: ServiceHost, name: string) {
    this.#host = host;
    this.#name = name;
    this.#begin();
  }

  /** A request was answered; `bytes` of both bodies. */
  count(bytes: number): void {
    this.#requests += 1;
    this.#bytes += bytes;
  }

  /** The hour that has begun stays billed. */
  stop(): void {
    this.#cancel();
    this.#settle();
  }

  #begin(): void {
    const { clock } = this.#host;
    this.#meter('load-balancer-hours', 1);
    this.#cancel = clock.schedule(clock.now + hourMs, () => {
      this.#settle();
      this.#begin();
    });
  }

  #settle(): void {
    const { facts } = this.#host;
    const connections = this.#requests / (factNumber(facts, 'alb-capacity-unit', 'newConnectionsPerSecond') * 3600);
    const gigabytes = this.#bytes / bytesPerGB / factNumber(facts, 'alb-capacity-unit', 'functionGBPerHour');
    this.#requests = 0;
    this.#bytes = 0;
    this.#meter('load-balancer-capacity-unit-hours', Math.max(connections, gigabytes));
  }

  #meter(meter: HttpMeter, quantity: number): void {
    if (quantity === 0) return;
    const { clock, trace } = this.#host;
    trace.emit({ type: 'httpUsageMetered', time: clock.now, meter, quantity, resource: this.#name });
  }
}
