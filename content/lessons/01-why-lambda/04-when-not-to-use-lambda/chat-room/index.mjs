const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const members = new Set();

export const handler = async ({ name }) => {
  members.add(name);
  await wait(40);
  console.log(`${name} sees ${[...members].join(' and ')}`);
  return { members: [...members], count: members.size };
};
