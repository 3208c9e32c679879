/** Transactions: all of the writes, or none. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { ApiError } from '../service.ts';
import type { Item } from './attribute-value.ts';
import type { TransactWriteItem } from './dynamodb.types.ts';
import { readCheck, readDelete, readPut, readUpdate, tryWrite, type Write, type Written } from './item-writes.ts';
import { keyText } from './key-schema.ts';
import type { Table } from './table.ts';

/** The kind of write that an entry is, with the action that it needs. */
export interface TransactionPart {
  readonly action: string;
  readonly tableName: string;
  read(table: Table): Write;
}

/** @throws {ApiError} ValidationException */
export function partOf(entry: TransactWriteItem, facts: Facts): TransactionPart {
  const { Put, Update, Delete, ConditionCheck } = entry;
  const part = (action: string, tableName: string, read: (table: Table) => Write) => ({ action, tableName, read });
  if (Put !== undefined) return part('dynamodb:PutItem', Put.TableName, (table) => readPut(table, Put, facts));
  if (Update !== undefined)
    return part('dynamodb:UpdateItem', Update.TableName, (table) => readUpdate(table, Update, facts));
  if (Delete !== undefined)
    return part('dynamodb:DeleteItem', Delete.TableName, (table) => readDelete(table, Delete, facts));
  if (ConditionCheck === undefined) throw factError(facts, 'err-dynamodb', 'emptyTransactItem');
  return part('dynamodb:ConditionCheckItem', ConditionCheck.TableName, (table) =>
    readCheck(table, ConditionCheck, facts),
  );
}

/**
 * What all writes together would do.
 * @throws {ApiError} TransactionCanceledException with a reason for each write, in their order
 */
export function tryAll(writes: readonly Write[], facts: Facts): readonly Written[] {
  if (writes.length > factNumber(facts, 'dynamodb-limits', 'transactItems')) {
    throw factError(facts, 'err-dynamodb', 'tooManyInTransaction', { count: writes.length });
  }
  const keys = writes.map(({ table, key }) => `${table.name} ${keyText(table.schema, key)}`);
  if (new Set(keys).size < keys.length) throw factError(facts, 'err-dynamodb', 'twiceInTransaction');
  const outcomes = writes.map((write): Written | ApiError => {
    try {
      return tryWrite(write, facts);
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
  });
  const written = outcomes.filter((outcome): outcome is Written => !(outcome instanceof ApiError));
  if (written.length === outcomes.length) return written;
  const reasons = outcomes.map((outcome) =>
    outcome instanceof ApiError
      ? { ...(outcome.details as { Item?: Item }), Code: codeOf(outcome), Message: outcome.message }
      : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const { name, code, message } = factError(facts, 'err-dynamodb', 'cancelled', { codes });
  throw new ApiError(name, code, message, { CancellationReasons: reasons });
}

const codeOf = ({ name }: ApiError): string =>
  name === 'ValidationException' ? 'ValidationError' : name.replace(/Exception$/, '');
