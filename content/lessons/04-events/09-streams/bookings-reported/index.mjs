export const handler = async (event) => {
  for (const { kinesis } of event.Records) {
    try {
      const text = Buffer.from(kinesis.data, 'base64').toString();
      const { item, price } = JSON.parse(text);
      console.log(`${kinesis.partitionKey} booked ${item} for ${price}`);
    } catch (error) {
      console.error(error.message);
      return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
    }
  }
};
