/** @aws-sdk/lib-dynamodb: the document client, which takes and gives JavaScript values instead of attribute values. */
import type { Client, Command } from './client.ts';
import type { createPaginator } from './paginate.ts';
import type { MarshallOptions, UnmarshallOptions } from './util-dynamodb.ts';

type Values = typeof import('./util-dynamodb.ts');

const { marshall, unmarshall, NumberValue } = load<Values>('@aws-sdk/util-dynamodb');
const dynamodb = load<Record<string, any>>('@aws-sdk/client-dynamodb');
const sdk = load<{ Client: typeof Client; Command: typeof Command; createPaginator: typeof createPaginator }>(
  'internal/aws-sdk',
);

interface TranslateConfiguration {
  readonly marshallOptions?: MarshallOptions;
  readonly unmarshallOptions?: UnmarshallOptions;
}

/**
 * Where values stand that are to be translated: paths whose last member holds attributes by name. `*` is any member or
 * every item of a list.
 */
interface Shape {
  readonly operation: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
}

const written = ['RequestItems.*.*.PutRequest.Item', 'RequestItems.*.*.DeleteRequest.Key'];
const transacted = ['ConditionCheck', 'Put', 'Delete', 'Update'].flatMap((kind) =>
  ['Key', 'Item', 'ExpressionAttributeValues'].map((member) => `TransactItems.*.${kind}.${member}`),
);
const reading = { input: ['ExpressionAttributeValues', 'ExclusiveStartKey'], output: ['Items.*', 'LastEvaluatedKey'] };
const changing = (member: string): Omit<Shape, 'operation'> => ({
  input: [member, 'ExpressionAttributeValues'],
  output: ['Attributes'],
});

const shapes: Readonly<Record<string, Shape>> = {
  BatchGet: {
    operation: 'BatchGetItem',
    input: ['RequestItems.*.Keys.*'],
    output: ['Responses.*.*', 'UnprocessedKeys.*.Keys.*'],
  },
  BatchWrite: {
    operation: 'BatchWriteItem',
    input: written,
    output: written.map((path) => path.replace('RequestItems', 'UnprocessedItems')),
  },
  Delete: { operation: 'DeleteItem', ...changing('Key') },
  Get: { operation: 'GetItem', input: ['Key'], output: ['Item'] },
  Put: { operation: 'PutItem', ...changing('Item') },
  Query: { operation: 'Query', ...reading },
  Scan: { operation: 'Scan', ...reading },
  TransactGet: { operation: 'TransactGetItems', input: ['TransactItems.*.Get.Key'], output: ['Responses.*.Item'] },
  TransactWrite: { operation: 'TransactWriteItems', input: transacted, output: [] },
  Update: { operation: 'UpdateItem', ...changing('Key') },
  BatchExecuteStatement: { operation: 'BatchExecuteStatement', input: [], output: [] },
  ExecuteStatement: { operation: 'ExecuteStatement', input: [], output: [] },
  ExecuteTransaction: { operation: 'ExecuteTransaction', input: [], output: [] },
};

type Translate = (value: any) => unknown;

/** A copy of the value in which the attributes at the path are translated. */
function translateAt(value: any, path: readonly string[], translate: Translate): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [member, ...rest] = path;
  const step: Translate =
    member === undefined
      ? (item) => (item === undefined ? item : translate(item))
      : (item) => translateAt(item, rest, translate);
  if (Array.isArray(value)) return value.map(step);
  const result: Record<string, unknown> = { ...value };
  for (const key of member === undefined || member === '*' ? Object.keys(result) : [member]) {
    if (typeof result[key] === 'function') delete result[key];
    else if (key in result) result[key] = step(result[key]);
  }
  return result;
}

const translateAll = (value: unknown, paths: readonly string[], translate: Translate): unknown =>
  paths.reduce((translated, path) => translateAt(translated, path.split('.'), translate), value);

const commands: Record<string, unknown> = {};
for (const [name, shape] of Object.entries(shapes)) {
  const className = `${name}Command`;
  commands[className] = {
    [className]: class extends sdk.Command {
      static readonly shape = shape;
      readonly clientCommand = new dynamodb[`${shape.operation}Command`](this.input) as Command;
    },
  }[className];
}

export class DynamoDBDocumentClient extends dynamodb['DynamoDBClient'] {
  readonly #client: Client;

  constructor(client: Client, translateConfig?: TranslateConfiguration) {
    super({});
    this.#client = client;
    this['config'] = client.config;
    this['config'].translateConfig = translateConfig;
    this['middlewareStack'] = client.middlewareStack;
  }

  static from(client: Client, translateConfig?: TranslateConfiguration): DynamoDBDocumentClient {
    return new this(client, translateConfig);
  }

  send(command: any, ...others: any[]): Promise<unknown> | undefined {
    const shape: Shape | undefined = command?.constructor?.shape;
    if (shape === undefined) return this.#client.send(command, ...(others as []));
    const options = others.find((other) => typeof other === 'object');
    const callback = others.find((other) => typeof other === 'function');
    const answer = this.#translate(command, shape, options);
    if (callback === undefined) return answer;
    answer.then(
      (output) => callback(null, output),
      (error: unknown) => callback(error),
    );
    return undefined;
  }

  destroy(): void {
    // The client under it stays its owner's.
  }

  #translate(command: any, shape: Shape, options: any): Promise<unknown> {
    const { marshallOptions, unmarshallOptions } = (this['config'].translateConfig ?? {}) as TranslateConfiguration;
    const toAttribute: Translate = (value) => marshall(value, { convertTopLevelContainer: true, ...marshallOptions });
    const toNative: Translate = (value) => unmarshall(value, { convertWithoutMapWrapper: true, ...unmarshallOptions });
    return Promise.resolve()
      .then(() => {
        const input = translateAll(command.input, shape.input, toAttribute);
        const translated = new dynamodb[`${shape.operation}Command`](input) as Command;
        const stack = command.middlewareStack.concat(command.clientCommand.middlewareStack);
        Object.defineProperty(translated, 'middlewareStack', { value: stack });
        return this.#client.send(translated, options);
      })
      .then((output) => translateAll(output, shape.output, toNative));
  }
}

/** The aggregated document client: `document.get({ … })`. */
export class DynamoDBDocument extends DynamoDBDocumentClient {}
for (const name of Object.keys(shapes)) {
  const CommandClass = commands[`${name}Command`] as typeof Command;
  Object.defineProperty(DynamoDBDocument.prototype, name.charAt(0).toLowerCase() + name.slice(1), {
    value(this: DynamoDBDocumentClient, input: unknown, ...others: unknown[]) {
      return this.send(new CommandClass(input), ...others);
    },
    writable: true,
    configurable: true,
  });
}

const paginators = Object.fromEntries(
  ['Query', 'Scan'].map((name) => [
    `paginate${name}`,
    sdk.createPaginator(DynamoDBDocumentClient as never, commands[`${name}Command`] as typeof Command, [
      'ExclusiveStartKey',
      'LastEvaluatedKey',
      'Limit',
    ]),
  ]),
);

export default {
  DynamoDBDocumentClient,
  DynamoDBDocument,
  NumberValue,
  NumberValueImpl: NumberValue,
  ...commands,
  ...paginators,
};
