import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { payBack } from './provider.mjs';

const secrets = new SecretsManagerClient({});
const { SecretString: key } = await secrets.send(new GetSecretValueCommand({ SecretId: 'shop/payment-key' }));

export const handler = async ({ order }) => {
  console.log('paying back', order);
  return payBack({ order, key });
};
