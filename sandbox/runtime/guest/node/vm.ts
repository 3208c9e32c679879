/** node:vm: scripts in this context only; other contexts are not simulated. */
import { notSimulated } from './internal/errors.ts';
import { validateString } from './internal/validate.ts';

const indirectEval = (code: string): unknown => (0, eval)(code);

export function runInThisContext(code: unknown): unknown {
  validateString(code, 'code');
  return indirectEval(code);
}

export class Script {
  readonly #code: string;

  constructor(code: unknown) {
    validateString(code, 'code');
    this.#code = code;
    // Compiles without running: a syntax error belongs to the constructor.
    void new Function(`if (false) {\n${code}\n}`);
  }

  runInThisContext(): unknown {
    return indirectEval(this.#code);
  }

  runInContext(): never {
    throw otherContext('Script.runInContext');
  }

  runInNewContext(): never {
    throw otherContext('Script.runInNewContext');
  }
}

const otherContext = (name: string): Error =>
  notSimulated(`vm.${name}()`, 'is not available in this simulator: a function has one context');

const refuse = (name: string) => (): never => {
  throw otherContext(name);
};
export const createContext = refuse('createContext');
export const runInContext = refuse('runInContext');
export const runInNewContext = refuse('runInNewContext');
export const compileFunction = (code: string, parameters: string[] = []): unknown => new Function(...parameters, code);
export const isContext = (_value: unknown): boolean => false;
