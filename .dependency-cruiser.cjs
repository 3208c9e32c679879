/** Which room may know which: `npm run lint` fails when an import goes the wrong way. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [...allowed, '^node_modules/', '^(node:)?[a-z_/]+$'] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or hide a third. Types may point back.',
      severity: 'error',
      // Inspecting a value is recursive over all its kinds.
      from: { pathNot: '^sandbox/runtime/guest/node/internal/inspect' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unnamed-rooms',
      comment: 'Say what the folder is about.',
      severity: 'error',
      // node:util is Node's name for it.
      from: { pathNot: '^sandbox/runtime/guest/node/' },
      to: { path: '(^|/)(utils?|helpers?|common|misc|shared|lib)(/|\\.[a-z]+$)', pathNot: '^node_modules/' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^astro:|\\?(raw|url|worker|inline)|virtual:|^monaco-editor' },
    },
    {
      name: 'declared-packages',
      comment: 'A package that is used is listed in package.json.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'sandbox-knows-no-site',
      comment: 'The sandbox gets lessons and facts as data.',
      severity: 'error',
      from: { path: '^sandbox/', pathNot: '^sandbox/terminal/' },
      to: { path: '^(src|content|test)/' },
    },
    {
      name: 'sandbox-has-no-node',
      comment: 'The engine runs in a Web Worker as well as in Node; what only Node needs is imported when it is Node.',
      severity: 'error',
      from: { path: '^sandbox/', pathNot: '^sandbox/(terminal/|runtime/guest/|.*\\.mjs$)' },
      to: { dependencyTypes: ['core'], dynamic: false },
    },
    only('kernel-stands-alone', '^sandbox/kernel/', ['^sandbox/kernel/', '^sandbox/(trace|facts)\\.ts$']),
    only(
      'runtime-knows-the-kernel',
      '^sandbox/runtime/',
      ['^sandbox/(runtime|kernel)/', '^sandbox/(trace|facts)\\.ts$'],
      'One process does not know which service started it.',
    ),
    only(
      'billing-reads-the-trace',
      '^sandbox/billing/',
      ['^sandbox/(billing|kernel)/', '^sandbox/(trace|facts)\\.ts$'],
      'A bill is a reading of the trace.',
    ),
    only(
      'services-know-the-runtime',
      '^sandbox/(lambda|services|fleet)/',
      ['^sandbox/(lambda|services|fleet|billing|runtime|kernel)/', '^sandbox/(trace|facts)\\.ts$'],
      'Services do not know the account or the worker they run in.',
    ),
    {
      name: 'sandbox-door',
      comment: 'A page runs things through the worker client, and reads traces; everything else is types.',
      severity: 'error',
      // The recorded run is made when the page is built, in Node.
      from: {
        path: '^src/',
        pathNot: '^src/(components/runner/record-run|challenges/prove|lab/(prove-scenario|record-scenario))\\.ts$',
      },
      to: {
        path: '^sandbox/',
        pathNot: ['^sandbox/worker/client\\.ts$', '^sandbox/billing/', '^sandbox/facts\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'recording-door',
      comment:
        'The build records runs, and proves challenges and scenarios, with the same sessions and labs that pages use.',
      severity: 'error',
      from: { path: '^src/(components/runner/record-run|challenges/prove|lab/(prove-scenario|record-scenario))\\.ts$' },
      to: {
        path: '^sandbox/',
        pathNot: [
          '^sandbox/worker/session\\.ts$',
          '^sandbox/lab/open-lab\\.ts$',
          '^sandbox/(account|default-facts|facts)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'content-door',
      comment: 'Lessons arrive as collections and folders, checked by their schema; only the files on top are a door.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: '^content/',
        pathNot: ['^content/[^/]+\\.(ts|yaml)$', 'generated'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'questions-carry-no-schemas',
      comment:
        'Pages load the types of questions to grade; what schemas are made of comes from pieces.ts, at build time.',
      severity: 'error',
      from: {
        path: '^src/quiz/',
        pathNot: '^src/quiz/(pieces|quiz-schema|prepare|prepare-run|preparation|settle)\\.ts$',
      },
      to: { path: '^content/|/zod/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'content-knows-no-site',
      severity: 'error',
      from: { path: '^content/[^/]+\\.(ts|mjs)$' },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'tests-are-read-by-nobody',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.astro)/|^content/(lessons|challenges|scenarios)/|(^|/)generated/|\\.generated\\.' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'types', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.svelte', '.json', '.d.ts'],
    },
  },
};
