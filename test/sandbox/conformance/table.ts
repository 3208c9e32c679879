/** The table that says which clause of the specification is covered by how many cases, and whether they pass. */

export interface CaseOutcome {
  readonly id: string;
  readonly clause: string;
  readonly why: string;
  /** What was not as expected. */
  readonly mistakes: readonly string[];
}

/** One line a clause, in the order of its number: cases, those that pass, and the names of those that don't. */
export function clauseTable(outcomes: readonly Pick<CaseOutcome, 'id' | 'clause' | 'mistakes'>[]): string {
  const byClause = Map.groupBy(outcomes, ({ clause }) => clause);
  const clauses = [...byClause.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const lines = clauses.map((clause) => {
    const cases = byClause.get(clause) ?? [];
    const failing = cases.filter(({ mistakes }) => mistakes.length > 0);
    const numbers = `${String(cases.length).padStart(5)}  ${String(cases.length - failing.length).padStart(7)}`;
    return `${clause.padEnd(6)}  ${numbers}${failing.length === 0 ? '' : `  FAILING: ${failing.map(({ id }) => id).join(', ')}`}`;
  });
  const passing = outcomes.filter(({ mistakes }) => mistakes.length === 0).length;
  const total = `${String(outcomes.length).padStart(5)}  ${String(passing).padStart(7)}`;
  return ['clause  cases  passing', ...lines, `all     ${total}  in ${clauses.length} clauses`].join('\n');
}
