/** node:stream, its promises and consumers, and the web streams inside the guest. */
import { expect, test } from 'vitest';
import { differencesFromNode, evaluateInGuest } from './guest.ts';

const prelude = "const s = require('stream'), u = require('util'), { once } = require('events');";

test('pipes, transforms and iterates', () => {
  expect(
    evaluateInGuest(prelude, [
      '(async () => { const out = []; for await (const x of s.Readable.from([1, 2, 3])) out.push(x); return out })()',
      "s.promises.pipeline(s.Readable.from(['a']), new s.Transform({ transform(c, e, done) { done(new Error('tx')) } }), new s.PassThrough())",
      "require('stream/consumers').text(s.Readable.from(['a', 'b']))",
      "new Response(new Blob(['hello']).stream().pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip'))).text()",
    ]),
  ).toEqual([[1, 2, 3], 'Error||tx', 'ab', 'hello']);
});

const expressions = [
  String.raw`(async()=>{const out=[];for await(const x of s.Readable.from([1,2,3]))out.push(x);return out})()`,
  String.raw`(async()=>{const out=[];await s.promises.pipeline(s.Readable.from(['a','b']),new s.Transform({transform(c,e,cb){cb(null,String(c).toUpperCase())}}),new s.Writable({write(c,e,cb){out.push(c.toString());cb()}}));return out})()`,
  String.raw`(()=>s.promises.pipeline(s.Readable.from(['a']),new s.Transform({transform(c,e,cb){cb(new Error('tx'))}}),new s.PassThrough()))()`,
  String.raw`(async()=>{const p=new s.PassThrough();p.end('hi');const ch=[];p.on('data',c=>ch.push(c));await once(p,'end');return Buffer.concat(ch).toString()})()`,
  String.raw`(async()=>{const rd=new s.Readable({read(){this.push('x');this.push(null)}});rd.setEncoding('utf8');let t='';for await(const c of rd)t+=c;return t})()`,
  String.raw`(async()=>{const w=new s.Writable({write(c,e,cb){cb(new Error('werr'))}});w.write('x');const [e]=await once(w,'error');return e.message})()`,
  String.raw`(async()=>{const w=new s.Writable({write(c,e,cb){cb()}});w.end();w.write('late');const [e]=await once(w,'error');return e.code+e.message})()`,
  String.raw`(async()=>(await s.Readable.from([1,2,3,4]).filter(x=>x%2).map(x=>x*2).toArray()))()`,
  String.raw`(async()=>require('stream/consumers').text(s.Readable.from(['a','b'])))()`,
  String.raw`(async()=>{const w=s.Writable({objectMode:true,write(c,e,cb){cb()}});return [w.writableObjectMode,w.write({a:1}),w.writableLength]})()`,
  String.raw`(async()=>{class Up extends s.Transform{_transform(c,e,cb){this.push(c.toString().toUpperCase());cb()}_flush(cb){this.push('!');cb()}};const x=new Up();x.end('abc');let o='';for await(const c of x)o+=c;return o})()`,
  String.raw`(async()=>{const d=s.Duplex.from(async function*(src){for await(const c of src)yield String(c)+'1'});d.end('q');let o='';for await(const c of d)o+=c;return o})()`,
  String.raw`(async()=>{const rs=new ReadableStream({start(c){c.enqueue('a');c.enqueue('b');c.close()}});const o=[];for await(const x of rs)o.push(x);return o})()`,
  String.raw`(async()=>{const {readable,writable}=new TransformStream({transform(c,k){k.enqueue(c*2)}});const w=writable.getWriter();w.write(2);w.close();return (await readable.getReader().read()).value})()`,
  String.raw`(async()=>new Response(new ReadableStream({start(c){c.enqueue(new TextEncoder().encode('st'));c.close()}})).text())()`,
  String.raw`(async()=>{const b=new Blob(['a','b']);const o=[];for await(const x of b.stream())o.push(...x);return o})()`,
  String.raw`(async()=>Buffer.from(await new Response(new Blob(['hello']).stream().pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()).toString())()`,
  String.raw`(()=>new Promise((res,rej)=>s.pipeline(s.Readable.from(['z']),new s.PassThrough(),(e)=>res(e===undefined)).resume?.()))()`,
  String.raw`(async()=>{const w=s.Readable.toWeb(s.Readable.from(['a','b']));const o=[];for await(const x of w)o.push(String(x));return o})()`,
  String.raw`(async()=>{const w=s.Readable.fromWeb(new ReadableStream({start(c){c.enqueue('a');c.close()}}));const o=[];for await(const x of w)o.push(String(x));return o})()`,
  String.raw`(async()=>{const rd=new s.Readable({read(){}});rd.destroy(new Error('des'));const [e]=await once(rd,'error');return [e.message,rd.destroyed]})()`,
  String.raw`(async()=>{const order=[];const rd=s.Readable.from(['a']);rd.on('end',()=>order.push('end'));rd.on('close',()=>order.push('close'));rd.on('data',()=>order.push('data'));await once(rd,'close');return order})()`,
  '[new s.Writable().writableHighWaterMark, new s.Readable().readableHighWaterMark]',
];

test('streams behave as Node’s do', async () => {
  expect(await differencesFromNode(prelude, expressions)).toEqual([]);
});
