export const handler = async (event) => {
  for (const record of event.Records) {
    console.log(`express order ${JSON.parse(record.body).order}`);
  }
};
