import {
  InvokeCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const FunctionName = 'checkout';

async function ask(Qualifier) {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier }));
  return JSON.parse(Payload.transformToString());
}

export const handler = async ({ deploy, publish, live }) => {
  if (deploy) await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, Files: deploy }));
  if (publish) await lambda.send(new PublishVersionCommand({ FunctionName }));
  if (live) await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: live }));

  const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  return { unqualified: await ask(), live: await ask('live'), versions: Versions.map(({ Version }) => Version) };
};
