/** A REST API: a tree of resources with methods, deployments that freeze it, and stages that serve a deployment. */
import type { ThrottleLimits } from '../http/throttle.ts';

export interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly binaryMediaTypes: readonly string[];
  readonly endpointTypes: readonly string[];
  readonly rootResourceId: string;
  /** Virtual ms since the epoch. */
  readonly created: number;
  readonly resources: Map<string, Resource>;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}

export interface Resource {
  readonly id: string;
  readonly parentId?: string;
  /** Empty for the root. */
  readonly pathPart: string;
  /** `/orders/{id}` */
  readonly path: string;
  readonly methods: ReadonlyMap<string, Method>;
}

export interface Method {
  readonly httpMethod: string;
  readonly authorizationType: 'NONE' | 'AWS_IAM';
  readonly integration?: MethodIntegration;
}

export interface MethodIntegration {
  readonly type: 'AWS_PROXY';
  readonly uri: string;
  readonly timeoutInMillis: number;
  /** The response is sent on as the function writes it. */
  readonly responseTransferMode: 'BUFFERED' | 'STREAM';
}

export interface Deployment {
  readonly id: string;
  readonly created: number;
  readonly description?: string;
  /** The tree as it was. */
  readonly resources: ReadonlyMap<string, Resource>;
}

export interface Stage {
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly created: number;
  readonly throttling?: ThrottleLimits;
  /** Requests are recorded for X-Ray. */
  readonly tracingEnabled?: boolean;
}

export interface ResourceMatch {
  readonly resource: Resource;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The resource for a path without its stage. A fixed part goes before a parameter, and a parameter before `{proxy+}`,
 * which takes all that is left.
 */
export function findResource(resources: ReadonlyMap<string, Resource>, path: string): ResourceMatch | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const root = [...resources.values()].find(({ parentId }) => parentId === undefined);
  return root === undefined ? undefined : descend(resources, root, parts, {});
}

function descend(
  resources: ReadonlyMap<string, Resource>,
  resource: Resource,
  [part, ...rest]: readonly string[],
  pathParameters: Readonly<Record<string, string>>,
): ResourceMatch | undefined {
  if (part === undefined) return resource.methods.size > 0 ? { resource, pathParameters } : undefined;
  const children = [...resources.values()].filter(({ parentId }) => parentId === resource.id);
  const fixed = children.find(({ pathPart }) => pathPart === part);
  const inFixed = fixed === undefined ? undefined : descend(resources, fixed, rest, pathParameters);
  if (inFixed !== undefined) return inFixed;
  for (const child of children) {
    const [, name] = /^\{([\w.-]+)\}$/.exec(child.pathPart) ?? [];
    if (name === undefined) continue;
    const found = descend(resources, child, rest, { ...pathParameters, [name]: part });
    if (found !== undefined) return found;
  }
  for (const child of children) {
    const [, name] = /^\{([\w.-]+)\+\}$/.exec(child.pathPart) ?? [];
    if (name === undefined || child.methods.size === 0) continue;
    return { resource: child, pathParameters: { ...pathParameters, [name]: [part, ...rest].join('/') } };
  }
  return undefined;
}
