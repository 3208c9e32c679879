import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const events = new EventBridgeClient({});

// What CloudFormation does for three types of resources: one API call or two for each.
const create = {
  'AWS::Lambda::Function': ({ Code, ...settings }) =>
    lambda.send(new CreateFunctionCommand({ ...settings, Code: { Files: { 'index.js': Code.ZipFile } } })),
  'AWS::Events::Rule': async ({ Targets, ...rule }) => {
    await events.send(new PutRuleCommand(rule));
    await events.send(new PutTargetsCommand({ Rule: rule.Name, Targets }));
  },
  'AWS::Lambda::Permission': (permission) =>
    lambda.send(new AddPermissionCommand({ StatementId: 'schedule', ...permission })),
};

export const handler = async ({ Resources }) => {
  for (const [name, { Type, Properties }] of Object.entries(Resources)) {
    await create[Type](Properties);
    console.log(`${name} CREATE_COMPLETE`);
  }
  return Object.keys(Resources);
};
