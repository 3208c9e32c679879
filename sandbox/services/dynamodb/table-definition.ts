/** Reads CreateTable: keys and indexes must be defined, and nothing else. */
import type { Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import type { CreateTableRequest, KeySchemaElement, SecondaryIndex } from './dynamodb.types.ts';
import type { KeyAttribute, KeySchema } from './key-schema.ts';
import { keyAttributes } from './key-schema.ts';
import type { IndexDefinition } from './table.ts';

export interface TableDefinition {
  readonly schema: KeySchema;
  readonly indexes: readonly IndexDefinition[];
}

/** @throws {ApiError} ValidationException */
export function readDefinition(request: CreateTableRequest, facts: Facts): TableDefinition {
  const { AttributeDefinitions: definitions, KeySchema: keys, GlobalSecondaryIndexes, LocalSecondaryIndexes } = request;
  if (!/^[\w.-]{3,255}$/.test(request.TableName)) {
    throw factError(facts, 'err-dynamodb', 'tableName', { table: request.TableName });
  }
  const types = new Map(definitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  const schemaOf = (elements: readonly KeySchemaElement[]): KeySchema => {
    const [first, second] = elements;
    if (first?.KeyType !== 'HASH') throw factError(facts, 'err-dynamodb', 'keySchemaForm');
    const missing = elements.map(({ AttributeName }) => AttributeName).filter((name) => !types.has(name));
    if (missing.length > 0) {
      const values = { keys: missing.join(', '), definitions: [...types.keys()].join(', ') };
      throw factError(facts, 'err-dynamodb', 'keyDefinitions', values);
    }
    const attribute = ({ AttributeName: name }: KeySchemaElement): KeyAttribute => ({
      name,
      type: types.get(name) ?? 'S',
    });
    return second === undefined ? { hash: attribute(first) } : { hash: attribute(first), range: attribute(second) };
  };
  const indexesOf = (
    kind: IndexDefinition['kind'],
    given: readonly SecondaryIndex[] = [],
  ): readonly IndexDefinition[] =>
    given.map(({ IndexName: name, KeySchema: elements, Projection: projection }) => ({
      name,
      kind,
      schema: schemaOf(elements),
      projection: projection.ProjectionType ?? 'ALL',
      included: projection.NonKeyAttributes ?? [],
    }));
  const schema = schemaOf(keys);
  const indexes = [...indexesOf('global', GlobalSecondaryIndexes), ...indexesOf('local', LocalSecondaryIndexes)];
  const used = new Set(
    [schema, ...indexes.map((index) => index.schema)].flatMap(keyAttributes).map(({ name }) => name),
  );
  if (used.size !== types.size) throw factError(facts, 'err-dynamodb', 'unusedDefinitions');
  return { schema, indexes };
}
