// Stands in for a mail service: 800 ms for a mail, an error while it is down.
export const sendMail = async ({ order, mailServer }) => {
  await new Promise((resolve) => setTimeout(resolve, 800));
  if (mailServer === 'down') throw new Error(`no mail for order ${order}: the mail server is down`);
  console.log(`mail for order ${order} sent`);
};
