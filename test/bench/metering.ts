/** Modelled CPU time against real Node: the same small programs in the sandbox at one full vCPU and in this process. */
import { createAccount } from '../../sandbox/account.ts';
import { median } from './measure.ts';

/** Each body is one piece of work; both sides run it as a function of its own, once, not warmed up. */
const programs: Readonly<Record<string, string>> = {
  'loop with arithmetic': 'let n = 0; for (let i = 0; i < 3e6; i++) n = (n + i * 7) % 1000003; return n;',
  recursion: 'const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); return fib(26);',
  closures:
    'const all = []; for (let i = 0; i < 2000; i++) all.push((x) => x + i); let s = 0; for (let k = 0; k < 200; k++) for (const f of all) s = f(s) % 1009; return s;',
  objects: 'let o = {}; for (let i = 0; i < 300000; i++) o = { a: i, b: o.a, c: { d: i } }; return o.a;',
  'Map and Set':
    'const m = new Map(), s = new Set(); for (let i = 0; i < 150000; i++) { m.set("k" + (i % 5000), i); s.add(i % 997); } return m.size + s.size;',
  'typed arrays':
    'const a = new Float64Array(100000); for (let k = 0; k < 20; k++) for (let i = 0; i < a.length; i++) a[i] = a[i] * 0.5 + i; return a[9];',
  sieve:
    'const N = 500000, s = new Uint8Array(N); for (let i = 2; i * i < N; i++) if (!s[i]) for (let j = i * i; j < N; j += i) s[j] = 1; return s[97];',
  'string building': 'let s = ""; for (let i = 0; i < 200000; i++) s += "x" + i; return s.length;',
  'join and split':
    'const a = []; for (let i = 0; i < 100000; i++) a.push("item" + i); return a.join(",").split(",").length;',
  'sort numbers':
    'const a = []; let x = 1; for (let i = 0; i < 50000; i++) { x = (x * 16807) % 2147483647; a.push(x); } return a.sort((p, q) => p - q)[0];',
  'sort strings':
    'const a = []; let x = 1; for (let i = 0; i < 50000; i++) { x = (x * 16807) % 2147483647; a.push(String(x)); } return a.sort()[0];',
  JSON: 'const o = []; for (let i = 0; i < 5000; i++) o.push({ id: i, name: "n" + i, tags: ["a", "b"], v: { x: 1.5 } }); let t = ""; for (let k = 0; k < 10; k++) t = JSON.stringify(JSON.parse(JSON.stringify(o))); return t.length;',
  'regular expressions':
    'let c = 0; for (let i = 0; i < 50000; i++) if (/(\\w+)@(\\w+)\\.com/.test("user" + i + "@example.com and more")) c++; return c;',
  'array methods':
    'let a = Array.from({ length: 1000 }, (_, i) => i); for (let k = 0; k < 200; k++) a = a.map((x) => x + 1).filter((x) => x >= 0); return a.length;',
  hashing:
    'const { createHash } = process.getBuiltinModule("crypto"); let h = ""; for (let i = 0; i < 50; i++) h = createHash("sha256").update(h + "x".repeat(10000)).digest("hex"); return h.length;',
  'key derivation':
    'return process.getBuiltinModule("crypto").pbkdf2Sync("secret", "salt", 20000, 64, "sha512").length;',
  compression:
    'const zlib = process.getBuiltinModule("zlib"); const text = JSON.stringify(Array.from({ length: 12000 }, (_, i) => ({ id: i, name: "n" + ((i * 7919) % 1000) }))); return zlib.gunzipSync(zlib.gzipSync(text)).length;',
};

export interface MeteredProgram {
  readonly name: string;
  readonly modelledMs: number;
  readonly nodeMs: number;
  /** Modelled over real; 1 is exact. */
  readonly ratio: number;
}

/** How far off a ratio is, whichever way: 2 for 0.5 and for 2. */
export const factorOf = (ratio: number): number => (ratio < 1 ? 1 / ratio : ratio);

/** Runs every program on both sides. Real times depend on the machine and what else it does; modelled ones do not. */
export async function measureMetering(): Promise<MeteredProgram[]> {
  const results: MeteredProgram[] = [];
  for (const [name, body] of Object.entries(programs)) {
    const source = `const work = () => { ${body} };
      export const handler = async () => { const start = performance.now(); work(); return performance.now() - start; };`;
    const account = await createAccount({ seed: 7 });
    await account.lambda.createFunction({
      FunctionName: 'program',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { Files: { 'index.mjs': source } },
      MemorySize: 1769,
      Timeout: 60,
    });
    const result = await account.lambda.invoke({ FunctionName: 'program', Payload: '{}' });
    account.dispose();
    const modelledMs = Number(result.Payload);
    const runs: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const work = new Function(body) as () => unknown;
      const start = performance.now();
      work();
      runs.push(performance.now() - start);
    }
    const nodeMs = median(runs);
    results.push({ name, modelledMs, nodeMs, ratio: modelledMs / nodeMs });
  }
  return results;
}

/** One line a program, then the median and the worst factor. */
export function meteringTable(programsMeasured: readonly MeteredProgram[]): string {
  const lines = programsMeasured.map(
    ({ name, modelledMs, nodeMs, ratio }) =>
      `${name.padEnd(22)} ${modelledMs.toFixed(1).padStart(8)} ms ${nodeMs.toFixed(1).padStart(8)} ms ${ratio.toFixed(2).padStart(7)}`,
  );
  const factors = programsMeasured.map(({ ratio }) => factorOf(ratio));
  const summary = `median factor ${median(factors).toFixed(2)} (aim 2), worst ${Math.max(...factors).toFixed(2)} (aim 5)`;
  return [`${'program'.padEnd(22)}    modelled        Node   ratio`, ...lines, summary].join('\n');
}
