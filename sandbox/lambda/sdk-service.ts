/** Lambda as SDK clients of the account reach it: every operation with its IAM action and the resources it touches. */
import { Later, type Caller, type Operation, type Service } from '../services/service.ts';
import type { InvokeRequest } from './api.types.ts';
import { invokeResponse } from './invocation.ts';
import type { LambdaParts } from './lambda-parts.ts';
import { parseFunctionName } from './names.ts';

/** What operations on one function have in common. */
interface OfFunction {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

interface OfLayer {
  readonly LayerName: string;
  readonly VersionNumber?: number;
}

interface OfResource {
  readonly Resource: string;
}

export function lambdaService(parts: LambdaParts): Service {
  const { functions, versions, aliases, layers, tags, reserved, provisioned, permissions, functionUrls } = parts;
  const { eventInvokeConfigs: eventConfigs, recursionConfigs: recursion, location } = parts;
  const prefix = `arn:aws:lambda:${location.region}:${location.accountId}`;
  const functionArn = ({ FunctionName: name, Qualifier: qualifier }: OfFunction): string => {
    const bare = name.replace(/^(?:arn:aws:lambda:[^:]+:)?(?:\d{12}:)?function:/, '');
    return `${prefix}:function:${bare}${qualifier === undefined ? '' : `:${qualifier}`}`;
  };
  const layerArn = ({ LayerName: name, VersionNumber: version }: OfLayer): string => {
    const arn = name.startsWith('arn:') ? name : `${prefix}:layer:${name}`;
    return version === undefined ? arn : `${arn}:${version}`;
  };
  const on = <Input extends OfFunction>(run: (input: Input) => unknown): Made<Input> => [
    (input) => [functionArn(input)],
    run,
  ];
  const onLayer = <Input extends OfLayer>(run: (input: Input) => unknown): Made<Input> => [
    (input) => [layerArn(input)],
    run,
  ];
  const onResource = <Input extends OfResource>(run: (input: Input) => unknown): Made<Input> => [
    ({ Resource }) => [Resource],
    run,
  ];
  const anywhere = <Input>(run: (input: Input) => unknown): Made<Input> => [() => ['*'], run];
  const invoke: Operation<InvokeRequest> = {
    action: 'lambda:InvokeFunction',
    resources: (input) => [functionArn(input)],
    run: (input, caller) => invokeFor(parts, input, caller),
  };
  return {
    name: 'lambda',
    resourcePolicy: (arn) => {
      const name = parseFunctionName(arn, location)?.name;
      return name === undefined || parts.directory.get(name) === undefined
        ? undefined
        : permissions.document(parts.directory.point(arn));
    },
    delivery: {
      action: 'lambda:InvokeFunction',
      receive: (arn, body, caller) => parts.invoker.invokeAsync(arn, body, caller),
    },
    operations: {
      Invoke: invoke,
      ...named({
        CreateFunction: on(functions.create.bind(functions)),
        UpdateFunctionCode: on(functions.updateCode.bind(functions)),
        UpdateFunctionConfiguration: on(functions.updateConfiguration.bind(functions)),
        GetFunction: on(functions.get.bind(functions)),
        GetFunctionConfiguration: on(functions.configuration.bind(functions)),
        ListFunctions: anywhere(functions.list.bind(functions)),
        DeleteFunction: on(functions.delete.bind(functions)),
        TagResource: onResource(tags.add.bind(tags)),
        UntagResource: onResource(tags.remove.bind(tags)),
        ListTags: onResource(({ Resource }) => tags.list(Resource)),
        PublishVersion: on(versions.publish.bind(versions)),
        ListVersionsByFunction: on(versions.list.bind(versions)),
        CreateAlias: on(aliases.create.bind(aliases)),
        UpdateAlias: on(aliases.update.bind(aliases)),
        GetAlias: on(aliases.get.bind(aliases)),
        ListAliases: on(aliases.list.bind(aliases)),
        DeleteAlias: on(aliases.delete.bind(aliases)),
        PublishLayerVersion: onLayer(layers.publish.bind(layers)),
        GetLayerVersion: onLayer(layers.get.bind(layers)),
        ListLayers: anywhere(layers.list.bind(layers)),
        ListLayerVersions: onLayer(layers.listVersions.bind(layers)),
        DeleteLayerVersion: onLayer(layers.delete.bind(layers)),
        PutFunctionEventInvokeConfig: on(eventConfigs.put.bind(eventConfigs)),
        UpdateFunctionEventInvokeConfig: on(eventConfigs.update.bind(eventConfigs)),
        GetFunctionEventInvokeConfig: on(eventConfigs.get.bind(eventConfigs)),
        ListFunctionEventInvokeConfigs: on(eventConfigs.list.bind(eventConfigs)),
        DeleteFunctionEventInvokeConfig: on(eventConfigs.delete.bind(eventConfigs)),
        PutFunctionRecursionConfig: on(recursion.put.bind(recursion)),
        GetFunctionRecursionConfig: on(({ FunctionName }) => recursion.get(FunctionName)),
        PutFunctionConcurrency: on(reserved.put.bind(reserved)),
        GetFunctionConcurrency: on(({ FunctionName }) => reserved.get(FunctionName)),
        DeleteFunctionConcurrency: on(({ FunctionName }) => reserved.delete(FunctionName)),
        PutProvisionedConcurrencyConfig: on(provisioned.put.bind(provisioned)),
        GetProvisionedConcurrencyConfig: on(provisioned.get.bind(provisioned)),
        ListProvisionedConcurrencyConfigs: on(provisioned.list.bind(provisioned)),
        DeleteProvisionedConcurrencyConfig: on(provisioned.delete.bind(provisioned)),
        GetAccountSettings: anywhere(() => reserved.accountSettings()),
        AddPermission: on(permissions.add.bind(permissions)),
        RemovePermission: on(permissions.remove.bind(permissions)),
        GetPolicy: on(permissions.get.bind(permissions)),
        CreateFunctionUrlConfig: on(functionUrls.create.bind(functionUrls)),
        UpdateFunctionUrlConfig: on(functionUrls.update.bind(functionUrls)),
        GetFunctionUrlConfig: on(functionUrls.get.bind(functionUrls)),
        ListFunctionUrlConfigs: on(functionUrls.list.bind(functionUrls)),
        DeleteFunctionUrlConfig: on(functionUrls.delete.bind(functionUrls)),
      }),
    },
  };
}

type Made<Input> = readonly [resources: (input: Input) => readonly string[], run: (input: Input) => unknown];

/** IAM actions of Lambda are named as the operations, only Invoke is not. */
function named(operations: Readonly<Record<string, Made<never>>>): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, [resources, run]]) => [
      name,
      { action: `lambda:${name}`, resources, run: (input: never) => run(input) ?? {} },
    ]),
  );
}

function invokeFor({ invoker, limits }: LambdaParts, input: InvokeRequest, caller: Caller): unknown {
  const checked = invoker.check(input, caller);
  if (input.InvocationType === 'DryRun') return { StatusCode: 204, Payload: '' };
  const invocation = invoker.identify(checked);
  if (checked.isEvent) {
    invoker.enqueue(invocation);
    return { StatusCode: 202, Payload: '' };
  }
  return new Later((done) => {
    const tailBytes = checked.tail ? limits.logTailBytes : undefined;
    invoker.send(
      invocation,
      {
        reported: (report) => {
          const { trace, ...output } = invokeResponse(report, tailBytes);
          done({ ok: true, output });
        },
      },
      (error) => done({ ok: false, error }),
    );
  });
}
