/** A function as its SAM template has it: where its network interfaces are, and variables with what the stack has made. */
import { ApiError } from '../services/service.ts';
import type { FunctionDefinition } from './session.types.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What a template may say of a function besides: the same as is set, since it is set elsewhere. */
const setElsewhere = ['Architectures', 'FunctionName', 'Handler', 'MemorySize', 'Runtime', 'Timeout'] as const;

/**
 * `functions`: the resolved properties of the functions in a template, by logical id. There may be one.
 * @throws {ApiError} ValidationError for what a template cannot say here
 */
export function definitionWithTemplate(
  definition: FunctionDefinition,
  functions: ReadonlyMap<string, Properties>,
): FunctionDefinition {
  const [found, another] = [...functions];
  if (another !== undefined) {
    throw refusal(
      `${another[0]}: the template has more than one function. Here it belongs to ${definition.FunctionName}.`,
    );
  }
  if (found === undefined) return definition;
  const [id, { VpcConfig, Environment, CodeUri: _, ...others }] = found;
  for (const [name, value] of Object.entries(others)) {
    const known = setElsewhere.find((each) => each === name);
    if (known === undefined) throw refusal(`${id}: ${name} is not read from the template in this simulator.`);
    if (JSON.stringify(value) === JSON.stringify(definition[known])) continue;
    const set = JSON.stringify(definition[known]);
    throw refusal(`${id}: ${name} is ${set} here, and set beside the template. Take it out, or write ${set}.`);
  }
  const variables = { ...definition.Environment?.Variables, ...variablesOf(id, Environment) };
  return {
    ...definition,
    ...(VpcConfig === undefined ? {} : { VpcConfig: vpcOf(id, VpcConfig) }),
    ...(Object.keys(variables).length === 0 ? {} : { Environment: { Variables: variables } }),
  };
}

function vpcOf(id: string, given: unknown): NonNullable<FunctionDefinition['VpcConfig']> {
  const { SubnetIds: subnets = [], SecurityGroupIds: groups = [], ...others } = { ...(given as object) } as Properties;
  const [extra] = Object.keys(others);
  if (extra !== undefined) throw refusal(`${id}: VpcConfig has SubnetIds and SecurityGroupIds, and no ${extra}.`);
  if (!isTexts(subnets) || !isTexts(groups)) {
    throw refusal(`${id}: SubnetIds and SecurityGroupIds of VpcConfig must be lists of ids.`);
  }
  return { SubnetIds: subnets, SecurityGroupIds: groups };
}

function variablesOf(id: string, given: unknown): Readonly<Record<string, string>> {
  if (given === undefined) return {};
  const { Variables: variables } = given as { readonly Variables?: Properties };
  const entries = Object.entries(variables ?? {});
  if (variables === undefined || entries.some(([, value]) => typeof value === 'object')) {
    throw refusal(`${id}: Environment must have Variables, with a text for each.`);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const refusal = (message: string): ApiError => new ApiError('ValidationError', 400, message);
