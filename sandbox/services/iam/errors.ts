/** IAM's own errors, with the texts of its API. */
import { ApiError } from '../service.ts';
import { tellMistakes, type PolicyMistake } from './parse-policy.ts';

export const noSuchRole = (name: string): ApiError =>
  new ApiError('NoSuchEntityException', 404, `The role with name ${name} cannot be found.`);

export const noSuchEntity = (message: string): ApiError => new ApiError('NoSuchEntityException', 404, message);

export const alreadyExists = (message: string): ApiError => new ApiError('EntityAlreadyExistsException', 409, message);

export const deleteConflict = (message: string): ApiError => new ApiError('DeleteConflictException', 409, message);

export const invalidInput = (message: string): ApiError => new ApiError('ValidationError', 400, message);

export const limitExceeded = (message: string): ApiError => new ApiError('LimitExceededException', 409, message);

/** The API says no more than "Syntax errors in policy."; here every mistake is named with its place. */
export function malformedPolicy(mistakes: readonly PolicyMistake[]): ApiError {
  return new ApiError('MalformedPolicyDocumentException', 400, `Syntax errors in policy. ${tellMistakes(mistakes)}`, {
    mistakes,
  });
}
