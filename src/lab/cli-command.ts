/** A call of an API as the AWS CLI command that makes it. Pure. */
import type { ApiCall } from '../../sandbox/worker/session.types.ts';

/** What the CLI calls a service, where it is not the name of the SDK's package. */
const commandOf: Readonly<Record<string, string>> = {
  'cloudwatch-logs': 'logs',
  eventbridge: 'events',
  s3: 's3api',
  'secrets-manager': 'secretsmanager',
};

/** Members that the CLI takes from a file, with the file that stands for them. */
const fileMembers: Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => string>> = {
  'lambda CreateFunction Code': ({ FunctionName: name }) => `--zip-file fileb://${String(name)}.zip`,
  'lambda UpdateFunctionCode Files': ({ FunctionName: name }) => `--zip-file fileb://${String(name)}.zip`,
  'lambda PublishLayerVersion Content': ({ LayerName: name }) => `--zip-file fileb://${String(name)}.zip`,
  's3 PutObject Body': ({ Key: key }) => `--body ${quoted(String(key).replace(/^.*\//, ''))}`,
};

/** `aws sqs send-message --queue-url … --message-body hello`, ready for a shell. */
export function cliCommand({ service, operation, input }: ApiCall): string {
  const words = ['aws', commandOf[service] ?? service, kebab(operation)];
  for (const [member, value] of Object.entries(input)) {
    const file = fileMembers[`${service} ${operation} ${member}`];
    if (file !== undefined) words.push(file(input));
    else if (value !== undefined) words.push(...option(kebab(member), value));
  }
  if (`${service} ${operation}` === 'lambda Invoke') {
    return [...words, '--cli-binary-format raw-in-base64-out', 'answer.json'].join(' ');
  }
  if (rawBytes.has(`${service} ${operation}`)) words.push('--cli-binary-format raw-in-base64-out');
  return words.join(' ');
}

/** Version 2 of the CLI takes bytes as base64 unless it is told otherwise. */
const rawBytes = new Set(['kinesis PutRecord', 'kinesis PutRecords']);

function option(name: string, value: unknown): readonly string[] {
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return [`--${name}`, ...value.map(quoted)];
  }
  return [`--${name}`, quoted(typeof value === 'string' ? value : JSON.stringify(value))];
}

/** `PutBucketNotificationConfiguration` as `put-bucket-notification-configuration`, `SSEKMSKeyId` as `ssekms-key-id`. */
const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

/** As a POSIX shell reads it as one word. */
function quoted(text: string): string {
  if (/^[\w@%+=:,./$-]+$/.test(text) && !text.includes('$')) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
