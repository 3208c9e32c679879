// Stands in for reading one scan: each takes 300 ms.
const read = () => new Promise((resolve) => setTimeout(resolve, 300));

export const handler = async ({ scans }) => {
  for (let done = 0; done < scans; done += 1) {
    if (done % 1000 === 0) console.log(`${done} scans read`);
    await read();
  }
  return { scans };
};
