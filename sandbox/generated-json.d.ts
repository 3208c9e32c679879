/** Data that is generated before the sandbox runs: the facts, as `content/compile-facts.mjs` has checked them. */
declare module '*/facts.generated.json' {
  const facts: unknown;
  export default facts;
}
