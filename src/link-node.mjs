/**
 * After an install: makes the Node that comes with the dependencies the one that npm's scripts run on. npm links it
 * itself, except where it takes the link away again with the packages of other platforms, as npm 10 does.
 */
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
const system = { win32: 'win' }[process.platform] ?? process.platform;
const place = [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`].find((name) =>
  existsSync(`${modules}${name}/bin`),
);

if (place !== undefined && process.platform === 'win32') {
  if (!existsSync(`${modules}.bin/node.cmd`)) {
    writeFileSync(`${modules}.bin/node.cmd`, `@"%~dp0..\\${place}\\bin\\node.exe" %*\r\n`);
  }
} else if (place !== undefined && !existsSync(`${modules}.bin/node`)) {
  symlinkSync(`../${place}/bin/node`, `${modules}.bin/node`);
}
