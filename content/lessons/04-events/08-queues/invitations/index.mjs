import { sendMail } from './mailer.mjs';

export const handler = async (event) => {
  console.log(`batch of ${event.Records.length}`);
  for (const record of event.Records) {
    const { guest, address } = JSON.parse(record.body);
    await sendMail(address);
    console.log(`mail to ${guest}`);
  }
};
