/** The last step of preparing a question: every drawing is tried, closed or measured, and what was asked gets its hash. */
import { createHash } from 'node:crypto';
import { callKey, closeQuestion, drawings, drawKey, type Drawn, type Measure } from './draw.ts';
import { ExpressionError } from './expression.ts';
import type { Question, QuestionData, Value } from './question.ts';
import type { Preparation } from './source.ts';
import { questionSources, typeOf } from './types.ts';

/** `runs` is how each drawing's run is measured, for a question with a run. Nothing when it cannot be asked. */
export function settle(
  data: QuestionData,
  runs: ReadonlyMap<string, Measure> | undefined,
  report: Preparation['report'],
): QuestionData | undefined {
  const measured: Record<string, Record<string, Value>> = {};
  let last: Question | undefined;
  for (const drawn of drawings(data.draw)) {
    const kept: Record<string, Value> = (measured[drawKey(drawn)] = {});
    const measure: Measure = (name, given) => {
      const value = runs?.get(drawKey(drawn))?.(name, given);
      if (value !== undefined) kept[callKey(name, given)] = value;
      return value;
    };
    try {
      last = closeQuestion(data, drawn, 0, measure);
      checkDrawing(last, drawn, report);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      report([], about(drawn, error.message), 'Correct the expression.');
      return undefined;
    }
  }
  if (data.run) return withHash({ ...data, run: { ...data.run, measured } });
  if (Object.keys(data.draw).length > 0 || !last) return withHash(data);
  const { stem, explanation, body } = last;
  return withHash({ ...data, stem, explanation, body, computed: {} });
}

/** The key must be right and every foreseen wrong answer wrong, whatever was drawn. */
function checkDrawing(question: Question, drawn: Drawn, report: Preparation['report']): void {
  const type = typeOf(question);
  questionSources[question.type]?.check?.(question, (path, reason, mend) => report(path, about(drawn, reason), mend));
  const key = type.key(question);
  if (type.lacks(question, key) !== undefined || !type.grade(question, key).correct) {
    report([], about(drawn, 'does not take its own answer for right.'), 'Check its answer and what it accepts.');
  }
  for (const wrong of type.foreseen(question)) {
    if (type.lacks(question, wrong) !== undefined || !type.grade(question, wrong).correct) continue;
    const reason = `takes ${JSON.stringify(wrong)} for right, which it lists as wrong.`;
    report([], about(drawn, reason), 'Remove it from one of the two.');
  }
}

/** A reason with the numbers for which it holds. */
const about = (drawn: Drawn, reason: string): string =>
  Object.keys(drawn).length === 0 ? reason : reason.replace(/\.$/, ` (with ${drawKey(drawn).replaceAll(',', ', ')}).`);

/** Properties that are said after an answer: other words there ask nothing new. */
const saidAfterwards = new Set([
  'reply',
  'otherwise',
  'otherVerdict',
  'wrong',
  'mended',
  'disprovedBy',
  'prices',
  'look',
]);

function withHash(data: QuestionData): QuestionData {
  const { type, stem, body, draw, computed, run } = data;
  const asked = JSON.stringify([type, stem, body, draw, computed, run], (key, value: unknown) =>
    saidAfterwards.has(key) ? undefined : value,
  );
  return { ...data, hash: createHash('sha256').update(asked).digest('hex').slice(0, 12) };
}
