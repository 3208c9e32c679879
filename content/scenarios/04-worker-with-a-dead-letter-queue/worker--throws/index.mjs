import { charge } from './charge.mjs';

export const handler = async ({ Records }) => {
  for (const { body } of Records) charge(JSON.parse(body));
};
