/** Where running code in the simulator differs from Lambda's Node.js, each with an example that a test runs. */

/** `example` is a handler's body; `gives` is what the simulator answers: the result, or the start of the error message. */
export interface SimulatorDifference {
  readonly id: string;
  /** What Lambda does. */
  readonly differs: string;
  /** What the simulator does instead. */
  readonly instead: string;
  readonly example: string;
  readonly gives: { readonly result: unknown } | { readonly error: string };
}

export const simulatorDifferences: readonly SimulatorDifference[] = [
  {
    id: 'recursion-depth',
    differs: 'Node.js calls itself about 11,000 levels deep before "Maximum call stack size exceeded".',
    instead: 'The same RangeError comes after about 1,200 levels.',
    example:
      'const down = (n) => (n === 0 ? "bottom" : down(n - 1)); const results = []; for (const depth of [900, 5000]) { try { results.push(down(depth)); } catch (error) { results.push(error.message); } } return results;',
    gives: { result: ['bottom', 'Maximum call stack size exceeded'] },
  },
  {
    id: 'nested-data',
    differs:
      'Node.js reads and writes data nested tens of thousands of levels deep, or throws an error that can be caught.',
    instead:
      'Data nested some thousand levels deep ends the invocation with a RangeError, and the environment is reset.',
    example: 'return JSON.parse("[".repeat(20000) + "]".repeat(20000)).length;',
    gives: { error: 'Maximum call stack size exceeded' },
  },
  {
    id: 'endless-code',
    differs: 'Lambda runs endless code until the timeout.',
    instead:
      'After a fixed amount of work the simulator concludes that the code will not end, gives the outcome that the timeout gives, and says so under the run.',
    example: 'for (;;);',
    gives: { error: 'RequestId:' },
  },
  {
    id: 'network',
    differs: 'A function outside a VPC reaches the internet.',
    instead: 'There is no network: fetch and node:http fail as they do where nothing can be reached.',
    example: 'return await fetch("https://example.com/");',
    gives: { error: 'fetch failed' },
  },
  {
    id: 'locales',
    differs: 'Intl in Node.js knows every locale.',
    instead:
      'The simulator knows de-DE, en-US and four other kinds of English, es-ES, fr-FR, it-IT, ja-JP, ko-KR, nl-NL, pt-BR, sv-SE and zh-CN, in every time zone. For another it says which it knows.',
    example: 'return new Intl.NumberFormat("pl-PL").format(1234.5);',
    gives: { error: 'The locale pl-PL is not available in this simulator' },
  },
  {
    id: 'aws-sdk',
    differs: 'Lambda’s Node.js comes with the whole AWS SDK, version 3.',
    instead:
      'The simulator has the clients of CloudWatch, DynamoDB (with the document client), EC2, EventBridge, Kinesis, Lambda, S3, Secrets Manager, SNS, SQS, STS and Systems Manager. Importing another package says which there are.',
    example: 'return (await import("@aws-sdk/client-sfn")).SFNClient.name;',
    gives: { error: "Cannot find package '@aws-sdk/client-sfn' imported from /var/task/index.mjs (Lambda comes with" },
  },
  {
    id: 'aws-commands',
    differs: 'A client sends every command of its service, in any Region.',
    instead:
      'The simulator has the commands that lessons and common functions use, in one Region. Another command says which there are; its effect on time is a model, and no request is signed.',
    example:
      'const { STSClient, AssumeRoleCommand } = await import("@aws-sdk/client-sts"); return new STSClient({}).send(new AssumeRoleCommand({}));',
    gives: { error: 'AssumeRoleCommand of @aws-sdk/client-sts is not available in this simulator. It has' },
  },
  {
    id: 'regular-expression-sets',
    differs: 'With the flag v, \\p{RGI_Emoji} and its like match the emoji that are in use.',
    instead:
      'They match everything that has the form of one. In text given to eval the flag v has no set notation at all.',
    example: 'return /^\\p{RGI_Emoji}$/v.test("\u{1F44D}\u200D\u{1F44D}");',
    gives: { result: true },
  },
  {
    id: 'regular-expression-flags',
    differs: 'Node.js 24 has groups with flags of their own, such as (?i:a), and RegExp.$1 after a match.',
    instead: 'Such a pattern is refused as it is in Node.js 22, and RegExp.$1 is undefined.',
    example: 'return [/(b)/.test("abc"), typeof RegExp.$1, new RegExp("(?i:a)").test("A")];',
    gives: { error: 'Invalid regular expression: /(?i:a)/: Invalid group' },
  },
  {
    id: 'map-iterators',
    differs: 'console.log shows what the iterator of a Map or a Set has still to give.',
    instead: 'It shows <items unknown>.',
    example: 'return (await import("node:util")).inspect(new Set([1]).values());',
    gives: { result: '[Set Iterator] { <items unknown> }' },
  },
  {
    id: 'json-sources',
    differs: 'JSON.rawJSON writes a number digit by digit, and JSON.parse tells a reviver what stood in the text.',
    instead: 'JSON.rawJSON is absent, and a reviver gets no third argument.',
    example:
      'return [typeof JSON.rawJSON, JSON.parse("[1.50]", (key, value, context) => (key === "0" ? typeof context : value))];',
    gives: { result: ['undefined', ['undefined']] },
  },
  {
    id: 'using',
    differs: 'Node.js 24 has using and await using, and DisposableStack.',
    instead: 'Code with a using declaration does not load, and DisposableStack is absent.',
    example: 'return typeof DisposableStack;',
    gives: { result: 'undefined' },
  },
  {
    id: 'large-integers',
    differs: 'A BigInt in Node.js has up to 1,073,741,824 bits.',
    instead: 'It has up to 1,048,576; beyond that comes the same RangeError.',
    example: 'return String(2n ** 1048577n > 0n);',
    gives: { error: 'Maximum BigInt size exceeded' },
  },
  {
    id: 'long-texts',
    differs: 'Joining texts to more than 536,870,888 characters throws "Invalid string length" in Node.js.',
    instead: 'String.prototype.repeat and padEnd throw it too; other ways to a text so long end at the memory.',
    example: 'return "x".repeat(2 ** 29).length;',
    gives: { error: 'Invalid string length' },
  },
  {
    id: 'threads-and-processes',
    differs: 'node:child_process and node:worker_threads start other programs and threads.',
    instead: 'They exist, and say that the simulator has none.',
    example: 'const { Worker } = await import("node:worker_threads"); return new Worker("work.js");',
    gives: { error: 'new Worker() is not available in this simulator' },
  },
  {
    id: 'webassembly',
    differs: 'Node.js has WebAssembly and Atomics.',
    instead: 'They are absent.',
    example: 'return [typeof WebAssembly, typeof Atomics];',
    gives: { result: ['undefined', 'undefined'] },
  },
  {
    id: 'brotli',
    differs: 'node:zlib also compresses with Brotli and Zstandard.',
    instead: 'The simulator has gzip, deflate and raw deflate, and says so when asked for another.',
    example: 'const { brotliCompressSync } = await import("node:zlib"); return brotliCompressSync("text").length;',
    gives: { error: 'zlib.brotliCompressSync() is not available in this simulator' },
  },
  {
    id: 'contexts',
    differs: 'node:vm runs code in contexts of their own, and node:async_hooks has createHook.',
    instead: 'A function has one context. AsyncLocalStorage works; createHook says that it is not available.',
    example: 'const { createHook } = await import("node:async_hooks"); return createHook({});',
    gives: { error: 'async_hooks.createHook() is not available in this simulator' },
  },
  {
    id: 'many-arguments',
    differs: 'Node.js passes more than 100,000 arguments to one call.',
    instead: 'A call takes at most 65,535 arguments.',
    example: 'return Math.max(...new Array(70000).fill(1));',
    gives: { error: 'too many arguments in function call' },
  },
  {
    id: 'large-memory',
    differs: 'A function may use all the memory it is configured with.',
    instead: 'The simulator gives at most 1,024 MB beyond the runtime, then concludes that memory ran out.',
    example: 'const all = []; for (let i = 0; i < 3000; i++) all.push(new Uint8Array(1000000)); return all.length;',
    gives: { error: 'RequestId:' },
  },
];

/** Where the networks of a VPC differ; there is nothing to run about what is absent. */
export const networkDifferences: readonly Omit<SimulatorDifference, 'example' | 'gives'>[] = [
  {
    id: 'vpc-parts',
    differs: 'A VPC has network ACLs, IPv6, peering, transit gateways, VPNs, flow logs and endpoint policies.',
    instead:
      'The simulator has subnets, route tables, internet and NAT gateways, gateway and interface endpoints, and security groups, all with IPv4.',
  },
  {
    id: 'vpc-private-resources',
    differs: 'Databases of RDS, caches and file systems have private addresses in a VPC.',
    instead:
      'What has a private address here is an internal load balancer and an interface endpoint. Functions reach it with fetch; node:net, node:dns and node:http reach nothing.',
  },
  {
    id: 'vpc-states',
    differs:
      'NAT gateways, endpoints and stacks take minutes until they are there. A network interface that nobody uses for weeks is taken back, and subnets run out of addresses.',
    instead:
      'They are there at once, only a function waits for its network interfaces. Interfaces stay, and there are always addresses. What is in use can be deleted.',
  },
  {
    id: 'vpc-public-addresses',
    differs: 'Rules of security groups and routes name any range of addresses.',
    instead:
      'For what is on the internet only 0.0.0.0/0 counts, and for a gateway endpoint its prefix list. An error text has the host’s name where AWS has its address.',
  },
  {
    id: 'vpc-bytes',
    differs: 'NAT gateways and interface endpoints are paid for all bytes, and traffic between zones costs extra.',
    instead: 'The bill counts the bytes of requests and answers, without headers, and nothing for another zone.',
  },
  {
    id: 'templates',
    differs: 'CloudFormation makes resources of some thousand types, functions among them.',
    instead:
      'template.yaml makes networks and internal load balancers, and sets VpcConfig and variables of the function. For another type or property it says what it has.',
  },
];
