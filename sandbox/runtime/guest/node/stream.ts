/** node:stream, from readable-stream, Node's own streams as a package. */
import library from 'readable-stream/lib/ours/browser.js';

const stream = library as unknown as Record<string, unknown> & ((...args: unknown[]) => unknown);
Object.defineProperty(stream, 'promises', { get: () => load('stream/promises') as unknown, enumerable: true, configurable: true });
export default stream;
