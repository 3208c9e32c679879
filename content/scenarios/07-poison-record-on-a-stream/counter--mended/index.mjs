export const handler = async ({ Records }) => {
  const clicks = Records.flatMap(({ kinesis }) => read(atob(kinesis.data)));
  console.log(`counted ${clicks.length}, the last is ${clicks.at(-1)?.click}`);
};

function read(text) {
  try {
    return [JSON.parse(text)];
  } catch {
    console.warn(`skipped: ${text}`);
    return [];
  }
}
