/** The Web Worker: loads the engine once, on the first session, and serves sessions to the page. */
import wasmUrl from '@jitl/quickjs-ng-wasmfile-release-sync/wasm?url';
import { createAccount } from '../account.ts';
import { defaultFacts } from '../default-facts.ts';
import { EngineLoadError, loadEngine, type Engine } from '../runtime/engine.ts';
import { serveSessions } from './serve-sessions.ts';
import { sessionOf } from './session.ts';

let engine: Promise<Engine> | undefined;

/** Engines are shared by all sessions; one that failed to load or was retired by a trap is not kept. */
async function currentEngine(): Promise<Engine> {
  engine ??= load();
  try {
    const loaded = await engine;
    if (!loaded.retired) return loaded;
  } catch (error) {
    engine = undefined;
    throw error;
  }
  engine = load();
  return engine;
}

async function load(): Promise<Engine> {
  const response = await fetch(wasmUrl).catch((cause: unknown) => {
    throw new EngineLoadError("The JavaScript engine's file could not be fetched.", { cause });
  });
  if (!response.ok) {
    throw new EngineLoadError(`The JavaScript engine's file could not be fetched: status ${response.status}.`);
  }
  return loadEngine({ wasm: await response.arrayBuffer() });
}

serveSessions(self, async (options) =>
  sessionOf(await createAccount({ ...options, loadEngine: currentEngine }), defaultFacts),
);
