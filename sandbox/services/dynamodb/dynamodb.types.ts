/** Amazon DynamoDB's API as far as it is simulated, in the shapes of the AWS SDK for JavaScript v3. */
import type { Item } from './attribute-value.ts';
import type { ReturnConsumedCapacity } from './capacity.ts';
import type { Substitutions } from './expressions/context.ts';
import type { StreamViewType } from './table-stream.ts';

export interface OfTable {
  readonly TableName: string;
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: {
    readonly ProjectionType?: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    readonly NonKeyAttributes?: readonly string[];
  };
}

export interface StreamSpecification {
  readonly StreamEnabled: boolean;
  readonly StreamViewType?: StreamViewType;
}

export interface CreateTableRequest extends OfTable {
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly BillingMode?: 'PAY_PER_REQUEST' | 'PROVISIONED';
  readonly ProvisionedThroughput?: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
  readonly StreamSpecification?: StreamSpecification;
}

export interface TableDescription {
  readonly AttributeDefinitions: CreateTableRequest['AttributeDefinitions'];
  readonly TableName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly TableStatus: 'ACTIVE' | 'DELETING';
  readonly CreationDateTime: Date;
  readonly TableSizeBytes: number;
  readonly ItemCount: number;
  readonly TableArn: string;
  readonly TableId: string;
  readonly BillingModeSummary?: { readonly BillingMode: 'PAY_PER_REQUEST' | 'PROVISIONED' };
  readonly GlobalSecondaryIndexes?: readonly object[];
  readonly LocalSecondaryIndexes?: readonly object[];
  readonly StreamSpecification?: StreamSpecification;
  readonly LatestStreamLabel?: string;
  readonly LatestStreamArn?: string;
}

interface Counted {
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

export interface Conditional extends Substitutions {
  readonly ConditionExpression?: string;
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

export type ReturnValue = 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW';

export interface PutItemRequest extends OfTable, Conditional, Counted {
  readonly Item: Item;
  readonly ReturnValues?: ReturnValue;
}

export interface DeleteItemRequest extends OfTable, Conditional, Counted {
  readonly Key: Item;
  readonly ReturnValues?: ReturnValue;
}

export interface UpdateItemRequest extends OfTable, Conditional, Counted {
  readonly Key: Item;
  readonly UpdateExpression?: string;
  readonly ReturnValues?: ReturnValue;
}

interface Projected extends Pick<Substitutions, 'ExpressionAttributeNames'> {
  readonly ProjectionExpression?: string;
}

export interface GetItemRequest extends OfTable, Projected, Counted {
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
}

export interface ReadManyRequest extends OfTable, Substitutions, Counted {
  readonly IndexName?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly Select?: 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';
  readonly Limit?: number;
  readonly ConsistentRead?: boolean;
  readonly ExclusiveStartKey?: Item;
}

export interface QueryRequest extends ReadManyRequest {
  readonly KeyConditionExpression?: string;
  /** False: from the highest range key down. */
  readonly ScanIndexForward?: boolean;
}

export interface ScanRequest extends ReadManyRequest {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

export interface KeysAndAttributes extends Projected {
  readonly Keys: readonly Item[];
  readonly ConsistentRead?: boolean;
}

export interface BatchGetItemRequest extends Counted {
  readonly RequestItems: Readonly<Record<string, KeysAndAttributes>>;
}

export interface WriteRequest {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

export interface BatchWriteItemRequest extends Counted {
  readonly RequestItems: Readonly<Record<string, readonly WriteRequest[]>>;
}

export interface TransactWriteItem {
  readonly Put?: OfTable & Conditional & { readonly Item: Item };
  readonly Update?: OfTable & Conditional & { readonly Key: Item; readonly UpdateExpression: string };
  readonly Delete?: OfTable & Conditional & { readonly Key: Item };
  readonly ConditionCheck?: OfTable & Conditional & { readonly Key: Item };
}

export interface TransactWriteItemsRequest extends Counted {
  readonly TransactItems: readonly TransactWriteItem[];
  readonly ClientRequestToken?: string;
}

export interface TransactGetItemsRequest extends Counted {
  readonly TransactItems: readonly { readonly Get: OfTable & Projected & { readonly Key: Item } }[];
}

export interface UpdateTableRequest extends OfTable {
  readonly StreamSpecification?: StreamSpecification;
}

export interface UpdateTimeToLiveRequest extends OfTable {
  readonly TimeToLiveSpecification: { readonly Enabled: boolean; readonly AttributeName: string };
}
