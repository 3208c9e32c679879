/** The parts of one account's Lambda service, put together: each knows its own concept and what it stands on. */
import type { Facts } from '../facts.ts';
import { ApiError, type Deliveries } from '../services/service.ts';
import { Aftermath } from './asynchronous/aftermath.ts';
import { EventInvokeConfigs } from './asynchronous/event-invoke-configs.ts';
import { Concurrency } from './concurrency/concurrency.ts';
import { ProvisionedConcurrency } from './concurrency/provisioned.ts';
import { ReservedConcurrency } from './concurrency/reserved.ts';
import { FunctionDirectory } from './function-directory.ts';
import { Functions } from './functions.ts';
import { Invoker } from './invoker.ts';
import type { LambdaHost } from './lambda.ts';
import { Layers } from './layers/layers.ts';
import { readLimits, type Limits } from './limits.ts';
import { parseFunctionName, type Location } from './names.ts';
import { FunctionUrls } from './permissions/function-urls.ts';
import { Permissions } from './permissions/permissions.ts';
import { Placement } from './placement.ts';
import { RecursionConfigs } from './recursion/recursion-configs.ts';
import { Tags } from './tags.ts';
import { Aliases } from './versions/aliases.ts';
import { Versions } from './versions/versions.ts';

export interface LambdaParts {
  readonly facts: Facts;
  readonly location: Location;
  readonly limits: Limits;
  readonly directory: FunctionDirectory;
  readonly functions: Functions;
  readonly versions: Versions;
  readonly aliases: Aliases;
  readonly layers: Layers;
  readonly permissions: Permissions;
  readonly functionUrls: FunctionUrls;
  readonly eventInvokeConfigs: EventInvokeConfigs;
  readonly recursionConfigs: RecursionConfigs;
  readonly tags: Tags;
  readonly reserved: ReservedConcurrency;
  readonly provisioned: ProvisionedConcurrency;
  readonly concurrency: Concurrency;
  readonly placement: Placement;
  readonly invoker: Invoker;
}

/** `deliveries`: asked at every delivery; without neighbours only functions can be delivered to. */
export function createParts(host: LambdaHost, deliveries: () => Deliveries | undefined): LambdaParts {
  const { clock, facts, location, random, trace } = host;
  const limits = readLimits(facts);
  const revisions = random.stream('revision ids');
  const base = { clock, facts, limits, location, trace };
  const around = host.surroundings === undefined ? {} : { surroundings: host.surroundings };
  const directory = new FunctionDirectory({ facts, location, random: random.stream('alias routing') });
  const limit = host.concurrentExecutions ?? limits.concurrentExecutions;
  const concurrency = new Concurrency({ clock, limits, limit });
  const placement = new Placement({ ...host, limits, concurrency });
  const provisioned = new ProvisionedConcurrency({ ...base, directory, concurrency, placement });
  const checkStorage = (bytes: number): void => functions.checkStorage(bytes);
  const layers = new Layers({ ...base, checkStorage });
  const versions = new Versions({
    ...base,
    random: revisions,
    directory,
    checkStorage,
    deleted: (record, version) => {
      provisioned.versionDeleted(record, version);
      placement.outdate(record.name, 'function-deleted', version);
    },
  });
  const functions: Functions = new Functions({
    ...base,
    ...around,
    random: revisions,
    directory,
    layers,
    versions,
    reservedOf: (name) => concurrency.reservedOf(name),
    changed: (record, change) => {
      if (change !== 'deleted') {
        placement.outdate(record.name, `${change}-changed`, '$LATEST');
        return;
      }
      provisioned.functionDeleted(record);
      concurrency.reserve(record.name, undefined);
      placement.outdate(record.name, 'function-deleted');
    },
  });
  const permissions = new Permissions({ ...base, random: revisions, directory });
  const eventInvokeConfigs = new EventInvokeConfigs({ ...base, ...around, directory });
  const aftermath = new Aftermath({
    ...base,
    random: random.stream('destination objects'),
    directory,
    configs: eventInvokeConfigs,
    deliveries: () => deliveries() ?? functionsOnly,
  });
  const parts = { ...base, directory, permissions, concurrency, placement, eventInvokeConfigs };
  const invoker = new Invoker({ ...parts, ...around, random, aftermath });
  const functionsOnly: Deliveries = {
    deliver: (targetArn, body, caller) => {
      const isFunction = parseFunctionName(targetArn, location) !== undefined;
      if (!isFunction)
        throw new ApiError('ResourceNotFoundException', 404, `There is no ${targetArn} in this account.`);
      invoker.invokeAsync(targetArn, body, caller);
    },
  };
  return {
    ...parts,
    functions,
    versions,
    layers,
    aliases: new Aliases({
      ...base,
      random: revisions,
      directory,
      changed: (record, name) => provisioned.aliasChanged(record, name),
    }),
    functionUrls: new FunctionUrls({ ...base, random: random.stream('function urls'), directory }),
    recursionConfigs: new RecursionConfigs(directory),
    tags: new Tags(directory),
    reserved: new ReservedConcurrency({ ...base, directory, concurrency, storedBytes: () => functions.storedBytes }),
    provisioned,
    invoker,
  };
}
