/** Why an event pattern cannot be used, in the words of the rule engine that EventBridge publishes, and where. */

export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
  readonly reason: string;
  /** The field that it is about: `detail.state`; empty for the pattern as a whole. */
  readonly field: string;

  constructor(reason: string, path: readonly string[] = []) {
    const field = path.join('.');
    super(field === '' ? reason : `${reason} at ${field}`);
    this.reason = reason;
    this.field = field;
  }
}
