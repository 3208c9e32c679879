/** The table that says which clause of the specification is covered by which cases, and whether they pass. */

export interface CaseOutcome {
  readonly id: string;
  readonly clause: string;
  readonly why: string;
  /** What was not as expected. */
  readonly mistakes: readonly string[];
}

/** One line a clause, in the order of its number. */
export function clauseTable(outcomes: readonly CaseOutcome[]): string {
  const byClause = Map.groupBy(outcomes, ({ clause }) => clause);
  const clauses = [...byClause.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const lines = clauses.map((clause) => {
    const cases = byClause.get(clause) ?? [];
    const passing = cases.filter(({ mistakes }) => mistakes.length === 0).length;
    const mark = passing === cases.length ? 'passing' : 'FAILING';
    return `${clause.padEnd(7)} ${mark}  ${`${passing}/${cases.length}`.padStart(5)}  ${cases.map(({ id }) => id).join(', ')}`;
  });
  return ['clause  state    cases', ...lines].join('\n');
}
