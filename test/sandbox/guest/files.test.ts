/** node:fs and node:fs/promises inside the guest: the writable /tmp, the read-only rest, Node's errors. */
import { expect, test } from 'vitest';
import { differencesFromNode, evaluateInGuest } from './guest.ts';

const prelude = String.raw`
  const fs = require('fs'), fsp = require('fs/promises'), u = require('util');
  const d = fs.mkdtempSync('/tmp/guest-test-');
  const strip = (value) => typeof value === 'string' ? value.replaceAll(d, 'D') : value;
  const told = (work) => { try { return strip(work()) } catch (e) { return strip([e.name, e.code, e.errno, e.syscall, e.path, e.message].join('|')) } };
`;

test('everything outside /tmp is read-only, and /tmp can be full', () => {
  expect(
    evaluateInGuest(prelude, [
      "fs.writeFileSync('/var/task/x', 'a')",
      "(() => { try { fs.mkdirSync('/var/task/new') } catch (e) { return [e.code, e.errno, e.syscall, e.path] } })()",
      "fs.unlinkSync('/var/task/index.mjs')",
      "fs.writeFileSync('/tmp/big', Buffer.alloc(2e6))",
      "fs.readFileSync('data/a.json', 'utf8')",
      "fs.readdirSync('/var/task')",
      "fsp.access('/var/task/index.mjs', fs.constants.W_OK)",
    ]),
  ).toEqual([
    "Error|EROFS|EROFS: read-only file system, open '/var/task/x'",
    ['EROFS', -30, 'mkdir', '/var/task/new'],
    "Error|EROFS|EROFS: read-only file system, unlink '/var/task/index.mjs'",
    'Error|ENOSPC|ENOSPC: no space left on device, write',
    '{}',
    ['data', 'index.mjs'],
    "Error|EROFS|EROFS: read-only file system, access '/var/task/index.mjs'",
  ]);
});

const expressions = [
  String.raw`told(() => fs.writeFileSync(d+'/a.txt','hello'))`,
  String.raw`told(() => fs.readFileSync(d+'/a.txt','utf8'))`,
  String.raw`told(() => fs.readFileSync(d+'/a.txt').length)`,
  String.raw`told(() => fs.appendFileSync(d+'/a.txt',' world'))`,
  String.raw`told(() => fs.readFileSync(d+'/a.txt',{encoding:'base64'}))`,
  String.raw`told(() => fs.existsSync(d+'/a.txt'))`,
  String.raw`told(() => fs.existsSync(d+'/zz'))`,
  String.raw`told(() => fs.readFileSync(d+'/no','utf8'))`,
  String.raw`told(() => fs.mkdirSync(d+'/x/y'))`,
  String.raw`told(() => fs.mkdirSync(d+'/x/y/z',{recursive:true}))`,
  String.raw`told(() => fs.mkdirSync(d+'/x'))`,
  String.raw`told(() => fs.mkdirSync(d+'/x',{recursive:true}))`,
  String.raw`told(() => fs.readdirSync(d))`,
  String.raw`told(() => fs.readdirSync(d,{withFileTypes:true}).map(e=>e.name+e.isDirectory()+strip(e.parentPath)))`,
  String.raw`told(() => fs.readdirSync(d+'/no'))`,
  String.raw`told(() => fs.statSync(d+'/a.txt').size)`,
  String.raw`told(() => fs.statSync(d).isDirectory())`,
  String.raw`told(() => fs.statSync(d+'/no'))`,
  String.raw`told(() => fs.statSync(d+'/no',{throwIfNoEntry:false}))`,
  String.raw`told(() => fs.unlinkSync(d+'/no'))`,
  String.raw`told(() => fs.rmdirSync(d+'/x'))`,
  String.raw`told(() => fs.rmSync(d+'/x'))`,
  String.raw`told(() => fs.rmSync(d+'/x',{recursive:true}))`,
  String.raw`told(() => fs.rmSync(d+'/no'))`,
  String.raw`told(() => fs.rmSync(d+'/no',{force:true}))`,
  String.raw`told(() => fs.copyFileSync(d+'/a.txt',d+'/b.txt'))`,
  String.raw`told(() => fs.renameSync(d+'/b.txt',d+'/c.txt'))`,
  String.raw`told(() => fs.renameSync(d+'/b.txt',d+'/c.txt'))`,
  String.raw`told(() => fs.readdirSync(d))`,
  String.raw`told(() => fs.accessSync(d+'/no'))`,
  String.raw`told(() => fs.readFileSync(d))`,
  String.raw`told(() => fs.writeFileSync(d,'x'))`,
  String.raw`told(() => fs.writeFileSync(d+'/q/w','x'))`,
  String.raw`told(() => fs.readFileSync(5.5))`,
  String.raw`told(() => fs.readFileSync(undefined))`,
  String.raw`told(() => fs.writeFileSync(d+'/n',{}))`,
  String.raw`told(() => fs.readFileSync(d+'/a.txt','nope'))`,
  String.raw`told(() => fs.openSync(d+'/no'))`,
  String.raw`told(() => (() => {const f=fs.openSync(d+'/fd','w+');fs.writeSync(f,'abcdef');const b=Buffer.alloc(3);fs.readSync(f,b,0,3,1);fs.closeSync(f);return b.toString()})())`,
  String.raw`told(() => fs.closeSync(999))`,
  String.raw`told(() => fs.writeFileSync(d+'/a.txt','x',{flag:'wx'}))`,
  String.raw`told(() => fs.readFileSync(new URL('file://'+d+'/a.txt'),'utf8'))`,
  String.raw`told(() => fs.truncateSync(d+'/a.txt',3))`,
  String.raw`told(() => fs.readFileSync(d+'/a.txt','latin1'))`,
  String.raw`told(() => fs.realpathSync(d))`,
  String.raw`told(() => fs.readFileSync(d+'/a.txt/b'))`,
  String.raw`fsp.readFile(d + '/no').catch((e) => strip(e.message))`,
  String.raw`fsp.writeFile(d + '/p', 'pp').then(() => fsp.readFile(d + '/p', 'utf8'))`,
  String.raw`u.promisify(fs.readFile)(d + '/p', 'utf8')`,
  String.raw`new Promise((done) => fs.readFile(d + '/no', (e) => done(strip(e.message))))`,
  String.raw`fsp.open(d + '/p').then(async (h) => { const text = await h.readFile('utf8'); await h.close(); return text })`,
  String.raw`(async () => { let text = ''; for await (const c of fs.createReadStream(d + '/p', { encoding: 'utf8' })) text += c; return text })()`,
  String.raw`require('stream/promises').pipeline(fs.createReadStream(d + '/p'), fs.createWriteStream(d + '/out')).then(() => fsp.readFile(d + '/out', 'utf8'))`,
  String.raw`(async () => { fs.writeFileSync(d + '/lines', 'one\ntwo\r\nthree'); const lines = []; for await (const line of require('readline').createInterface({ input: fs.createReadStream(d + '/lines') })) lines.push(line); return lines })()`,
  String.raw`fsp.rm(d, { recursive: true }).then(() => fs.existsSync(d))`,
];

test('reads, writes, lists and refuses as Node does', async () => {
  expect(await differencesFromNode(prelude, expressions)).toEqual([]);
});
