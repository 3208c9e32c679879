/** What an account has that can be fired: objects to put, messages to send, requests to make. Pure. */
import type { AccountView } from '../../sandbox/lab/lab.types.ts';
import type { ApiCall, SessionRequest } from '../../sandbox/worker/session.types.ts';

/** Something that can be fired: what it is called, and the call or HTTP request that sends it. */
export type Fired = { readonly call: ApiCall } | { readonly request: SessionRequest };

export interface Shot {
  readonly id: string;
  readonly title: string;
  readonly usual: string;
  /** `{n}` in what it makes is the number of each, where there are many. */
  readonly make: (body: string, key: string) => Fired;
  /** What else it needs, and its usual value. */
  readonly key?: { readonly name: string; readonly usual: string };
}

/** What the account has that can be put, sent, published, requested. */
export function shotsOf(account: AccountView): readonly Shot[] {
  const call = (service: string, operation: string, input: Record<string, unknown>): Fired => ({
    call: { service, operation, input },
  });
  return [
    ...account.addresses.flatMap(({ name, url }): Shot[] =>
      ['GET', 'POST'].map((method) => ({
        id: `${method} ${name}`,
        title: `${method} to ${name}`,
        usual: method === 'GET' ? '' : '{"id":"{n}","item":"mug"}',
        key: { name: 'Path', usual: 'orders' },
        make: (body, path) => ({
          request: {
            method,
            url: url + path.replace(/^\//, ''),
            ...(body === '' ? {} : { headers: { 'content-type': 'application/json' }, body }),
          },
        }),
      })),
    ),
    ...account.buckets.map(({ name }): Shot => ({
      id: `s3 ${name}`,
      title: `Put an object into ${name}`,
      usual: 'Hello',
      key: { name: 'Key', usual: 'uploads/photo-{n}' },
      make: (Body, Key) => call('s3', 'PutObject', { Bucket: name, Key, Body }),
    })),
    ...account.queues.map(({ name, url }): Shot => ({
      id: `sqs ${name}`,
      title: `Send a message to ${name}`,
      usual: '{"order":{n},"cents":1250}',
      make: (MessageBody) => call('sqs', 'SendMessage', { QueueUrl: url, MessageBody }),
    })),
    ...account.topics.map(({ name, arn }): Shot => ({
      id: `sns ${name}`,
      title: `Publish to ${name}`,
      usual: 'Hello {n}',
      make: (Message) => call('sns', 'Publish', { TopicArn: arn, Message }),
    })),
    ...account.streams.map(({ name }): Shot => ({
      id: `kinesis ${name}`,
      title: `Put a record into ${name}`,
      usual: '{"click":{n}}',
      key: { name: 'Partition key', usual: 'shop' },
      make: (Data, PartitionKey) => call('kinesis', 'PutRecord', { StreamName: name, PartitionKey, Data }),
    })),
    ...account.tables.map(({ name }): Shot => ({
      id: `dynamodb ${name}`,
      title: `Put an item into ${name}`,
      usual: '{"id":{"S":"{n}"}}',
      make: (item) => call('dynamodb', 'PutItem', { TableName: name, Item: objectOf(item) }),
    })),
    {
      id: 'events',
      title: 'Put an event on the event bus',
      usual: '{"order":{n}}',
      key: { name: 'Source', usual: 'shop' },
      make: (Detail, Source) =>
        call('eventbridge', 'PutEvents', { Entries: [{ Source, DetailType: 'OrderPlaced', Detail }] }),
    },
  ];
}

/** The object that JSON holds; anything else is sent as it is, for the API to refuse. */
function objectOf(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}

/** What is fired with `{n}` as 1, for who sends one only. */
export const single = (fired: Fired): Fired => JSON.parse(JSON.stringify(fired).replaceAll('{n}', '1')) as Fired;
