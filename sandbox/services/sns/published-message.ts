/** A message that is published: checked, weighed, with a text for each protocol. */
import { factError } from '../fact-errors.ts';
import type { Facts } from '../../facts.ts';
import type { MessageAttributes, PublishFields } from './sns.types.ts';

export interface PublishedMessage {
  readonly textOf: (protocol: string) => string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  readonly bytes: number;
}

/** @throws {ApiError} InvalidParameterException */
export function checkMessage(fields: PublishFields, facts: Facts): PublishedMessage {
  const refuse = (reason: string): Error => factError(facts, 'err-sns', 'invalid', { reason });
  const {
    Message: message,
    Subject: subject,
    MessageStructure: structure,
    MessageAttributes: attributes = {},
  } = fields;
  if (typeof message !== 'string' || message === '') throw refuse('Empty message');
  if (subject !== undefined && !/^[!-~][ -~]{0,99}$/.test(subject)) throw refuse('Subject');
  for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value, refuse);
  const textOf = structure === undefined ? () => message : textsOf(structure, message, refuse);
  return { textOf, subject, attributes, bytes: bytesOf(message) + attributeBytes(attributes) };
}

function checkAttribute(
  name: string,
  { DataType: type, StringValue: text, BinaryValue: bytes }: MessageAttributes[string],
  refuse: (reason: string) => Error,
): void {
  if (!/^[\w.-]{1,256}$/.test(name)) {
    throw refuse(
      `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore, hyphen, and period.`,
    );
  }
  if (!['String', 'String.Array', 'Number', 'Binary'].includes(type)) {
    throw refuse(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, String and String.Array.`,
    );
  }
  const value = type === 'Binary' ? bytes : text;
  if (value === undefined || value.length === 0)
    throw refuse(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  if (type === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text ?? '')) {
    throw refuse(`Could not cast message attribute '${name}' value to number.`);
  }
  if (type === 'String.Array' && !isArray(text ?? ''))
    throw refuse(`Message attribute '${name}' of type 'String.Array' must be a JSON array.`);
}

function isArray(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/** `MessageStructure: 'json'`: an object with a text for each protocol and one for all others. */
function textsOf(structure: string, message: string, refuse: (reason: string) => Error): (protocol: string) => string {
  if (structure !== 'json') throw refuse('MessageStructure');
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw refuse('Message Structure - JSON message body failed to parse');
  }
  const { default: otherwise, ...others } = (texts ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof otherwise !== 'string') throw refuse('Message Structure - No default entry in JSON message body');
  return (protocol) => {
    const own = Object.hasOwn(others, protocol) ? others[protocol] : undefined;
    return typeof own === 'string' ? own : otherwise;
  };
}

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

function attributeBytes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType: type, StringValue: text = '', BinaryValue: bytes }]) =>
      sum + bytesOf(name) + bytesOf(type) + (bytes?.length ?? bytesOf(text)),
    0,
  );
}
