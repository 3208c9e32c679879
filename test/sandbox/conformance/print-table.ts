/** Prints the table of clauses when the run of the unit tests is over. */
import type { TestProject } from 'vitest/node';
import { clauseTable, type CaseOutcome } from './table.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The case that a test ran. */
    conformance?: Pick<CaseOutcome, 'id' | 'clause' | 'mistakes'>;
  }
}

/** Vitest calls this before the tests, and what it returns after them. */
export default function printTableAtEnd({ vitest }: TestProject): () => void {
  return () => {
    const outcomes = vitest.state
      .getTestModules()
      .flatMap((module) => [...module.children.allTests()])
      .flatMap((test) => test.meta().conformance ?? []);
    if (outcomes.length > 0) console.log(`\n${clauseTable(outcomes)}`);
  };
}
