/** node:assert inside the guest. */
import { expect, test } from 'vitest';
import { differencesFromNode, evaluateInGuest } from './guest.ts';

const prelude = "const a = require('assert');";

test('says what differs', () => {
  expect(
    evaluateInGuest(prelude, [
      'a.strictEqual(1, 2)',
      'a.deepStrictEqual({ a: 1, b: { c: 2 } }, { a: 1, b: { c: 3 } })',
    ]),
  ).toEqual([
    'AssertionError|ERR_ASSERTION|Expected values to be strictly equal:\n\n1 !== 2\n',
    'AssertionError|ERR_ASSERTION|Expected values to be strictly deep-equal:\n+ actual - expected\n\n' +
      '  {\n    a: 1,\n    b: {\n+     c: 2\n-     c: 3\n    }\n  }\n',
  ]);
});

const expressions = [
  String.raw`a(0,'msg')`,
  String.raw`a.ok(true)`,
  String.raw`a.equal(1,2)`,
  String.raw`a.strictEqual(1,2)`,
  String.raw`a.strictEqual('a'.repeat(20),'a'.repeat(19)+'b')`,
  String.raw`a.deepStrictEqual({a:1,b:{c:2}},{a:1,b:{c:3}})`,
  String.raw`a.deepStrictEqual([1,2,3],[1,2,4])`,
  String.raw`a.deepStrictEqual({a:1},{a:'1'})`,
  String.raw`a.deepEqual({a:1},{a:'1'})`,
  String.raw`a.deepEqual({a:1},{a:2})`,
  String.raw`a.notStrictEqual(1,1)`,
  String.raw`a.notDeepStrictEqual({a:1},{a:1})`,
  String.raw`a.throws(()=>{throw new TypeError('bad')},TypeError)`,
  String.raw`a.throws(()=>{throw new TypeError('bad')},RangeError)`,
  String.raw`a.throws(()=>{throw new TypeError('bad')},/good/)`,
  String.raw`a.throws(()=>{throw new TypeError('bad')},{message:'bad',name:'TypeError'})`,
  String.raw`a.throws(()=>{throw new TypeError('bad')},{message:'no'})`,
  String.raw`a.throws(()=>{})`,
  String.raw`a.throws(()=>{},TypeError,'why')`,
  String.raw`a.throws(()=>{throw new Error('x')},(e)=>e.message==='x')`,
  String.raw`a.doesNotThrow(()=>{throw new Error('x')})`,
  String.raw`a.fail()`,
  String.raw`a.fail('boom')`,
  String.raw`a.ifError(null)`,
  String.raw`a.ifError(new Error('ie'))`,
  String.raw`a.match('abc',/x/)`,
  String.raw`a.match('abc',/b/)`,
  String.raw`a.doesNotMatch('abc',/b/)`,
  String.raw`a.strictEqual({a:1},{a:1})`,
  String.raw`a.strictEqual(NaN,NaN)`,
  String.raw`a.strictEqual(undefined,null)`,
  String.raw`a.deepStrictEqual(new Map([[1,{a:1}]]),new Map([[1,{a:1}]]))`,
  String.raw`a.deepStrictEqual(new Set([1,{a:2}]),new Set([{a:2},1]))`,
  String.raw`a.deepStrictEqual(new Date(0),new Date(1))`,
  String.raw`a.deepStrictEqual([1,[2]],[1,[2]])`,
  String.raw`a.deepStrictEqual(new Error('a'),new Error('b'))`,
  String.raw`a.notEqual(1,1)`,
  String.raw`a.strictEqual(1,2,new RangeError('own'))`,
  String.raw`a.equal(null,undefined)`,
  String.raw`a.strict===a.strict.strict`,
  String.raw`a.strict.equal(1,'1')`,
  String.raw`a.strictEqual('a\nb','a\nc')`,
  String.raw`a.deepStrictEqual({a:1,b:2,c:3,d:4,e:5,f:6,g:7,h:8,i:9},{a:1,b:2,c:3,d:4,e:5,f:6,g:7,h:8,i:10})`,
  String.raw`a.deepStrictEqual([1,2,3,4,5,6,7,8,9,10],[1,2,3,4,5,6,7,8,9,11])`,
  String.raw`a.strictEqual(1)`,
  String.raw`a.throws('x')`,
  String.raw`a.deepStrictEqual(-0,0)`,
  String.raw`a.strictEqual([1,2],[1,2])`,
  String.raw`a.deepStrictEqual('a','b')`,
  String.raw`a.strictEqual('hello world this is long','hello world this was long')`,
  String.raw`a.partialDeepStrictEqual({a:1,b:2},{a:1})`,
  String.raw`a.deepStrictEqual({},[])`,
  String.raw`a.deepStrictEqual(null,undefined)`,
  String.raw`a.strictEqual(true,false)`,
  String.raw`a.strictEqual(123456789,987654321)`,
  String.raw`a.deepStrictEqual({x:{y:[1,2,{z:3}]}},{x:{y:[1,2,{z:4}]}})`,
  String.raw`a.rejects(Promise.reject(new Error('x')), /x/)`,
  String.raw`a.rejects(Promise.resolve(1))`,
  String.raw`a.doesNotReject(Promise.reject(new Error('q')))`,
  String.raw`a.rejects(async () => { throw new TypeError('t') }, RangeError)`,
  String.raw`a.rejects(5)`,
  String.raw`(() => { try { a.strictEqual(1, 2) } catch (e) { return [Object.keys(e), e.generatedMessage, String(e), e.stack.split('\n')[0]] } })()`,
];

test('passes, fails and explains as Node does', async () => {
  expect(await differencesFromNode(prelude, expressions)).toEqual([]);
});
