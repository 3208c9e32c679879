/** The guest's end of the network: calls that wait for their answers. */
import type { ApiAnswer, HttpAnswer } from '../../../contract.ts';
import type { GuestInternals } from '../../internals.ts';
import type { Host } from '../host.ts';
import { pack, unpack, type Packed } from '../wire.ts';

export interface Network {
  readonly network: GuestInternals['network'];
  received(id: number, text: string, parts: readonly ArrayBuffer[]): void;
}

export function createNetwork(host: Host): Network {
  const waiting = new Map<number, (answer: unknown) => void>();
  let last = 0;

  const buffersOf = ({ parts }: Packed): ArrayBuffer[] => parts.map((part) => part.slice().buffer);

  const wait = <Answer>(id: number, signal: AbortSignal | undefined): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (signal === undefined) {
        waiting.set(id, resolve as (answer: unknown) => void);
        return;
      }
      const abort = (): void => {
        if (!waiting.delete(id)) return;
        host.abandon(id);
        reject(signal.reason);
      };
      waiting.set(id, (answer) => {
        signal.removeEventListener('abort', abort);
        resolve(answer as Answer);
      });
      signal.addEventListener('abort', abort, { once: true });
    });

  return {
    network: {
      callApi: ({ service, operation, input, newConnection, connectionTimeoutMs = 0 }, signal) => {
        const packed = pack(input);
        const id = ++last;
        host.callApi(id, service, operation, newConnection, connectionTimeoutMs, packed.text, ...buffersOf(packed));
        return wait<ApiAnswer>(id, signal);
      },
      answers: (url) => host.answers(url),
      request: (call, signal) => {
        const packed = pack(call);
        const id = ++last;
        host.request(id, packed.text, ...buffersOf(packed));
        return wait<HttpAnswer>(id, signal);
      },
    },
    received: (id, text, parts) => {
      const resolve = waiting.get(id);
      if (resolve === undefined) return;
      waiting.delete(id);
      resolve(unpack({ text, parts: parts.map((part) => new Uint8Array(part)) }));
    },
  };
}
