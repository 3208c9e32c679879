// Stands in for a table of subscribers. It does not answer for addresses at down.example.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let number = 0;

export const save = async (email) => {
  await wait(30);
  if (typeof email !== 'string') throw new TypeError('save needs an address');
  if (email.endsWith('@down.example')) throw new Error('the table does not answer');
  number += 1;
  console.log(`table: row ${number} written`);
  return number;
};
