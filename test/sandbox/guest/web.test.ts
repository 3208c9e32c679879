/** fetch and its classes, abort signals, structuredClone, messages and timers inside the guest. */
import { expect, test } from 'vitest';
import { evaluateInGuest } from './guest.ts';

const prelude = String.raw`
  const u = require('util'), tp = require('timers/promises');
  const cause = async (work) => { try { return await work() } catch (e) { return [e.name, e.message, e.cause && [e.cause.code, e.cause.message, e.cause.errno, e.cause.syscall]] } };
`;

test('fetch fails as on a closed network', () => {
  expect(
    evaluateInGuest(prelude, [
      "cause(() => fetch('http://127.0.0.1:3000/x'))",
      "cause(() => fetch('https://api.example.com/'))",
      "cause(() => fetch('http://10.0.0.1/'))",
      "cause(() => fetch('nope'))",
      "cause(() => fetch('http://127.0.0.1:9/'))",
      "cause(() => fetch('http://localhost', { signal: AbortSignal.abort() }))",
      "fetch('data:application/json;base64,eyJhIjoxfQ==').then(async (r) => [await r.json(), r.status, r.headers.get('content-type')])",
      "new Promise((done) => require('https').get('https://nowhere.example/').on('error', (e) => done(e.message)))",
      "new Promise((done) => require('http').request('http://localhost:8080/').on('error', (e) => done(e.code)).end('x'))",
      "require('dns/promises').lookup('nowhere.example')",
    ]),
  ).toEqual([
    ['TypeError', 'fetch failed', ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:3000', -111, 'connect']],
    ['TypeError', 'fetch failed', ['ENOTFOUND', 'getaddrinfo ENOTFOUND api.example.com', -3008, 'getaddrinfo']],
    [
      'TypeError',
      'fetch failed',
      ['ENETUNREACH', 'connect ENETUNREACH 10.0.0.1:80 - Local (0.0.0.0:0)', -101, 'connect'],
    ],
    ['TypeError', 'Failed to parse URL from nope', ['ERR_INVALID_URL', 'Invalid URL', null, null]],
    ['TypeError', 'fetch failed', [null, 'bad port', null, null]],
    ['AbortError', 'This operation was aborted', null],
    [{ a: 1 }, 200, 'application/json'],
    'getaddrinfo ENOTFOUND nowhere.example',
    'ECONNREFUSED',
    'Error|ENOTFOUND|getaddrinfo ENOTFOUND nowhere.example',
  ]);
});

test('requests, responses, headers and forms', () => {
  expect(
    evaluateInGuest(prelude, [
      "(async () => { const r = new Response('{\"a\":1}', { status: 201, headers: { 'X-A': 'b' } }); return [r.status, r.ok, r.headers.get('x-a'), r.headers.get('content-type'), await r.json(), r.bodyUsed] })()",
      "(async () => { const r = new Response('x'); await r.text(); return r.text() })()",
      "[...new Headers({ B: '2', a: '1', 'Set-Cookie': 'x' })]",
      "new Headers({ 'bad name': 'x' })",
      "(async () => { const f = new FormData(); f.append('a', '1'); f.append('f', new File(['abc'], 'n.txt', { type: 'text/plain' })); const g = await new Response(f).formData(); return [g.get('a'), g.get('f').name, await g.get('f').text()] })()",
      "(() => { const q = new Request('http://h/p', { method: 'post', body: 'x' }); return [q.method, q.url, q.headers.get('content-type')] })()",
      'new Response("x", { status: 99 })',
      "u.inspect(new Blob(['hello', new Uint8Array([33])], { type: 'text/Plain' }))",
    ]),
  ).toEqual([
    [201, true, 'b', 'text/plain;charset=UTF-8', { a: 1 }, true],
    'TypeError||Body is unusable: Body has already been read',
    [
      ['a', '1'],
      ['b', '2'],
      ['set-cookie', 'x'],
    ],
    'TypeError||Headers.append: "bad name" is an invalid header name.',
    ['1', 'n.txt', 'abc'],
    ['POST', 'http://h/p', 'text/plain;charset=UTF-8'],
    'RangeError||init["status"] must be in the range of 200 to 599, inclusive.',
    "Blob { size: 6, type: 'text/plain' }",
  ]);
});

test('abort signals', () => {
  expect(
    evaluateInGuest(prelude, [
      "(() => { const c = new AbortController(); const seen = []; c.signal.addEventListener('abort', (e) => seen.push(e.type)); c.abort(); return [seen, c.signal.aborted, c.signal.reason.name, c.signal.reason.code] })()",
      '(async () => { const s = AbortSignal.timeout(5); await tp.setTimeout(20); return [s.aborted, s.reason.name, s.reason.code] })()',
      "(() => { const c = new AbortController(); const any = AbortSignal.any([c.signal]); c.abort(new Error('E')); return any.reason.message })()",
      'tp.setTimeout(50, null, { signal: AbortSignal.abort() })',
    ]),
  ).toEqual([
    [['abort'], true, 'AbortError', 20],
    [true, 'TimeoutError', 23],
    'E',
    'AbortError|ABORT_ERR|The operation was aborted',
  ]);
});

test('structuredClone copies what it can and names what it cannot', () => {
  expect(
    evaluateInGuest(prelude, [
      'u.inspect(structuredClone({ d: new Date(0), m: new Map([[1, { x: 1 }]]), r: /x/gi, u: new Uint8Array([1, 2]), big: 1n, arr: [1, , 3] }))',
      '(() => { const c = {}; c.c = c; const x = structuredClone(c); return x.c === x && x !== c })()',
      'structuredClone({ f() {} })',
      'structuredClone(Promise.resolve())',
      "(() => { const e = structuredClone(new TypeError('te', { cause: 'c' })); return [e instanceof TypeError, e.message, e.cause] })()",
    ]),
  ).toEqual([
    '{\n  d: 1970-01-01T00:00:00.000Z,\n  m: Map(1) { 1 => { x: 1 } },\n  r: /x/gi,\n  u: Uint8Array(2) [ 1, 2 ],\n  big: 1n,\n  arr: [ 1, <1 empty item>, 3 ]\n}',
    true,
    'DataCloneError|25|f() {} could not be cloned.',
    'DataCloneError|25|#<Promise> could not be cloned.',
    [true, 'te', 'c'],
  ]);
});

test('message channels, promise timers and performance follow virtual time', () => {
  expect(
    evaluateInGuest(prelude, [
      'new Promise((done) => { const { port1, port2 } = new MessageChannel(); port2.onmessage = (e) => done(e.data); port1.postMessage({ a: [1] }) })',
      "tp.setTimeout(5, 'value')",
      "u.promisify(setTimeout)(1, 'promised')",
      '(async () => { let n = 0; for await (const x of tp.setInterval(10, "t")) if (++n === 3) return [n, x] })()',
      "(async () => { performance.mark('a'); await tp.setTimeout(30); return performance.measure('m', 'a').duration })()",
      "performance.measure('x', 'no such mark')",
    ]),
  ).toEqual([
    { a: [1] },
    'value',
    'promised',
    [3, 't'],
    30,
    'SyntaxError|12|The "no such mark" performance mark has not been set',
  ]);
});
