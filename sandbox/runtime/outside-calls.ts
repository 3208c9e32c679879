/** What a guest has asked of the world around it, and the answers that wait until its event loop takes them. */
import type { ApiAnswer, ApiCall, HttpAnswer, HttpCall, ProcessNetwork } from './contract.ts';
import { pack, type Packed } from './guest/core/wire.ts';

/** An answer on its way into the guest, by the number of its call. */
export type ArrivedAnswer = Packed & { readonly id: number };

export class OutsideCalls {
  readonly #network: ProcessNetwork | undefined;
  /** Does something at the virtual moment at which the guest has come to. */
  readonly #tell: (action: () => void) => void;
  readonly #arrivedOne: () => void;
  readonly #awaited = new Set<number>();
  readonly #arrived: ArrivedAnswer[] = [];

  /** Without a network nothing outside answers. `arrivedOne` is called when there is an answer to take. */
  constructor(network: ProcessNetwork | undefined, tell: (action: () => void) => void, arrivedOne: () => void) {
    this.#network = network;
    this.#tell = tell;
    this.#arrivedOne = arrivedOne;
  }

  /** Whether there are calls without an answer. */
  get areWaiting(): boolean {
    return this.#awaited.size > 0;
  }

  /** Whether there are answers to take. */
  get haveAnswers(): boolean {
    return this.#arrived.length > 0;
  }

  callApi(id: number, call: ApiCall): void {
    this.#awaited.add(id);
    this.#tell(() => {
      if (this.#network !== undefined) this.#network.callApi(call, (answer) => this.#receive(id, answer));
      else this.#receive(id, noNetwork(call.service));
    });
  }

  answers(url: string): boolean {
    return this.#network?.answers(url) === true;
  }

  request(id: number, call: HttpCall): void {
    this.#awaited.add(id);
    this.#tell(() => this.#network?.request(call, (answer) => this.#receive(id, answer)));
  }

  /** The guest does not wait for this one any more. */
  abandon(id: number): void {
    this.#awaited.delete(id);
  }

  /** The answer that came first. */
  take(): ArrivedAnswer | undefined {
    return this.#arrived.shift();
  }

  #receive(id: number, answer: ApiAnswer | HttpAnswer): void {
    if (!this.#awaited.delete(id)) return;
    this.#arrived.push({ id, ...pack(answer) });
    this.#arrivedOne();
  }
}

/** The answer of a process that stands alone. */
const noNetwork = (service: string): ApiAnswer => ({
  ok: false,
  requestId: '',
  error: {
    name: 'NotSimulatedError',
    message: `There is no account around this function that has ${service}.`,
    details: {},
  },
});
