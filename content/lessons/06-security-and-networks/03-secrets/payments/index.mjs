import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { rotate } from './rotation.mjs';

const secrets = new SecretsManagerClient({});
const SecretId = process.env.SECRET_NAME;
let kept;

async function apiKey() {
  if (kept === undefined || Date.now() > kept.until) {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    console.log('secret read');
    kept = { key: SecretString, until: Date.now() + 5 * 60_000 };
  }
  return kept.key;
}

export const handler = async ({ order, newKey }) => {
  if (newKey) return rotate(secrets, SecretId, newKey);
  const key = await apiKey();
  return { order, keyEndsWith: key.slice(-3) };
};
