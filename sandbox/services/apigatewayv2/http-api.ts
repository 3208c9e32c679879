/** An HTTP API: routes with integrations, deployments that freeze them, and stages that serve one or what is there now. */
import type { CorsConfiguration } from '../http/cors.ts';
import type { ThrottleLimits } from '../http/throttle.ts';
import { decodePart } from '../http/message.ts';

export interface HttpApi {
  readonly id: string;
  readonly created: number;
  name: string;
  description?: string;
  cors?: CorsConfiguration;
  readonly routes: Map<string, Route>;
  readonly integrations: Map<string, Integration>;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}

export interface Route {
  readonly id: string;
  readonly key: string;
  /** Id of its integration. */
  readonly integrationId?: string;
  readonly authorizationType: 'NONE' | 'AWS_IAM';
}

export interface Integration {
  readonly id: string;
  readonly uri: string;
  readonly payloadFormatVersion: '1.0' | '2.0';
  readonly timeoutInMillis: number;
  readonly description?: string;
}

export interface Content {
  readonly routes: ReadonlyMap<string, Route>;
  readonly integrations: ReadonlyMap<string, Integration>;
}

export interface Deployment extends Content {
  readonly id: string;
  readonly created: number;
  readonly description?: string;
}

export interface Stage {
  readonly name: string;
  readonly created: number;
  /** Changes are served at once. */
  readonly autoDeploy: boolean;
  readonly deploymentId?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttling?: ThrottleLimits;
}

/** The routes that a stage serves. */
export function contentOf(api: HttpApi, { autoDeploy, deploymentId }: Stage): Content {
  if (autoDeploy) return api;
  return api.deployments.get(deploymentId ?? '') ?? { routes: new Map(), integrations: new Map() };
}

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route for a request: a full match before one with a greedy variable, and both before `$default`. Among full
 * matches fixed parts go before variables; among greedy ones the longest; a method of its own goes before ANY.
 */
export function findRoute(routes: Iterable<Route>, method: string, path: string): RouteMatch | undefined {
  let best: { readonly match: RouteMatch; readonly rank: readonly number[] } | undefined;
  for (const route of routes) {
    const found = matchRoute(route, method, path);
    if (found !== undefined && (best === undefined || isHigher(found.rank, best.rank))) best = found;
  }
  return best?.match;
}

function matchRoute(route: Route, method: string, path: string) {
  if (route.key === '$default') return { match: { route, pathParameters: {} }, rank: [0] };
  const [wanted = '', pattern = ''] = route.key.split(' ');
  if (wanted !== 'ANY' && wanted !== method) return undefined;
  const parts = split(path);
  const rank: number[] = [];
  const pathParameters: Record<string, string> = {};
  const patternParts = split(pattern);
  for (const [index, part] of patternParts.entries()) {
    const [, name, plus] = /^\{([\w.-]+)(\+?)\}$/.exec(part) ?? [];
    if (name !== undefined && plus === '+') {
      if (parts.length <= index) return undefined;
      pathParameters[name] = parts.slice(index).map(decodePart).join('/');
      return { match: { route, pathParameters }, rank: [1, ...rank, wanted === 'ANY' ? 0 : 1] };
    }
    const given = parts[index];
    if (given === undefined || (name === undefined && given !== part)) return undefined;
    if (name !== undefined) pathParameters[name] = decodePart(given);
    rank.push(name === undefined ? 2 : 1);
  }
  if (parts.length !== patternParts.length) return undefined;
  return { match: { route, pathParameters }, rank: [2, ...rank, wanted === 'ANY' ? 0 : 1] };
}

const split = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
