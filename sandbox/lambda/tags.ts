/** Tags of functions. */
import type { ListTagsResponse, TagResourceRequest, UntagResourceRequest } from './api.types.ts';
import type { FunctionDirectory } from './function-directory.ts';

export class Tags {
  readonly #directory: FunctionDirectory;

  constructor(directory: FunctionDirectory) {
    this.#directory = directory;
  }

  /** Adds tags, or gives those that are there another value. */
  add({ Resource, Tags: tags }: TagResourceRequest): void {
    const record = this.#directory.record(Resource);
    record.tags = Object.freeze({ ...record.tags, ...tags });
  }

  remove({ Resource, TagKeys: keys }: UntagResourceRequest): void {
    const record = this.#directory.record(Resource);
    record.tags = Object.freeze(Object.fromEntries(Object.entries(record.tags).filter(([key]) => !keys.includes(key))));
  }

  list(resource: string): ListTagsResponse {
    return { Tags: this.#directory.record(resource).tags };
  }
}
