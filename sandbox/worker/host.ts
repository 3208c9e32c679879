/** The Web Worker: fetches the engine on the first session, and serves sessions and labs to the page. */
import wasmUrl from '@jitl/quickjs-ng-wasmfile-release-sync/wasm?url';
import { createAccount } from '../account.ts';
import { defaultFacts } from '../default-facts.ts';
import { openLab } from '../lab/open-lab.ts';
import { EngineLoadError, loadEngine, type Engine } from '../runtime/engine.ts';
import { serveLabs } from './serve-labs.ts';
import { serveSessions } from './serve-sessions.ts';
import { sessionOf } from './session.ts';

let wasm: Promise<ArrayBuffer> | undefined;

/** An engine for one session; the file is fetched and compiled once. */
async function load(): Promise<Engine> {
  wasm ??= fetchWasm();
  try {
    return await loadEngine({ wasm: await wasm });
  } catch (error) {
    wasm = undefined;
    throw error;
  }
}

async function fetchWasm(): Promise<ArrayBuffer> {
  const response = await fetch(wasmUrl).catch((cause: unknown) => {
    throw new EngineLoadError("The JavaScript engine's file could not be fetched.", { cause });
  });
  if (!response.ok) {
    throw new EngineLoadError(`The JavaScript engine's file could not be fetched: status ${response.status}.`);
  }
  return response.arrayBuffer();
}

serveSessions(self, async (options) => sessionOf(await createAccount({ ...options, loadEngine: load }), defaultFacts));

/** Messages that have come in are heard before the next of our own. */
const channel = new MessageChannel();
const breathers: (() => void)[] = [];
channel.port1.onmessage = () => breathers.shift()?.();

serveLabs(self, ({ start, actions }, control) => openLab(start, actions, { control, loadEngine: load }), {
  now: () => performance.now(),
  breathe: () =>
    new Promise((resolve) => {
      breathers.push(resolve);
      channel.port2.postMessage(null);
    }),
});
