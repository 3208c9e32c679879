/** Checks of single parameters, with the API's validation errors. */
import type { Facts } from '../facts.ts';
import { invalidParameter, serviceError, type ServiceError } from './errors.ts';
import type { Range } from './limits.ts';

/** @throws {ServiceError} unless `value` is a whole number in the range */
export function checkRange(facts: Facts, parameter: string, value: number, range: Range): void {
  if (!Number.isInteger(value)) throw invalidParameter(`The value ${value} at '${parameter}' must be a whole number.`);
  if (value < range.min) throw outOfRange(facts, parameter, value, range.min, 'messageBelow');
  if (value > range.max) throw outOfRange(facts, parameter, value, range.max, 'messageAbove');
}

export function checkLength(facts: Facts, parameter: string, value: string, limit: number): void {
  if (value.length > limit) throw outOfRange(facts, parameter, value, limit, 'messageTooLong');
}

/** `pattern`: what the whole value must match. */
export function checkPattern(facts: Facts, parameter: string, value: string, pattern: string): void {
  if (new RegExp(`^(?:${pattern})$`).test(value)) return;
  throw serviceError(facts, 'err-validation-range', { parameter, value, pattern }, 'messagePattern');
}

/** For parameters that are one of a few words. */
export function checkOneOf(parameter: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value))
    throw invalidParameter(`${parameter} must be one of ${allowed.join(', ')}, not ${value}.`);
}

function outOfRange(
  facts: Facts,
  parameter: string,
  value: string | number,
  limit: number,
  message: string,
): ServiceError {
  return serviceError(facts, 'err-validation-range', { parameter, value, limit }, message);
}

/** For members of requests from code that may have written anything: each must be there, and a text. */
export function checkTexts(facts: Facts, request: unknown, members: readonly string[]): void {
  const given = (request ?? {}) as Readonly<Record<string, unknown>>;
  for (const member of members) {
    const parameter = member.charAt(0).toLowerCase() + member.slice(1);
    const value = given[member];
    if (value === undefined || value === null) throw serviceError(facts, 'err-validation-null', { parameter });
    if (typeof value !== 'string') throw invalidParameter(`${member} must be a text, not ${typeof value}.`);
  }
}
