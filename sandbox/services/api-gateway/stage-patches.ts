/** What UpdateStage changes: variables, the deployment, throttling of all methods. Source: API Gateway, patch operations. */
import { NotSimulatedError } from '../../lambda/errors.ts';
import type { PatchOperation } from './api-gateway.types.ts';
import type { Stage } from './rest-api.ts';

/** The stage with the changes. `bad` makes the error of a request that makes no sense. */
export function patchStage(stage: Stage, patches: readonly PatchOperation[], bad: (reason: string) => Error): Stage {
  return patches.reduce((changed, patch) => applyPatch(changed, patch, bad), stage);
}

function applyPatch(stage: Stage, { op, path, value }: PatchOperation, bad: (reason: string) => Error): Stage {
  const [, variable] = /^\/variables\/(\w+)$/.exec(path) ?? [];
  if (variable !== undefined) {
    if (op === 'remove') {
      const left = Object.entries(stage.variables).filter(([name]) => name !== variable);
      return { ...stage, variables: Object.fromEntries(left) };
    }
    return { ...stage, variables: { ...stage.variables, [variable]: value ?? '' } };
  }
  if (op !== 'replace') throw bad(`Invalid patch operation specified for ${path}: ${op}`);
  if (path === '/deploymentId') return { ...stage, deploymentId: value ?? '' };
  if (path === '/tracingEnabled') return { ...stage, tracingEnabled: value === 'true' };
  const [, limit] = /^\/\*\/\*\/throttling\/(rateLimit|burstLimit)$/.exec(path) ?? [];
  if (limit === undefined) {
    throw new NotSimulatedError(
      `The patch path ${path} is not available in this simulator. It has /variables/{name}, /deploymentId, /tracingEnabled, /*/*/throttling/rateLimit and /*/*/throttling/burstLimit.`,
    );
  }
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) throw bad(`Invalid value for ${path}: ${value ?? ''}`);
  const { ratePerSecond = number, burst = Math.ceil(number) } = stage.throttling ?? {};
  const throttling = limit === 'rateLimit' ? { ratePerSecond: number, burst } : { ratePerSecond, burst: number };
  return { ...stage, throttling };
}
