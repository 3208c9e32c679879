/** ESLint: typed rules for everything in TypeScript, and the sandbox's ban on ambient time and chance. */
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

/** The language itself is the only thing the sandbox may lean on: time and chance come from its kernel. */
const ambientGlobals = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'crypto',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'requestAnimationFrame',
  'process',
  'window',
  'document',
  'navigator',
  'localStorage',
  'sessionStorage',
  'indexedDB',
].map((name) => ({ name, message: 'The sandbox has no world around it: use the kernel, or take it as a parameter.' }));

const ambientProperties = [
  { object: 'Date', property: 'now', message: "Use the kernel's clock." },
  { object: 'Math', property: 'random', message: "Use the kernel's seeded randomness." },
];

const ambientSyntax = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: "Use the kernel's clock." },
  { selector: 'CallExpression[callee.name="Date"]', message: "Use the kernel's clock." },
  {
    selector: 'CallExpression[callee.property.name=/^(toLocale(String|DateString|TimeString)|getTimezoneOffset)$/]',
    message: 'The answer depends on the machine: format with fixed rules, in UTC.',
  },
];

export default defineConfig(
  globalIgnores([
    'dist/',
    '.astro/',
    '**/*.generated.*',
    '**/generated/',
    'content/lessons/',
    'content/challenges/',
    'content/scenarios/',
  ]),
  {
    files: ['**/*.{ts,js,mjs,svelte}'],
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A contract says what may come; a method without `await` inside may still have to be async by contract.
      '@typescript-eslint/require-await': 'off',
      // Spreading a string gives code points, which is what is wanted where it is done.
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**'],
    extends: [svelte.configs.recommended],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      // Types inside markup come from svelte-check, which understands them better.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // Runes are reassigned from markup, where this rule does not look.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$state', '$derived'] }],
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['sandbox/**/*.ts'],
    ignores: ['sandbox/terminal/**', 'sandbox/runtime/guest/**'],
    rules: {
      'no-restricted-globals': ['error', ...ambientGlobals],
      'no-restricted-properties': ['error', ...ambientProperties],
      'no-restricted-syntax': ['error', ...ambientSyntax],
    },
  },
  {
    // A guest that runs changes what this code looks at, which control flow analysis cannot see.
    files: ['sandbox/runtime/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Bytes and tokens are addressed by index all over; a check at each would hide the code.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // The watchdog and the wire need a real clock and a worker; chance stays banned.
    files: ['sandbox/worker/**/*.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // Node's library as the guest has it: its clock and chance are the guest's own, and it takes any value there is.
    files: ['sandbox/runtime/guest/**'],
    rules: {
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-function-type': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'prefer-spread': 'off',
    },
  },
  {
    files: ['test/**', 'sandbox/terminal/**', 'src/serve.ts', '**/*.mjs'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  {
    // Reference programs are texts that run in both worlds.
    files: ['test/bench/**'],
    rules: { '@typescript-eslint/no-implied-eval': 'off' },
  },
  {
    // Plain scripts: no types to check.
    files: ['**/*.{js,mjs}'],
    extends: [typescript.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
);
