let last = 0;

export const handler = async ({ patient }) => {
  last += 1;
  console.log(`number ${last}: ${patient}`);
  return { patient, number: last };
};
