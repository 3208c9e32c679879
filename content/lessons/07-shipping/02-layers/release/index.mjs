import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const FunctionName = 'shop';

export const handler = async ({ LayerName, publish, use }) => {
  // A layer is published from its files. AWS takes them zipped, as ZipFile.
  if (publish) await lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { Files: publish } }));
  if (use) await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Layers: use }));

  const { Layers } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"net": 100}' }));
  return { layer: Layers.map(({ Arn }) => Arn).join(' '), gross: JSON.parse(Payload.transformToString()) };
};
