import { openAccount, orderCard, sendLetter } from './bank.mjs';
import { execution } from './steps.mjs';

export const handler = async ({ customer }) => {
  const { step } = execution(customer);
  const account = await step('open account', () => openAccount(customer));
  const card = await step('order card', () => orderCard(account));
  await step('send letter', () => sendLetter(account, card));
  return { account, card };
};
