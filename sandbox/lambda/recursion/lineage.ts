/**
 * The chain of requests that a request belongs to, carried in its X-Ray header: `Lineage=1:<hash>:<count>|…` counts
 * for each function how often the chain has invoked it. Source: X-Ray guide, tracing header; Lambda writes the part,
 * services pass it on. The hash is the simulator's own.
 */
import { newTraceId } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';

export interface ChainedTrace {
  /** The header for the invocation. */
  readonly traceId: string;
  /** How often the chain had invoked the function before. */
  readonly invocations: number;
  /** What the cause's header says about sampling; undefined when nobody has decided yet. */
  readonly decided: 'sampled' | 'not-sampled' | undefined;
  /** The segment that caused it. */
  readonly parentId: string | undefined;
}

/** The header of a request that begins a chain, or goes on in that of `cause`. `now` in virtual ms. */
export function chainTrace(cause: string | undefined, functionArn: string, random: Random, now: number): ChainedTrace {
  const fresh = newTraceId(random, now);
  const hash = hashOf(functionArn);
  if (cause === undefined) {
    return { traceId: `${fresh};Lineage=1:${hash}:0`, invocations: 0, decided: undefined, parentId: undefined };
  }
  const counts = countsOf(cause);
  const invocations = (counts.get(hash) ?? -1) + 1;
  counts.set(hash, invocations);
  let header = fresh;
  for (const kept of cause.match(/\b(?:Root=[^;]+|Sampled=[01])/g) ?? []) {
    header = header.replace(new RegExp(`${kept.slice(0, kept.indexOf('='))}=[^;]+`), kept);
  }
  const [, sampled] = /\bSampled=([01])/.exec(cause) ?? [];
  const decided = sampled === undefined ? undefined : sampled === '1' ? 'sampled' : 'not-sampled';
  const [, parentId] = /\bParent=([0-9a-f]{16})/.exec(cause) ?? [];
  return { traceId: `${header};Lineage=1:${lineageText(counts)}`, invocations, decided, parentId };
}

function countsOf(header: string): Map<string, number> {
  const [, text = ''] = /Lineage=\d+:([^;]+)/.exec(header) ?? [];
  const counts = new Map<string, number>();
  for (const part of text.split('|')) {
    const [, hash, count] = /^([0-9a-f]{8}):(\d+)$/.exec(part) ?? [];
    if (hash !== undefined) counts.set(hash, Number(count));
  }
  return counts;
}

const lineageText = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([hash, count]) => `${hash}:${count}`).join('|');

/** FNV-1a. */
function hashOf(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
