/** Data that is generated before the sandbox runs: the facts, as a list. */
declare module '*/facts.generated.json' {
  const facts: readonly import('./facts.ts').Fact[];
  export default facts;
}
