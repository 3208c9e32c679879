/** util.inspect and util.format inside the guest: against literal texts, and against Node over a wide list of values. */
import { expect, test } from 'vitest';
import { differencesFromNode, evaluateInGuest } from './guest.ts';

const prelude = String.raw`
  const util = require('util');
  const i = util.inspect;
  class Foo { constructor() { this.a = 1 } }
  class Bar extends Map {}
  const circ = { name: 'c' }; circ.self = circ; circ.list = [circ, { circ }];
  function args() { return arguments }
  const many = {}; for (let k = 0; k < 30; k++) many['key' + k] = k;
  const strip = (text) => text.replace(/(\n +at .*)+/g, '\n    at X');
`;

test('prints common values as Node does', () => {
  expect(
    evaluateInGuest(prelude, [
      "i({ a: 1, b: 'x', c: [1, 2, 3], d: { e: { f: { g: 1 } } } })",
      'i(circ)',
      'i(new Map([["a", { b: 1 }]]))',
      'i([1, , 3])',
      'i(Buffer.from("hi"))',
      'i(Promise.resolve(4))',
      'i(new Promise(() => {}))',
      'i(class A extends Foo {})',
    ]),
  ).toEqual([
    "{ a: 1, b: 'x', c: [ 1, 2, 3 ], d: { e: { f: [Object] } } }",
    "<ref *1> {\n  name: 'c',\n  self: [Circular *1],\n  list: [ [Circular *1], { circ: [Circular *1] } ]\n}",
    "Map(1) { 'a' => { b: 1 } }",
    '[ 1, <1 empty item>, 3 ]',
    '<Buffer 68 69>',
    'Promise { 4 }',
    'Promise { <pending> }',
    '[class A extends Foo]',
  ]);
});

test('prints errors with stack, own fields and cause', () => {
  expect(
    evaluateInGuest(prelude, [
      "strip(i(Object.assign(new TypeError('bad'), { code: 'E_BAD' })))",
      "strip(i(new Error('outer', { cause: new Error('inner') })))",
      "strip(i({ e: new RangeError('in') }))",
      "(() => { const e = new Error('none'); e.stack = undefined; return i(e) })()",
    ]),
  ).toEqual([
    "TypeError: bad\n    at X\n  code: 'E_BAD'\n}",
    'Error: outer\n    at X\n  [cause]: Error: inner\n    at X\n}',
    '{\n  e: RangeError: in\n    at X\n}',
    '[Error: none]',
  ]);
});

test('symbol keys stand without brackets from Node 24 on', () => {
  expect(evaluateInGuest(prelude, ["i({ [Symbol('k')]: 1 })", 'i(new ArrayBuffer(1))'])).toEqual([
    '{ Symbol(k): 1 }',
    'ArrayBuffer { [Uint8Contents]: <00>, [byteLength]: 1 }',
  ]);
});

const values = [
  String.raw`i({a:1,b:'x',c:[1,2,3],d:{e:{f:{g:1}}}})`,
  String.raw`i([1,,3])`,
  String.raw`i([,,,])`,
  String.raw`i('it\'s')`,
  String.raw`i("a'b\"c")`,
  String.raw`i("a'b\"c${'`'}d")`,
  String.raw`i('a\nb\u0007\ud800')`,
  String.raw`i(new Map([['a',{b:1}],[{x:1},2]]))`,
  String.raw`i(new Set([1,'a',[1]]))`,
  String.raw`i(new Foo())`,
  String.raw`i(Foo)`,
  String.raw`i(class extends Foo{})`,
  String.raw`i(class{})`,
  String.raw`i(function(){})`,
  String.raw`i(function foo(){})`,
  String.raw`i(()=>{})`,
  String.raw`i(async()=>{})`,
  String.raw`i(function*g(){})`,
  String.raw`i(async function*ag(){})`,
  String.raw`i(Symbol('x'))`,
  String.raw`i(10n)`,
  String.raw`i(-0)`,
  String.raw`i([undefined,null,true])`,
  String.raw`i(new Date(0))`,
  String.raw`i(new Date(NaN))`,
  String.raw`i(/a/gi)`,
  String.raw`i(new Bar([[1,2]]))`,
  String.raw`i(Object.create(null))`,
  String.raw`i(Object.assign(Object.create(null),{a:1}))`,
  String.raw`i(circ)`,
  String.raw`i(many)`,
  String.raw`i(Array.from({length:120},(_,k)=>k))`,
  String.raw`i(Array.from({length:30},(_,k)=>'item'+k))`,
  String.raw`i('x'.repeat(200))`,
  String.raw`i(['x'.repeat(100)])`,
  String.raw`i({s:'line1\nline2\nline3 which is long enough to be split at some point in the line'})`,
  String.raw`i(new Uint8Array(3))`,
  String.raw`i(new Float64Array([1.5,-0]))`,
  String.raw`i(Promise.resolve(4))`,
  String.raw`i(new Promise(()=>{}))`,
  String.raw`i(new WeakMap())`,
  String.raw`i(new WeakSet())`,
  String.raw`i(Object(1))`,
  String.raw`i(Object('abc'))`,
  String.raw`i(Object(Symbol('q')))`,
  String.raw`i(Object(1n))`,
  String.raw`i(args(1,'b'))`,
  String.raw`i({get a(){return 1},set b(x){},get c(){return 1},set c(v){}})`,
  String.raw`i({get a(){return {x:1}}},{getters:true})`,
  String.raw`i({a:{b:{c:{}}}},{depth:0})`,
  String.raw`i({a:{b:{c:{d:1}}}},{depth:null})`,
  String.raw`i({a:1,b:{c:2}},{compact:false})`,
  String.raw`i({a:1,b:{c:[1,2]}},{compact:true})`,
  String.raw`i({b:1,a:2},{sorted:true})`,
  String.raw`i([3,1,2],{sorted:true})`,
  String.raw`i({a:1n,b:'x',c:null,d:undefined,e:true,f:Symbol('s'),g:()=>{},h:/x/,i:new Date(0)},{colors:true})`,
  String.raw`i(new Proxy({a:1},{}))`,
  String.raw`i(new Proxy(function f(){},{}))`,
  String.raw`i(globalThis.Math)`,
  String.raw`i(JSON)`,
  String.raw`i([[[[]]]])`,
  String.raw`i([[[[1]]]])`,
  String.raw`i({a:[[[1]]]})`,
  String.raw`i(new (class A extends Array{})(3))`,
  String.raw`i(Object.assign([1,2],{x:1}))`,
  String.raw`i(Object.assign(()=>{}, {a:1}))`,
  String.raw`i(Object.assign(function n(){}, {a:{b:{}}}))`,
  String.raw`i(new (class X { [util.inspect.custom](d,o){return 'custom '+d}}))`,
  String.raw`i({x:new (class X { [util.inspect.custom](d,o){return {a:1}}})})`,
  String.raw`i(new Map([[{a:{b:{c:1}}},new Map([[1,new Map([[2,3]])]])]]))`,
  String.raw`i(Object.create({}))`,
  String.raw`i(Object.create(Foo.prototype))`,
  String.raw`i(Foo.prototype)`,
  String.raw`i(Object.prototype)`,
  String.raw`i(Array.prototype)`,
  String.raw`i((function*(){})())`,
  String.raw`i([1,2][Symbol.iterator]())`,
  String.raw`i(new Number(-0))`,
  String.raw`i(12345678.123,{numericSeparator:true})`,
  String.raw`i('a'.repeat(20),{maxStringLength:5})`,
  String.raw`i([1,2,3],{maxArrayLength:1})`,
  String.raw`i(new Set([1,2,3]),{maxArrayLength:1})`,
  String.raw`i(null)`,
  String.raw`i(undefined)`,
  String.raw`i({a:undefined})`,
  String.raw`i('')`,
];

test('inspects as Node does', async () => {
  expect(await differencesFromNode(prelude, values)).toEqual([]);
});

const formats = [
  String.raw`strip(util.format('%s|%d|%i|%f|%j|%o|%O|%%|%c|%x','s',1.5,'42.9','1.5x',{a:1},[1],{b:{c:{d:{e:1}}}},'css','extra'))`,
  String.raw`util.format('a','b',1,{x:1})`,
  String.raw`util.format(1,2,'3')`,
  String.raw`util.format('%s',{a:{b:1}})`,
  String.raw`strip(util.format('%s',new Error('err')))`,
  String.raw`util.format('%s',class A{})`,
  String.raw`util.format('%s',()=>1)`,
  String.raw`util.format('%s',Symbol('a'))`,
  String.raw`util.format('%s',-0)`,
  String.raw`util.format('%s',5n)`,
  String.raw`util.format('%d','0x10')`,
  String.raw`util.format('%d',{})`,
  String.raw`util.format('%j',{toJSON(){return 'J'}})`,
  String.raw`util.format('%s %s','a')`,
  String.raw`util.format('%')`,
  String.raw`util.format('100%')`,
  String.raw`util.format('%s',null,undefined)`,
  String.raw`util.format('%s',new Date(0))`,
  String.raw`util.format('%s',[1,[2,[3]]])`,
  String.raw`util.format('%s',Object.create(null))`,
  String.raw`util.format('%s',{toString(){return 'mine'}})`,
  String.raw`util.format('%s',new (class Z{toString(){return 'zz'}}))`,
  String.raw`util.format('%i',1.9,'a')`,
  String.raw`util.format('%%%s%%','x')`,
  String.raw`util.format('%s:%s','a')`,
  String.raw`util.format()`,
  String.raw`util.format('%o',{a:[1]})`,
  String.raw`util.format('%s', new (class W extends Error{})('w')).split('\n')[0]`,
];

test('formats as Node does', async () => {
  expect(await differencesFromNode(prelude, formats)).toEqual([]);
});
