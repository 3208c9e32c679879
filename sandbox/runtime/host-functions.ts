/** What the process does for its guest: the host's side of what the guest core calls. */
import type { ApiCall, HttpCall } from './contract.ts';
import type { CostModel } from './metering.ts';
import type { HandlerResolution, Resolution } from './module-resolution.ts';
import type { NativeFunctions } from './native/native-functions.ts';

/** The guest's side is guest/core/host.ts. */
export interface HostFunctions {
  /** Called at each call of any other. */
  crossed(): void;
  /** The host has read code of so many characters for the guest. */
  parsed(characters: number): void;
  log(message: string, level: string): void;
  write(text: string): void;
  exit(code: number): void;
  exitBySignal(signal: string): void;
  initialized(): void;
  initFailed(payload: string): void;
  responded(payload: string): void;
  streamStarted(contentType: string): void;
  streamed(body: string): void;
  streamDelay(sent: number, bytes: number): number;
  failed(payload: string, errorType: string): void;
  completed(): void;
  ticksQueued(): void;
  timersChanged(): void;
  immediatesAdded(): void;
  meter(ticks: number): void;
  outOfMemory(): void;
  suspendMeter(ticks: number): void;
  resumeMeter(): void;
  now(): number;
  elapsed(): number;
  /** What the guest calls by name; see native/native-functions.ts. */
  readonly native: NativeFunctions;
  memoryUsed(): number;
  resolve(specifier: string, parent: string, kind: 'require' | 'import'): Resolution;
  resolveHandlerFile(path: string): HandlerResolution;
  readText(path: string): string | undefined;
  /** The source of a CommonJS file as it is to be compiled. */
  commonJsSource(path: string): string;
  callApi(id: number, call: ApiCall): void;
  answers(url: string): boolean;
  request(id: number, call: HttpCall): void;
  abandon(id: number): void;
  fileRead(path: string): Uint8Array | undefined;
  fileSize(path: string): number | undefined;
  fileWrite(path: string, bytes: Uint8Array): string;
  fileRemove(path: string): string;
  fileList(): string[];
  explain(message: string, file: string, line: number, column: number): string;
  /** A module that was required threw: its promise is nobody's. */
  moduleThrew(): void;
  /** Whether the guest is being stopped: then calls end without a result. */
  stopped(): boolean;
  /** The guest core threw: the function tampered with something the core needs. */
  coreFailed(message: string): void;
  readonly sdk: CostModel['sdk'];
}
