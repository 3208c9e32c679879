/** A function's code as the service stores it: checked paths, sizes and the hash that the API shows. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Facts } from '../facts.ts';
import type { FileTree } from '../runtime/contract.ts';
import { toBase64 } from './text-bytes.ts';
import { invalidParameter, NotSimulatedError, serviceError } from './errors.ts';
import type { Limits } from './limits.ts';

export interface CodePackage {
  readonly files: FileTree;
  /** Unpacked. */
  readonly bytes: number;
  readonly codeSha256: string;
}

const encoder = new TextEncoder();

/** Checks and measures files. Throws a `ServiceError` when Lambda would refuse them. */
export function packCode(files: FileTree | undefined, limits: Limits, facts: Facts): CodePackage {
  if (typeof files !== 'object') {
    throw new NotSimulatedError(
      'The sandbox takes the unpacked files of a package, in Files by their paths; .zip files and images are not simulated.',
    );
  }
  const paths = Object.keys(files).sort();
  if (paths.length === 0)
    throw invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.');
  const hash = sha256.create();
  let bytes = 0;
  for (const path of paths) {
    checkPath(path);
    const content = files[path] ?? '';
    const data = typeof content === 'string' ? encoder.encode(content) : content;
    bytes += data.length;
    hash.update(encoder.encode(`${path}\0${data.length}\0`)).update(data);
  }
  if (bytes > limits.unzippedBytes) throw serviceError(facts, 'err-unzipped-size', {});
  return { files: Object.freeze({ ...files }), bytes, codeSha256: toBase64(hash.digest()) };
}

function checkPath(path: string): void {
  const parts = path.split('/');
  if (path === '' || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw invalidParameter(`The path ${JSON.stringify(path)} must be relative to the root of the package.`);
  }
}
