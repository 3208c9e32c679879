const started = Date.now();
let beats = 0;
setInterval(() => {
  beats += 1;
}, 1000);

export const handler = async (event) => {
  console.log(`${event.name} writes: ${event.text}`);
  return {
    machine: `Node.js ${process.version} on ${process.arch}`,
    secondsSinceStart: Math.round((Date.now() - started) / 1000),
    beats,
  };
};
