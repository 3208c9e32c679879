/** A message's attributes: what is allowed, how much they weigh, and the digest by which clients check them. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import type { MessageAttributes, MessageAttributeValue } from './sqs.types.ts';

const encoder = new TextEncoder();

/** @throws {ApiError} InvalidParameterValue */
export function checkAttributes(facts: Facts, attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  const limit = factNumber(facts, 'sqs-message-attributes-limit');
  if (entries.length > limit) {
    throw refusal(facts, entries.length, 'MessageAttributes', `A message can have at most ${limit} attributes.`);
  }
  for (const [name, value] of entries) checkAttribute(facts, name, value);
}

function checkAttribute(
  facts: Facts,
  name: string,
  { DataType: type, StringValue: text, BinaryValue: bytes }: MessageAttributeValue,
): void {
  const refuse = (reason: string) => refusal(facts, name, 'MessageAttributeName', reason);
  if (!/^(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/.test(name) || /^(aws|amazon)\./i.test(name)) {
    throw refuse(
      'A name has letters, digits, underscores, hyphens and single periods inside, at most 256, and does not begin with AWS. or Amazon.',
    );
  }
  const kind = typeof type === 'string' ? type.split('.')[0] : undefined;
  if (kind !== 'String' && kind !== 'Number' && kind !== 'Binary') {
    throw refuse(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = kind === 'Binary' ? bytes : text;
  if (value === undefined || value.length === 0) {
    const field = kind === 'Binary' ? 'BinaryValue' : 'StringValue';
    throw refuse(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}': give ${field}.`,
    );
  }
  if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text ?? '')) {
    throw refuse(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
}

const refusal = (facts: Facts, value: string | number, parameter: string, reason: string) =>
  factError(facts, 'err-sqs', 'invalidValue', { value, parameter, reason });

/** Names, types and values in bytes. */
export function attributeBytes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + byteLength(name) + byteLength(value.DataType) + valueBytes(value).length,
    0,
  );
}

const byteLength = (text: string): number => encoder.encode(text).length;

const valueBytes = ({ StringValue: text, BinaryValue: bytes }: MessageAttributeValue): Uint8Array =>
  bytes ?? encoder.encode(text ?? '');

/**
 * The digest over names, types and values in the order of the names, each after its length in four bytes.
 * Source: SQS developer guide, Calculating the MD5 message digest for message attributes.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const value = attributes[name];
    if (value === undefined) return [];
    const transport = Uint8Array.of(value.BinaryValue === undefined ? 1 : 2);
    return [
      withLength(encoder.encode(name)),
      withLength(encoder.encode(value.DataType)),
      transport,
      withLength(valueBytes(value)),
    ];
  });
  return bytesToHex(md5(concatBytes(...parts)));
}

function withLength(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concatBytes(length, bytes);
}
