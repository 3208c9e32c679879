/** Calls of APIs as commands of the AWS CLI. */
import { expect, test } from 'vitest';
import { cliCommand } from '../../src/lab/cli-command.ts';

test.each([
  [
    { service: 'sqs', operation: 'SendMessage', input: { QueueUrl: 'https://sqs/1/q', MessageBody: '{"order":1}' } },
    `aws sqs send-message --queue-url https://sqs/1/q --message-body '{"order":1}'`,
  ],
  [
    { service: 's3', operation: 'PutObject', input: { Bucket: 'photos', Key: 'a b/c d.txt', Body: 'x' } },
    `aws s3api put-object --bucket photos --key 'a b/c d.txt' --body 'c d.txt'`,
  ],
  [
    {
      service: 'lambda',
      operation: 'UpdateFunctionCode',
      input: { FunctionName: 'hello', Files: { 'index.mjs': '' }, Architectures: ['arm64'] },
    },
    'aws lambda update-function-code --function-name hello --zip-file fileb://hello.zip --architectures arm64',
  ],
  [
    {
      service: 'lambda',
      operation: 'UpdateAlias',
      input: { FunctionName: 'f', Name: 'live', RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } },
    },
    `aws lambda update-alias --function-name f --name live --routing-config '{"AdditionalVersionWeights":{"2":0.1}}'`,
  ],
  [
    { service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: 'u', Enabled: false } },
    'aws lambda update-event-source-mapping --uuid u --no-enabled',
  ],
  [
    { service: 'lambda', operation: 'Invoke', input: { FunctionName: 'f', Payload: `{"name":"it's"}` } },
    `aws lambda invoke --function-name f --payload '{"name":"it'\\''s"}' --cli-binary-format raw-in-base64-out answer.json`,
  ],
  [{ service: 'cloudwatch-logs', operation: 'DescribeLogGroups', input: {} }, 'aws logs describe-log-groups'],
  [
    { service: 'eventbridge', operation: 'PutRule', input: { Name: 'n', ScheduleExpression: 'cron(0 2 * * ? *)' } },
    `aws events put-rule --name n --schedule-expression 'cron(0 2 * * ? *)'`,
  ],
])('%o', (call, command) => {
  expect(cliCommand(call)).toBe(command);
});
