// Stands for what rotates the secret, so that the runner can show it. At AWS it is a function of its own, with a role of its own.
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';

export async function rotate(secrets, SecretId, SecretString) {
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  return 'rotated';
}
