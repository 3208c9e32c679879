/** `npm start`: builds the course when it has changed since, serves it on this machine, and prints its address. */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');
const sources = ['src', 'content', 'sandbox', 'astro.config.mjs', 'package-lock.json'];

/**
 * Serves a folder as a static host would. Takes any free port when the wanted one is taken.
 *
 * @param {{ directory: string, base?: string, host?: string, port?: number }} options `base` is the path the folder
 *   appears under, with a slash at both ends; port 0 is any free one.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve({ directory, base = '/', host = '127.0.0.1', port = 0 }) {
  const files = sirv(directory, { dev: true, etag: true });
  const server = createServer((request, response) => {
    const missing = async () => {
      const page = await readFile(path.join(directory, '404.html')).catch(() => 'Not found');
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
    };
    if (!request.url?.startsWith(base)) {
      void missing();
      return;
    }
    request.url = request.url.slice(base.length - 1);
    files(request, response, () => void missing());
  });
  const listen = (/** @type {number} */ wanted) =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, host, () => {
        server.off('error', reject);
        resolve(undefined);
      });
    });
  await listen(port).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return listen(0);
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * The time of the last change below a path, in ms since the epoch; what tools write does not count.
 * @param {string} place
 * @returns {Promise<number>}
 */
async function lastChange(place) {
  const found = await stat(place).catch(() => undefined);
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  const names = (await readdir(place)).filter((name) => !/^generated$|\.generated\./.test(name));
  return Math.max(0, ...(await Promise.all(names.map((name) => lastChange(path.join(place, name))))));
}

/** Builds unless `dist/` is newer than everything it is made from. Ends the process with the build's output when it fails. */
async function buildIfNeeded() {
  const [built, ...changes] = await Promise.all([
    lastChange(path.join(dist, 'index.html')),
    ...sources.map((place) => lastChange(path.join(root, place))),
  ]);
  if (built > Math.max(...changes)) return;
  console.log('Building the course. This takes about a minute …');
  const build = spawn('npm run --silent build', {
    cwd: root,
    shell: true,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' },
  });
  let output = '';
  build.stdout.on('data', (text) => (output += text));
  build.stderr.on('data', (text) => (output += text));
  const code = await new Promise((resolve) => build.on('close', resolve));
  if (code !== 0) {
    console.error(`${output}\nThe build failed; its last lines say why.`);
    process.exit(1);
  }
}

/**
 * An address for everybody, 0.0.0.0, as those that others can type.
 * @param {string} url
 */
function reachable(url) {
  if (!url.includes('//0.0.0.0:')) return [url];
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return own.filter(({ family }) => family === 'IPv4').map(({ address }) => url.replace('0.0.0.0', address));
}

async function main() {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '4321' }, host: { type: 'string', default: '127.0.0.1' } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    console.error(`--port takes a number from 0 to 65535, not "${values.port}".`);
    process.exit(1);
  }
  await buildIfNeeded();
  const { url } = await serve({ directory: dist, host: values.host, port });
  if (port !== 0 && new URL(url).port !== String(port)) console.log(`Port ${port} is taken; here is another.`);
  console.log(`Coldstart is at ${reachable(url).join(' and ')}\nCtrl+C ends it.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
