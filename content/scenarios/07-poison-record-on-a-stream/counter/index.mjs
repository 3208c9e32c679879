export const handler = async ({ Records }) => {
  const clicks = Records.map(({ kinesis }) => JSON.parse(atob(kinesis.data)));
  console.log(`counted ${clicks.length}, the last is ${clicks.at(-1).click}`);
};
