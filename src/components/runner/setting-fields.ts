/** The settings that have a chip of their own in the runner's head. */
import type { RunnerInput } from './runner-data.ts';

export type SettingField = 'architecture' | 'memory' | 'timeout' | 'variables';

export interface SettingChip {
  readonly id: SettingField;
  readonly name: string;
  /** What the chip says. */
  readonly show: (input: RunnerInput) => string;
}

export const settingFields: readonly SettingChip[] = [
  { id: 'architecture', name: 'Architecture', show: (input) => input.architecture },
  { id: 'memory', name: 'Memory', show: (input) => `${input.memory} MB` },
  { id: 'timeout', name: 'Timeout', show: (input) => `${input.timeout} s` },
  { id: 'variables', name: 'Environment variables', show: ({ variables }) => `env ${variables.length}` },
];
