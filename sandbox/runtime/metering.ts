/** The cost model: what a tick of QuickJS's counter is worth in time, by memory, and how much work a run may do. */
import type { Facts } from '../facts.ts';
import type { SdkModel } from './guest/core/host.ts';

/** What work other than steps is worth, in ticks. */
export interface WorkWeights {
  /** One allocation or release. */
  readonly allocationTicks: number;
  /** One byte of those. */
  readonly byteTicks: number;
}

/** What a process needs to know of the model, taken from the facts. Times in ms. */
export interface CostModel {
  /** Virtual ms that one tick takes in the handler. */
  readonly handlerTick: number;
  /** The same during init, which runs on boosted CPU whatever the memory. */
  readonly initTick: number;
  readonly weights: WorkWeights;
  readonly runtimeInit: { readonly ms: number; readonly p90Ratio: number };
  /** Handing over an event and its answer: CPU on a full vCPU, and waiting. */
  readonly invokeOverhead: { readonly cpuMs: number; readonly ms: number };
  /** How much longer the first invocation's overhead takes, since nothing is compiled or connected yet. */
  readonly firstInvokeFactor: number;
  /** How many ms `bytes` more of a streamed response take after those that were sent. */
  streamDelay(sent: number, bytes: number): number;
  readonly runtimeMemoryMB: number;
  readonly sdk: SdkModel;
  /** Share of one vCPU: 1 at 1,769 MB, never more for one thread. */
  readonly share: number;
}

/** What one init or invocation may cost this machine before the simulator concludes that it will not end. */
export const fuelPerPhase = 36_000_000;

/** What a call or a turn of a loop of the guest costs in fuel, besides the engine's work for it. */
export const fuelPerStep = 1 / 4;

/** What a unit of the engine's own work costs; see wasm-work.ts. */
export const fuelPerWork = 1 / 64;

/** Work that one call of a built-in may do beyond the fuel, before the engine is stopped in the middle of it. */
export const spareWork = 100_000_000;

/** What a turn of the event loop costs in fuel, so that endless timers end as endless loops do. */
export const fuelPerTurn = 1500;

/** What the n-th reading of the clock in one turn of the event loop costs in ticks. */
export const clockReadTicks = (n: number): number => 12 * (1 + (Math.max(0, n - 20_000) / 10_000) ** 2);

/** What reading the clock costs in fuel. */
export const fuelPerClockRead = 8;

/** What going from the guest to the host and back costs in fuel, whatever it is for. */
export const fuelPerCrossing = 120;

/** What finding and reading a module costs in fuel, and each of its characters. */
export const fuelPerModule = 4000;
export const fuelPerParsedCharacter = 2;

/** What a byte that is written to a file or read from it costs in fuel. */
export const fuelPerFileByte = 1 / 32;

/** What a unit of fuel stands for in real time on a slow machine, for work that is not counted in steps. */
export const nanosecondsPerFuel = 40;

/** What one log event costs the CPU in ticks, besides its text: a write to the log pipe. */
export const ticksPerLogEvent = 2000;

/** What one call of the host costs in fuel, so that floods of log lines end too. */
export const fuelPerHostCall = 600;

const bytesPerMB = 1024 * 1024;

/** The caller says what the fact holds; the content's schema and tests hold the fact to it. */
function value(facts: Facts, id: string): unknown {
  const fact = facts.get(id);
  if (fact === undefined)
    throw new Error(`The sandbox needs the fact "${id}", and it is not among the facts it was given.`);
  return fact.value;
}

/** The cost model of one function configuration. Throws when a fact is missing. */
export function costModel(facts: Facts, runtime: string, memorySizeMB: number): CostModel {
  const fullVcpuMB = value(facts, 'memory-vcpu-1769') as number;
  const share = Math.min(1, memorySizeMB / fullVcpuMB);
  const step = (value(facts, 'timing-cpu-tick') as { nanoseconds: number }).nanoseconds;
  const allocation = value(facts, 'timing-cpu-allocation') as { nanoseconds: number; nanosecondsPerByte: number };
  const tick = step / 1e6;
  const generation = runtime === 'nodejs24.x' ? 'nodejs24' : 'nodejs22';
  return {
    handlerTick: tick / share,
    initTick: tick,
    weights: { allocationTicks: allocation.nanoseconds / step, byteTicks: allocation.nanosecondsPerByte / step },
    runtimeInit: value(facts, `timing-runtime-init-${generation}`) as CostModel['runtimeInit'],
    invokeOverhead: value(facts, 'timing-invoke-overhead') as CostModel['invokeOverhead'],
    firstInvokeFactor: (value(facts, 'timing-first-invoke') as { factor: number }).factor,
    streamDelay(sent, bytes) {
      const { uncappedMB, afterMBps } = value(facts, 'streaming-bandwidth') as {
        uncappedMB: number;
        afterMBps: number;
      };
      const capped = sent + bytes - Math.max(sent, uncappedMB * bytesPerMB);
      return capped <= 0 ? 0 : (capped / (afterMBps * bytesPerMB)) * 1000;
    },
    runtimeMemoryMB: (value(facts, 'timing-runtime-memory') as { mb: number }).mb,
    share,
    sdk: sdkModel(facts, tick),
  };
}

function sdkModel(facts: Facts, tick: number): SdkModel {
  const load = value(facts, 'timing-sdk-load') as { firstMs: number; furtherMs: number };
  const ticks = (ms: number): number => ms / tick;
  return {
    ticks: {
      firstClient: ticks(load.firstMs),
      furtherClient: ticks(load.furtherMs),
      call: ticks((value(facts, 'timing-sdk-call') as { cpuMs: number }).cpuMs),
      connection: ticks((value(facts, 'timing-api-connection') as { cpuMs: number }).cpuMs),
    },
    retries: value(facts, 'sdk-retries') as SdkModel['retries'],
  };
}

/** vCPUs that the process sees. Source: community measurements; AWS says only that 10,240 MB has six. */
export function visibleCores(memorySizeMB: number): number {
  const steps = [3008, 5307, 7076, 8845];
  return 2 + steps.filter((step) => memorySizeMB > step).length;
}
