/** Test events for a start: the smallest event of each trigger that a handler can work with, in its real shape. */

export interface EventTemplate {
  readonly name: string;
  /** What sends it. */
  readonly title: string;
  readonly event: unknown;
}

const region = 'us-east-1';
const account = '123456789012';
const time = '2026-01-05T09:00:00Z';

const sqsRecord = (messageId: string, body: string) => ({
  messageId,
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1767603600000',
    SenderId: account,
    ApproximateFirstReceiveTimestamp: '1767603600010',
  },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:${region}:${account}:orders`,
  awsRegion: region,
});

export const eventTemplates: readonly EventTemplate[] = [
  { name: 'empty', title: 'nothing', event: {} },
  {
    name: 's3-put',
    title: 'S3: an object was put',
    event: {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: region,
          eventTime: '2026-01-05T09:00:00.000Z',
          eventName: 'ObjectCreated:Put',
          s3: {
            s3SchemaVersion: '1.0',
            bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
            object: { key: 'uploads/cat.jpg', size: 1024, eTag: '0123456789abcdef0123456789abcdef' },
          },
        },
      ],
    },
  },
  {
    name: 'sqs',
    title: 'SQS: a batch of messages',
    event: {
      Records: [
        sqsRecord('059f36b4-87a3-44ab-83d2-661975830a7d', '{"order":1}'),
        sqsRecord('2e1424d4-f796-459a-8184-9c92662be6da', '{"order":2}'),
      ],
    },
  },
  {
    name: 'sns',
    title: 'SNS: a message',
    event: {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: `arn:aws:sns:${region}:${account}:news:21be56ed-a058-49f5-8c98-aedd2564c486`,
          Sns: {
            Type: 'Notification',
            MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
            TopicArn: `arn:aws:sns:${region}:${account}:news`,
            Subject: null,
            Message: 'Hello from SNS',
            Timestamp: '2026-01-05T09:00:00.000Z',
            MessageAttributes: {},
          },
        },
      ],
    },
  },
  {
    name: 'dynamodb',
    title: 'DynamoDB: an item changed',
    event: {
      Records: [
        {
          eventID: '7de3041dd709b024af6f29e4fa13d34c',
          eventName: 'INSERT',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: region,
          dynamodb: {
            ApproximateCreationDateTime: 1767603600,
            Keys: { id: { S: '101' } },
            NewImage: { id: { S: '101' }, item: { S: 'teapot' } },
            SequenceNumber: '111',
            SizeBytes: 26,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventSourceARN: `arn:aws:dynamodb:${region}:${account}:table/orders/stream/2026-01-05T09:00:00.000`,
        },
      ],
    },
  },
  {
    name: 'kinesis',
    title: 'Kinesis: a batch of records',
    event: {
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'shop',
            sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
            data: 'eyJjbGljayI6MX0=',
            approximateArrivalTimestamp: 1767603600.123,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: 'shardId-000000000000:49590338271490256608559692538361571095921575989136588898',
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: `arn:aws:iam::${account}:role/service-role/worker-role`,
          awsRegion: region,
          eventSourceARN: `arn:aws:kinesis:${region}:${account}:stream/clicks`,
        },
      ],
    },
  },
  {
    name: 'schedule',
    title: 'EventBridge: a schedule',
    event: {
      version: '0',
      id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account,
      time,
      region,
      resources: [`arn:aws:events:${region}:${account}:rule/nightly`],
      detail: {},
    },
  },
  {
    name: 'event-bus',
    title: 'EventBridge: an event of your own',
    event: {
      version: '0',
      id: '17793124-05d4-b198-2fde-7ededc63b103',
      'detail-type': 'OrderPlaced',
      source: 'shop',
      account,
      time,
      region,
      resources: [],
      detail: { order: 1042 },
    },
  },
  {
    name: 'http-api',
    title: 'API Gateway: HTTP API, and function URL',
    event: {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/orders',
      rawQueryString: 'limit=10',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      queryStringParameters: { limit: '10' },
      requestContext: {
        accountId: account,
        apiId: 'api-id',
        domainName: `api-id.execute-api.${region}.amazonaws.com`,
        http: { method: 'POST', path: '/orders', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl/8' },
        requestId: 'id',
        stage: '$default',
        time: '05/Jan/2026:09:00:00 +0000',
        timeEpoch: 1767603600000,
      },
      body: '{"item":"teapot"}',
      isBase64Encoded: false,
    },
  },
  {
    name: 'rest-api',
    title: 'API Gateway: REST API',
    event: {
      resource: '/orders/{id}',
      path: '/orders/1042',
      httpMethod: 'GET',
      headers: { Accept: 'application/json' },
      multiValueHeaders: { Accept: ['application/json'] },
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: { id: '1042' },
      stageVariables: null,
      requestContext: {
        accountId: account,
        apiId: 'api-id',
        httpMethod: 'GET',
        path: '/prod/orders/1042',
        stage: 'prod',
        identity: { sourceIp: '192.0.2.1' },
      },
      body: null,
      isBase64Encoded: false,
    },
  },
  {
    name: 'load-balancer',
    title: 'Application Load Balancer',
    event: {
      requestContext: {
        elb: { targetGroupArn: `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/shop/6d0ecf831eec9f09` },
      },
      httpMethod: 'GET',
      path: '/orders',
      queryStringParameters: { limit: '10' },
      headers: { accept: 'text/html', host: 'shop.example.com' },
      body: '',
      isBase64Encoded: false,
    },
  },
];
