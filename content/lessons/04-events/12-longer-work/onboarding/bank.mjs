// Stands in for three services of a bank. The one for cards is down until two minutes past nine.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const openAccount = async (customer) => {
  await wait(60);
  console.log(`account for ${customer} opened`);
  return `account-${customer}`;
};

export const orderCard = async (account) => {
  await wait(60);
  const now = new Date();
  if (now.getUTCHours() === 9 && now.getUTCMinutes() < 2) throw new Error('cards are down');
  return `card-of-${account}`;
};

export const sendLetter = async () => {
  await wait(60);
  return 'sent';
};
