/** Whether a function's role may send to its dead-letter queue or destination; Lambda asks when it is configured. */
import { factText, type Facts } from '../../facts.ts';
import { serviceError } from '../errors.ts';
import type { Surroundings } from '../surroundings.ts';

export interface TargetQuestion {
  readonly kind: 'dead-letter-queue' | 'destination';
  readonly roleArn: string;
  readonly targetArn: string;
}

/** @throws {ServiceError} when the role may not. Without surroundings there are no roles to ask. */
export function checkTargetPermission(
  { kind, roleArn, targetArn }: TargetQuestion,
  surroundings: Surroundings | undefined,
  facts: Facts,
): void {
  const [, , service = ''] = targetArn.split(':');
  const action = factText(facts, 'destination-permissions', service);
  // Objects in a bucket are resources of their own.
  const resource = service === 's3' ? `${targetArn}/*` : targetArn;
  if (surroundings?.allows(roleArn, action, resource) ?? true) return;
  const [, operation = ''] = action.split(':');
  const values = { operation, service: service.toUpperCase(), targetArn };
  const message = kind === 'destination' ? 'messageDestination' : 'messageDeadLetter';
  throw serviceError(facts, 'err-target-permission', values, message);
}
