/** Reserved concurrency of functions, and the account's settings. */
import type { Clock } from '../../kernel/clock.ts';
import type { Facts } from '../../facts.ts';
import type {
  FunctionConcurrency,
  GetAccountSettingsResponse,
  PutFunctionConcurrencyRequest,
} from '../api/concurrency.types.ts';
import { serviceError } from '../errors.ts';
import type { FunctionDirectory } from '../function-directory.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { Limits } from '../limits.ts';
import { checkRange } from '../parameters.ts';
import type { TraceWriter } from '../trace-writer.ts';
import type { Concurrency } from './concurrency.ts';

export interface ReservedConcurrencyHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly trace: TraceWriter;
  readonly directory: FunctionDirectory;
  readonly concurrency: Concurrency;
  readonly storedBytes: () => number;
}

export class ReservedConcurrency {
  readonly #host: ReservedConcurrencyHost;

  constructor(host: ReservedConcurrencyHost) {
    this.#host = host;
  }

  put(request: PutFunctionConcurrencyRequest): FunctionConcurrency {
    const { facts, limits, concurrency } = this.#host;
    const { ReservedConcurrentExecutions: reserved } = request;
    const { name } = this.#record(request.FunctionName);
    checkRange(facts, 'reservedConcurrentExecutions', reserved, { min: 0, max: Number.MAX_SAFE_INTEGER });
    const provisioned = concurrency.provisionedOf(name);
    if (reserved < provisioned) {
      throw serviceError(facts, 'err-concurrency', { reserved, provisioned }, 'messageUnderProvisioned');
    }
    if (!concurrency.canReserve(name, reserved)) {
      const minimum = Math.min(limits.leastUnreserved, concurrency.limit);
      throw serviceError(facts, 'err-concurrency', { minimum }, 'messageReserved');
    }
    this.#set(name, reserved);
    return { ReservedConcurrentExecutions: reserved };
  }

  get(nameOrArn: string): FunctionConcurrency {
    const reserved = this.#host.concurrency.reservedOf(this.#record(nameOrArn).name);
    return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
  }

  delete(nameOrArn: string): void {
    const { name } = this.#record(nameOrArn);
    if (this.#host.concurrency.reservedOf(name) !== undefined) this.#set(name, undefined);
  }

  accountSettings(): GetAccountSettingsResponse {
    const { limits, concurrency, directory, storedBytes } = this.#host;
    return {
      AccountLimit: {
        TotalCodeSize: limits.codeStorageBytes,
        CodeSizeUnzipped: limits.unzippedBytes,
        CodeSizeZipped: limits.zippedBytes,
        ConcurrentExecutions: concurrency.limit,
        UnreservedConcurrentExecutions: concurrency.unreserved,
      },
      AccountUsage: { TotalCodeSize: storedBytes(), FunctionCount: directory.count },
    };
  }

  /** Reserved concurrency is the function's, not a version's. */
  #record(nameOrArn: string): FunctionRecord {
    const { record, qualifier } = this.#host.directory.point(nameOrArn);
    if (qualifier !== undefined) throw serviceError(this.#host.facts, 'err-concurrency', {}, 'messageQualified');
    return record;
  }

  #set(name: string, reserved: number | undefined): void {
    const { clock, trace, concurrency } = this.#host;
    concurrency.reserve(name, reserved);
    trace.emit({
      type: 'reservedConcurrencyChanged',
      time: clock.now,
      functionName: name,
      ...(reserved === undefined ? {} : { reserved }),
    });
  }
}
