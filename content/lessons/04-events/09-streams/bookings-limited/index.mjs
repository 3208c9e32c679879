export const handler = async (event) => {
  for (const { kinesis } of event.Records) {
    const text = Buffer.from(kinesis.data, 'base64').toString();
    const { item, price } = JSON.parse(text);
    const age = Math.round(Date.now() / 1000 - kinesis.approximateArrivalTimestamp);
    console.log(`${kinesis.partitionKey} booked ${item} for ${price}, ${age} s after the sale`);
  }
};
