/** Whether a function may be invoked again and again in one chain of requests. */
import type { FunctionRecursionConfig, PutFunctionRecursionConfigRequest } from '../api.types.ts';
import type { FunctionDirectory } from '../function-directory.ts';
import { checkOneOf } from '../parameters.ts';

export class RecursionConfigs {
  readonly #directory: FunctionDirectory;

  constructor(directory: FunctionDirectory) {
    this.#directory = directory;
  }

  put(request: PutFunctionRecursionConfigRequest): FunctionRecursionConfig {
    const record = this.#directory.record(request.FunctionName);
    checkOneOf('RecursiveLoop', request.RecursiveLoop, ['Allow', 'Terminate']);
    record.recursiveLoop = request.RecursiveLoop;
    return { RecursiveLoop: record.recursiveLoop };
  }

  get(nameOrArn: string): FunctionRecursionConfig {
    return { RecursiveLoop: this.#directory.record(nameOrArn).recursiveLoop };
  }
}
