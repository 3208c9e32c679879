// Stands in for a mail service, which refuses an address without an @.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const sendMail = async (address) => {
  await wait(30);
  if (!address.includes('@')) throw new Error(`no such address: ${address}`);
};
