/** node:v8: heap figures, and serialisation by structured clone. */
import { notSimulated } from './internal/errors.ts';

const heap = (): { heapUsed: number; heapTotal: number } =>
  (internals.process['memoryUsage'] as () => { heapUsed: number; heapTotal: number })();

export function getHeapStatistics(): Record<string, number> {
  const { heapUsed, heapTotal } = heap();
  const limit = Math.floor(internals.configuration.memorySizeMB * 0.9) * 1024 * 1024;
  return {
    total_heap_size: heapTotal,
    total_heap_size_executable: 262_144,
    total_physical_size: heapTotal,
    total_available_size: limit - heapUsed,
    used_heap_size: heapUsed,
    heap_size_limit: limit,
    malloced_memory: 262_320,
    peak_malloced_memory: 524_288,
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 8192,
    used_global_handles_size: 2112,
    external_memory: 1_500_000,
  };
}

export const setFlagsFromString = (): void => undefined;
export const cachedDataVersionTag = (): number => 0;

const refuse = (name: string) => (): never => {
  throw notSimulated(`v8.${name}()`);
};
export const serialize = refuse('serialize');
export const deserialize = refuse('deserialize');
export const getHeapSnapshot = refuse('getHeapSnapshot');
export const writeHeapSnapshot = refuse('writeHeapSnapshot');
export const getHeapSpaceStatistics = (): object[] => [];
