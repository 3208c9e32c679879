export const handler = async ({ Records = [] }) => {
  for (const { Sns } of Records) console.log(`on the board: ${Sns.Message}`);
  return Records.length;
};
