/** The client outside of the account: sends HTTP requests to its addresses, as `curl` and browsers do. */
import { asError, type Pump } from '../../kernel/pump.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { HttpHeaders, HttpRequest, HttpResponse } from '../service.ts';

export interface SentRequest {
  /** `GET` by default. */
  readonly method?: string | undefined;
  readonly url: string;
  /** A list for a header that is sent several times. */
  readonly headers?: HttpHeaders | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** Signed with the credentials of the account's owner, for what asks for IAM authorisation. */
  readonly signed?: boolean | undefined;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** Decoded as UTF-8. */
  readonly body: string;
  readonly bytes: Uint8Array;
}

/** Nothing answers at the address: the request has no response at all. */
export class UnknownAddressError extends Error {
  override readonly name = 'UnknownAddressError';
}

export class HttpClient {
  readonly #gateway: Gateway;
  readonly #pump: Pump;

  constructor(gateway: Gateway, pump: Pump) {
    this.#gateway = gateway;
    this.#pump = pump;
  }

  /** Virtual time goes on until it is answered. Rejects with `UnknownAddressError` where nothing answers. */
  request(request: SentRequest): Promise<ReceivedResponse> {
    return this.#pump.wait((resolve, reject) => {
      try {
        this.send(request, resolve);
      } catch (error) {
        reject(asError(error));
      }
    });
  }

  /**
   * Sends it in this moment; `done` is called once, when time has passed and the answer is there.
   * @throws {UnknownAddressError} where nothing answers
   */
  send(
    { method = 'GET', url, headers = {}, body, signed = false }: SentRequest,
    done: (response: ReceivedResponse) => void,
  ): void {
    const endpoint = this.#gateway.answering(url);
    if (endpoint === undefined)
      throw new UnknownAddressError(`Nothing in this account answers at ${url}. Check the address.`);
    if (endpoint.place !== undefined)
      throw new UnknownAddressError(`${url} has a private address. Only what is in its VPC reaches it.`);
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const lines = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
    const signature = signed ? { authorization: `AWS4-HMAC-SHA256 ${ownerCredential}` } : {};
    const request: HttpRequest = {
      method: method.toUpperCase(),
      url,
      headers: { ...Object.fromEntries(lines), ...signature },
      ...(bytes === undefined ? {} : { body: bytes }),
    };
    endpoint.answer(request, { kind: 'account' }, (response) => done(received(response)));
  }
}

const ownerCredential = 'Credential=AKIAIOSFODNN7EXAMPLE, SignedHeaders=host, Signature=0';

function received({ status, headers, body }: HttpResponse): ReceivedResponse {
  return { status, headers, body: new TextDecoder().decode(body), bytes: body };
}
