/** What the simulator has not: which command was asked for, and which there are. */
import { NotSimulatedError } from '../../lambda/errors.ts';

export function unsupportedOperation(service: string, operation: string, known: readonly string[]): NotSimulatedError {
  const commands = known.map((name) => `${name}Command`).sort();
  return new NotSimulatedError(
    `${operation}Command of @aws-sdk/client-${service} is not available in this simulator. It has ${commands.join(', ')}.`,
  );
}

export function unsupportedService(service: string, known: readonly string[]): NotSimulatedError {
  const names = [...known].sort();
  return new NotSimulatedError(
    `The service of @aws-sdk/client-${service} is not available in this simulator. It has ${names.join(', ')}.`,
  );
}
