/** One instance of Amazon EC2. */
import type { Cancel } from '../../kernel/clock.ts';

export type InstanceStateName = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Instance {
  readonly id: string;
  readonly image: string;
  readonly type: string;
  readonly reservation: string;
  readonly privateAddress: string;
  readonly tags: Map<string, string>;
  /** Virtual ms since the epoch, of the last start. */
  launched: number;
  state: InstanceStateName;
  /** Takes back the change of state that is under way. */
  cancel: Cancel;
}

/** As the API tells it. */
export function stateOf(
  name: InstanceStateName,
  codes: Readonly<Record<InstanceStateName, number>>,
): { readonly Code: number; readonly Name: InstanceStateName } {
  return { Code: codes[name], Name: name };
}
