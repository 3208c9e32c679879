/** What a file with a learner's record looks like, and the limits it is held to. */

/** Version of the files that are written. Older ones are read by way of `migrations.ts`. */
export const fileVersion = 1;

export const courseName = 'Coldstart';

/** A record of the whole course with all its drafts has a tenth of this. */
export const mostBytes = 25_000_000;

/** Why a file or text is not a record that can be taken in: says what it is and what to do. */
export class RecordFileError extends Error {
  override readonly name = 'RecordFileError';
}

/** @throws {RecordFileError} before anything of it is read */
export function refuseTooLarge(bytes: number): void {
  if (bytes <= mostBytes) return;
  const size = `${Math.round(bytes / 1_000_000)} MB`;
  throw new RecordFileError(
    `This is ${size}, and a record of this course never has more than ${mostBytes / 1_000_000} MB. Choose the file that you downloaded here.`,
  );
}
