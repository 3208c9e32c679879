// Stands in for a mail service that takes four tenths of a second.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const sendMail = async (order) => {
  await wait(400);
  console.log(`mail sent for order ${order}`);
};
