/** Imported first by the commands: says in words when the Node that runs them is too old. */
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 22) {
  console.error(
    `Coldstart's commands need Node 22 or newer; this is ${process.version}. On most platforms a newer one comes with\n` +
      'the dependencies (if yours leaves optional ones out, run "npm ci --include=optional"). Otherwise install it from\n' +
      'https://nodejs.org and try again.',
  );
  process.exit(1);
}
