/** node:stream, from readable-stream, Node's own streams as a package, with the bridges to web streams that it lacks. */
import library from 'readable-stream/lib/stream.js';

const stream = library as any;
// As in Node since 22; the package has the number of before.
stream.setDefaultHighWaterMark(false, 65_536);

const webStreams = (): any => load('internal/web-streams');

function readableToWeb(readable: any): unknown {
  const iterator = readable[Symbol.asyncIterator]() as AsyncIterator<unknown>;
  return new (webStreams().ReadableStream)({
    async pull(controller: any) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value instanceof Uint8Array ? new Uint8Array(value) : value);
    },
    cancel: (reason: unknown) => readable.destroy(reason),
  });
}

function readableFromWeb(source: any, options?: object): unknown {
  return stream.Readable.from(source, { objectMode: false, ...options });
}

function writableToWeb(writable: any): unknown {
  return new (webStreams().WritableStream)({
    write: (chunk: unknown) =>
      new Promise<void>((resolve, reject) => {
        writable.write(chunk, (error: unknown) => (error ? reject(error) : resolve()));
      }),
    close: () => new Promise<void>((resolve) => writable.end(resolve)),
    abort: (reason: unknown) => writable.destroy(reason),
  });
}

function writableFromWeb(target: any, options?: object): unknown {
  const writer = target.getWriter();
  const after = (promise: Promise<unknown>, done: (error?: unknown) => void): void => {
    promise.then(() => done(), done);
  };
  return new stream.Writable({
    ...options,
    write: (chunk: unknown, _encoding: string, done: () => void) => after(writer.write(chunk), done),
    final: (done: () => void) => after(writer.close(), done),
  });
}

Object.assign(stream.Readable, { toWeb: readableToWeb, fromWeb: readableFromWeb });
Object.assign(stream.Writable, { toWeb: writableToWeb, fromWeb: writableFromWeb });
stream.Duplex.toWeb = (duplex: any): unknown => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) });
stream.Duplex.fromWeb = (pair: any): unknown =>
  stream.Duplex.from({ readable: readableFromWeb(pair.readable), writable: writableFromWeb(pair.writable) });
export default stream;
