/** Capacity units that reads and writes consume. */
import { factNumber, type Facts } from '../../facts.ts';

export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE';

export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
}

/** Units of reading so many bytes; nothing read costs one unit too. */
export function readUnits(bytes: number, isConsistent: boolean, facts: Facts): number {
  const units = Math.max(1, Math.ceil(bytes / factNumber(facts, 'dynamodb-capacity', 'readBytes')));
  return isConsistent ? units : units * factNumber(facts, 'dynamodb-capacity', 'eventuallyFactor');
}

export function writeUnits(bytes: number, facts: Facts): number {
  return Math.max(1, Math.ceil(bytes / factNumber(facts, 'dynamodb-capacity', 'writeBytes')));
}

/** The member of an output that tells it, when it was asked for. */
export function consumed(
  wanted: ReturnConsumedCapacity | undefined,
  tableName: string,
  units: number,
): { ConsumedCapacity?: ConsumedCapacity } {
  const capacity = capacityOf(wanted, tableName, units);
  return capacity === undefined ? {} : { ConsumedCapacity: capacity };
}

/** The same of several tables. */
export function consumedBy(
  wanted: ReturnConsumedCapacity | undefined,
  tables: ReadonlyMap<string, number>,
): { ConsumedCapacity?: readonly ConsumedCapacity[] } {
  const all = [...tables].flatMap(([table, units]) => capacityOf(wanted, table, units) ?? []);
  return all.length === 0 ? {} : { ConsumedCapacity: all };
}

function capacityOf(
  wanted: ReturnConsumedCapacity | undefined,
  tableName: string,
  units: number,
): ConsumedCapacity | undefined {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return undefined;
  return {
    TableName: tableName,
    CapacityUnits: units,
    ...(wanted === 'INDEXES' ? { Table: { CapacityUnits: units } } : {}),
  };
}
