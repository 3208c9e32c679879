import { sendMail } from './mailer.mjs';

export const handler = async (event) => {
  console.log(`batch of ${event.Records.length}`);
  const batchItemFailures = [];
  for (const record of event.Records) {
    try {
      const { guest, address } = JSON.parse(record.body);
      await sendMail(address);
      console.log(`mail to ${guest}`);
    } catch (error) {
      console.error(`${record.messageId}: ${error.message}`);
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};
