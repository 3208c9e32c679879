/** The text is no schedule. The message says which part is wrong and what may stand there. */
export class ScheduleExpressionError extends Error {
  override readonly name = 'ScheduleExpressionError';
}
