/**
 * `npm run update-aws-operations`: writes `content/aws-operations.json`, which the check of the AWS CLI commands in lessons
 * reads: for each service its operations, and for each of these its options, the required ones with a `!`. The names are
 * derived from the AWS SDK's clients as the CLI derives them. Needs the network; run it when a lesson uses something newer.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the CLI calls a service, and the package of its client. */
const clients = {
  apigateway: 'api-gateway',
  apigatewayv2: 'apigatewayv2',
  'application-autoscaling': 'application-auto-scaling',
  'application-signals': 'application-signals',
  budgets: 'budgets',
  ce: 'cost-explorer',
  cloudformation: 'cloudformation',
  cloudtrail: 'cloudtrail',
  cloudwatch: 'cloudwatch',
  codebuild: 'codebuild',
  deploy: 'codedeploy',
  codepipeline: 'codepipeline',
  'compute-optimizer': 'compute-optimizer',
  dynamodb: 'dynamodb',
  dynamodbstreams: 'dynamodb-streams',
  ec2: 'ec2',
  ecr: 'ecr',
  ecs: 'ecs',
  elasticbeanstalk: 'elastic-beanstalk',
  elbv2: 'elastic-load-balancing-v2',
  events: 'eventbridge',
  iam: 'iam',
  kinesis: 'kinesis',
  kms: 'kms',
  lambda: 'lambda',
  logs: 'cloudwatch-logs',
  pipes: 'pipes',
  rds: 'rds',
  s3api: 's3',
  scheduler: 'scheduler',
  secretsmanager: 'secrets-manager',
  'service-quotas': 'service-quotas',
  signer: 'signer',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  stepfunctions: 'sfn',
  sts: 'sts',
  xray: 'xray',
};

/** As the CLI writes a name of the API: `KMSKeyArn` is `kms-key-arn`. */
const dashed = (name) =>
  name
    .replace(/[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/^-|(-)-/g, '$1')
    .toLowerCase();

const folder = mkdtempSync(path.join(tmpdir(), 'aws-operations-'));
try {
  writeFileSync(path.join(folder, 'package.json'), '{}');
  const packages = Object.values(clients).map((name) => `@aws-sdk/client-${name}`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: folder,
    stdio: 'inherit',
  });
  const require = createRequire(path.join(folder, 'package.json'));
  const services = {};
  for (const [service, name] of Object.entries(clients)) {
    const operations = {};
    for (const schema of Object.values(require(`@aws-sdk/client-${name}`))) {
      // An operation is [9, namespace, name, traits, input, output]; a structure [3, namespace, name, traits, members, types, required].
      if (!Array.isArray(schema) || schema[0] !== 9) continue;
      const input = schema[4]();
      const members = Array.isArray(input) && input[0] === 3 ? input[4] : [];
      const required = (Array.isArray(input) && input[6]) || 0;
      operations[dashed(schema[2])] = members
        .map((member, at) => dashed(member) + (at < required ? '!' : ''))
        .join(' ');
    }
    services[service] = Object.fromEntries(Object.entries(operations).sort(([a], [b]) => (a < b ? -1 : 1)));
    console.log(`${service}: ${Object.keys(operations).length} operations`);
  }
  const { version } = JSON.parse(
    readFileSync(path.join(folder, 'node_modules/@aws-sdk/client-lambda/package.json'), 'utf8'),
  );
  const taken = new Date().toISOString().slice(0, 10);
  const source = `AWS SDK for JavaScript v3, clients of version ${version}`;
  writeFileSync(
    new URL('aws-operations.json', import.meta.url),
    `${JSON.stringify({ source, taken, services }, null, 2)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
