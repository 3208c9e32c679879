/** Modules whose functions the simulator does not have: each function exists and says so when it is called. */
import { notSimulated } from './errors.ts';

/** `{ name: function that throws }`; `reason` completes the sentence `child_process.exec() …`. */
export function absentFunctions(module: string, names: readonly string[], reason: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name of names) {
    const refuse = function (): never {
      throw notSimulated(`${module}.${name}()`, reason);
    };
    result[name] = Object.defineProperty(refuse, 'name', { value: name });
  }
  return result;
}
