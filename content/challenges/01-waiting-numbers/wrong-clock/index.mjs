const opened = new Date('2026-01-05T09:00:00Z').getTime();

export const handler = async ({ patient }) => {
  const number = Math.floor((Date.now() - opened) / 1000) + 1;
  console.log(`number ${number}: ${patient}`);
  return { patient, number };
};
