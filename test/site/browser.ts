/** Finds a browser for the site's tests: the machine's own Chrome first, then Playwright's, then the packed one. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

/** Thrown when this machine has no browser that the tests can drive. */
export class NoBrowserError extends Error {
  override name = 'NoBrowserError';
}

export interface FoundBrowser {
  readonly executablePath: string;
  /** What the browser's process needs besides the environment of this one. */
  readonly environment: Readonly<Record<string, string>>;
}

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** Where Chrome, Chromium and Edge are installed, by platform. */
const installed: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/opt/google/chrome/chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].flatMap((base) =>
    base === undefined
      ? []
      : [`${base}\\Google\\Chrome\\Application\\chrome.exe`, `${base}\\Microsoft\\Edge\\Application\\msedge.exe`],
  ),
};

/**
 * Unpacks the Chromium that comes with the dependencies (Linux on x64) into node_modules/.cache, once per version.
 * A minimal Linux lacks the libraries and fonts that a browser needs: the package brings those too.
 */
async function packedBrowser(): Promise<FoundBrowser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const packed = await import('@sparticuz/chromium').catch(() => undefined);
  if (packed === undefined) return undefined;
  const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
  const archives = path.join(modules, '@sparticuz/chromium/bin');
  const manifest = JSON.parse(await readFile(path.join(archives, '../package.json'), 'utf8')) as { version: string };
  const cache = path.join(modules, '.cache');
  const home = path.join(cache, `chromium-${manifest.version}`);
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    const unfinished = await mkdtemp(path.join(cache, 'unpacking-'));
    const systemTemporary = process.env['TMPDIR'];
    // The package unpacks to the temporary folder and takes whatever lies there already, complete or not.
    process.env['TMPDIR'] = unfinished;
    try {
      for (const name of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) {
        await packed.inflate(path.join(archives, name));
      }
    } finally {
      if (systemTemporary === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = systemTemporary;
    }
    await rename(unfinished, home).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  const executablePath = path.join(home, 'chromium');
  const { stdout } = await promisify(execFile)('ldd', [executablePath]).catch(() => ({ stdout: 'not found' }));
  return {
    executablePath,
    environment: {
      ...(stdout.includes('not found') ? { LD_LIBRARY_PATH: path.join(home, 'al2023', 'lib') } : {}),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(home, 'fonts') }),
    },
  };
}

/** Rejects with `NoBrowserError`, which says what to install. `COLDSTART_BROWSER` names one browser and no other. */
export async function findBrowser(): Promise<FoundBrowser> {
  const named = process.env['COLDSTART_BROWSER'];
  if (named !== undefined) {
    if (!existsSync(named)) throw new NoBrowserError(`COLDSTART_BROWSER names ${named}, which does not exist.`);
    return { executablePath: named, environment: {} };
  }
  const places = [...(installed[process.platform] ?? []), chromium.executablePath()];
  const executablePath = places.find((place) => place !== '' && existsSync(place));
  if (executablePath !== undefined) return { executablePath, environment: {} };
  const packed = await packedBrowser();
  if (packed !== undefined) return packed;
  throw new NoBrowserError(
    'No browser to test with. Install Google Chrome from https://www.google.com/chrome/, or run\n' +
      '  npx playwright-core install chromium\n' +
      'or set COLDSTART_BROWSER to the path of a Chromium-based browser.',
  );
}

/** How to start what was found; a new, empty profile each time. */
export function launchOptions(found: FoundBrowser) {
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  return {
    executablePath: found.executablePath,
    args: [...flags, ...(root ? ['--no-sandbox'] : [])],
    env: { ...process.env, ...found.environment } as Record<string, string>,
  };
}
