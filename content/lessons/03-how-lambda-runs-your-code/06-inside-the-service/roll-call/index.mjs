import { setTimeout as wait } from 'node:timers/promises';

// Every environment has a log stream of its own; its last letters will do as a name.
const environment = process.env.AWS_LAMBDA_LOG_STREAM_NAME.slice(-4);
console.log(`environment ${environment} is new`);
let served = 0;

export const handler = async (event) => {
  served += 1;
  await wait(event.ms);
  return { environment, served };
};
