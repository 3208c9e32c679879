/** Rotation: four calls of the rotation function, one after the other. Source: Secrets Manager guide, rotation functions. */
import type { Caller, FunctionInvoker } from '../service.ts';
import type { Secret } from './secret.ts';

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/**
 * Calls the function for the version `token`; the function itself puts the new value and moves the labels. A step that
 * fails ends the rotation, and the version stays pending.
 */
export function rotate(
  secret: Secret,
  functionArn: string,
  token: string,
  invoker: FunctionInvoker,
  done: () => void,
): void {
  const caller: Caller = { kind: 'service', principal: 'secretsmanager.amazonaws.com', sourceArn: secret.arn };
  const call = (index: number): void => {
    const step = steps[index];
    if (step === undefined) {
      done();
      return;
    }
    const payload = JSON.stringify({ Step: step, SecretId: secret.arn, ClientRequestToken: token });
    invoker.invokeSync(functionArn, payload, caller, (outcome) => {
      if (outcome.ok && !outcome.functionError) call(index + 1);
    });
  };
  call(0);
}
