/** The object of host functions that the guest core is given. */
import type { QuickJSHandle, VmCallResult } from 'quickjs-emscripten-core';
import type { HttpCall } from './contract.ts';
import type { CallValues } from './guest-calls.ts';
import type { GuestHandle } from './guest-handle.ts';
import { unpackText } from './guest/core/crossing.ts';
import { commonJsWrapper } from './guest/core/names.ts';
import { unpack } from './guest/core/wire.ts';
import type { HostFunctions } from './host-functions.ts';
import { librarySource } from './library.ts';
import { callNative, wholeBuffer } from './native-call.ts';
import { replaceUnicodeSets } from './unicode-sets.ts';

/** Everything crosses as text, numbers, byte buffers or guest handles. */
export function createHostObject(guest: GuestHandle, host: HostFunctions): QuickJSHandle {
  const { context } = guest;
  const object = context.newObject();
  const { getString, getNumber } = {
    getString: (handle: QuickJSHandle | undefined) => (handle === undefined ? '' : context.getString(handle)),
    getNumber: (handle: QuickJSHandle | undefined) => (handle === undefined ? 0 : context.getNumber(handle)),
  };
  type Implementation = (...values: QuickJSHandle[]) => QuickJSHandle | VmCallResult<QuickJSHandle> | undefined;
  const add = (name: string, implementation: Implementation): void => {
    const handle = context.newFunction(name, (...values) => {
      host.crossed();
      return implementation(...values);
    });
    context.setProp(object, name, handle);
    handle.dispose();
  };
  const act = (name: string, action: (...values: QuickJSHandle[]) => void): void =>
    add(name, (...values) => {
      action(...values);
      return undefined;
    });
  const text = (value: string | undefined): QuickJSHandle | undefined =>
    value === undefined ? undefined : context.newString(value);
  const buffer = (bytes: Uint8Array | undefined): QuickJSHandle | undefined =>
    bytes === undefined ? undefined : context.newArrayBuffer(wholeBuffer(bytes));

  act('log', (message, level) => host.log(unpackText(getString(message)), getString(level)));
  act('write', (written) => host.write(unpackText(getString(written))));
  act('exit', (code) => host.exit(getNumber(code)));
  act('exitBySignal', (signal) => host.exitBySignal(getString(signal)));
  const often = (name: string, action: (values: CallValues) => void): void => {
    const handle = guest.calls.newAction(name, (values) => {
      host.crossed();
      action(values);
    });
    context.setProp(object, name, handle);
    handle.dispose();
  };
  act('initialized', () => host.initialized());
  act('initFailed', (payload) => host.initFailed(getString(payload)));
  often('responded', (values) => host.responded(values.text(0)));
  act('streamStarted', (contentType) => host.streamStarted(getString(contentType)));
  act('streamed', (body) => host.streamed(unpackText(getString(body))));
  add('utf8Length', (body) => context.newNumber(new TextEncoder().encode(getString(body)).length));
  add('streamDelay', (sent, bytes) => context.newNumber(host.streamDelay(getNumber(sent), getNumber(bytes))));
  act('failed', (payload, errorType) => host.failed(getString(payload), getString(errorType)));
  often('completed', () => host.completed());
  often('ticksQueued', () => host.ticksQueued());
  often('timersChanged', () => host.timersChanged());
  often('immediatesAdded', () => host.immediatesAdded());
  often('meter', (values) => host.meter(values.number(0)));
  act('outOfMemory', () => host.outOfMemory());
  act('suspendMeter', (ticks) => host.suspendMeter(getNumber(ticks)));
  act('resumeMeter', () => host.resumeMeter());
  add('now', () => context.newNumber(host.now()));
  add('elapsed', () => context.newNumber(host.elapsed()));
  add('memoryUsed', () => context.newNumber(host.memoryUsed()));
  add('native', (name, ...values) => callNative(guest, host.native, getString(name), values));
  add('promiseState', (promise) => {
    const state = context.getPromiseState(promise);
    const result = context.newArray();
    const name = context.newString(state.type);
    context.setProp(result, 0, name);
    name.dispose();
    const value = state.type === 'fulfilled' ? state.value : state.type === 'rejected' ? state.error : undefined;
    if (value !== undefined) {
      context.setProp(result, 1, value);
      if (value !== promise) value.dispose();
    }
    return result;
  });
  add('resolve', (specifier, parent, kind) =>
    text(JSON.stringify(host.resolve(getString(specifier), getString(parent), getString(kind) as 'require'))),
  );
  add('resolveHandlerFile', (path) => text(JSON.stringify(host.resolveHandlerFile(getString(path)))));
  add('readText', (path) => text(host.readText(getString(path))));
  add('compile', (path) => {
    const file = getString(path);
    const source = replaceUnicodeSets(host.commonJsSource(file).replace(/^#!.*/, ''), 'script');
    host.parsed(source.length);
    return context.evalCode(`${commonJsWrapper}${source}\n})`, file, { type: 'global' });
  });
  add('importNow', (path) => {
    const file = getString(path);
    const source = `import * as namespace from ${JSON.stringify(`file://${encodeURI(file)}`)}; export { namespace };`;
    const result = context.evalCode(source, `node:require(${file})`, { type: 'module' });
    if (result.error !== undefined) host.moduleThrew();
    return result;
  });
  add('compileLibrary', (name) => {
    const source = librarySource(getString(name));
    if (source === undefined) return undefined;
    return guest.evaluateBytecode(guest.engine.bytecode(`node:${getString(name)}`, source));
  });
  add('explain', (message, file, line, column) =>
    text(host.explain(getString(message), getString(file), getNumber(line), getNumber(column))),
  );
  const bytesOf = (handle: QuickJSHandle): Uint8Array => {
    const view = context.getArrayBuffer(handle);
    const copy = view.value.slice();
    view.dispose();
    return copy;
  };
  act('callApi', (id, service, operation, newConnection, timeout, packed, ...parts) =>
    host.callApi(getNumber(id), {
      service: getString(service),
      operation: getString(operation),
      newConnection: newConnection !== undefined && context.dump(newConnection) === true,
      ...(getNumber(timeout) > 0 ? { connectionTimeoutMs: getNumber(timeout) } : {}),
      input: unpack({ text: getString(packed), parts: parts.map(bytesOf) }),
    }),
  );
  add('answers', (url) => (host.answers(getString(url)) ? context.true : context.false));
  act('request', (id, packed, ...parts) =>
    host.request(getNumber(id), unpack({ text: getString(packed), parts: parts.map(bytesOf) }) as HttpCall),
  );
  act('abandon', (id) => host.abandon(getNumber(id)));
  add('fileRead', (path) => buffer(host.fileRead(getString(path))));
  add('fileSize', (path) => {
    const size = host.fileSize(getString(path));
    return size === undefined ? undefined : context.newNumber(size);
  });
  add('fileWrite', (path, bytes) => {
    return text(host.fileWrite(getString(path), bytesOf(bytes)));
  });
  add('fileRemove', (path) => text(host.fileRemove(getString(path))));
  add('fileList', () => text(JSON.stringify(host.fileList())));
  return object;
}
