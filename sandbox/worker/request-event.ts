/** A test event that is an HTTP request: its text as a request, with a body that may be written as JSON. */
import { invalidParameter } from '../lambda/errors.ts';
import type { SessionRequest } from './session.types.ts';

/** @throws {ServiceError} InvalidParameterValueException that says what a request needs */
export function requestOf(text: string): SessionRequest {
  const given: unknown = JSON.parse(text);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw wrong('must be a JSON object');
  const { method, url, headers = {}, body, signed, ...others } = given as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw wrong(`has no member ${unknown}: it has method, url, headers, body and signed`);
  if (typeof url !== 'string') throw wrong('needs a url');
  if (method !== undefined && typeof method !== 'string') throw wrong('needs a method like "GET"');
  if (!isHeaders(headers)) throw wrong('needs headers with texts as values');
  const base = { method, url, signed: signed === true };
  if (body === undefined || typeof body === 'string') return { ...base, headers, body };
  return { ...base, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

const isHeaders = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');

const wrong = (what: string): Error => invalidParameter(`An HTTP request ${what}.`);
