/**
 * Makes a lesson's quiz.yaml into questions for its pages: reads it, resolves facts, runs what is to be run, and tells the
 * author everything that is wrong in it, with its line. Used by the build only.
 */
import {
  ContentMistakeError,
  locateFindings,
  parseContent,
  type Finding,
  type YamlSource,
} from '../../content/mistakes.ts';
import { countDrawings, type Measure } from './draw.ts';
import { isGiveaway } from './options.ts';
import { preparationFor, type FactWorld } from './preparation.ts';
import { recordRuns, type RunWorld } from './prepare-run.ts';
import type { OpenText, QuestionData, RunData } from './question.ts';
import { quizSchema, type AuthoredQuestion } from './quiz-schema.ts';
import { settle } from './settle.ts';
import type { Preparation } from './source.ts';
import { questionSources } from './types.ts';

/** The lesson that a quiz belongs to. */
export interface QuizLesson {
  readonly id: string;
  readonly label: string;
  /** By topic and point, the heading that teaches it. */
  readonly topics: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Its headings. */
  readonly sections: readonly { readonly id: string; readonly title: string }[];
}

/** What questions may refer to. */
export type QuizWorld = RunWorld & FactWorld;

/** A question draws from at most so many combinations of numbers, because the build tries them all. */
export const mostDrawings = { computed: 500, run: 24 };

/**
 * The questions of a quiz. In a world that records no runs everything else is checked, and questions with a run are left out.
 * @throws {ContentMistakeError} with everything that is wrong
 */
export async function prepareQuiz(source: YamlSource, lesson: QuizLesson, world: QuizWorld): Promise<QuestionData[]> {
  const { questions } = parseContent(quizSchema, source);
  const findings: Finding[] = [];
  const prepared: QuestionData[] = [];
  for (const [at, question] of questions.entries()) {
    const known = new Set<string>();
    const report: Preparation['report'] = (path, reason, mend) => {
      const finding = { path: ['questions', at, ...path], reason, mend };
      // The same for each drawing is told once.
      if (known.size < known.add(finding.path.join('.')).size) findings.push(finding);
    };
    if (questions.findIndex(({ id }) => id === question.id) < at) {
      report(['id'], `"${question.id}" is taken by a question above.`, 'Give this question an id of its own.');
    }
    if (isGiveaway(question.stem) || /\b(?:NOT|EXCEPT)\b/.test(question.stem)) {
      report(['stem'], 'asks for what is not so, or for all or none of something.', 'Ask for what is so.');
    }
    const data = await prepareQuestion(question, lesson, world, report, () => known.size === 0);
    if (data) prepared.push(data);
  }
  if (findings.length > 0) throw new ContentMistakeError(locateFindings(findings, source));
  return prepared;
}

/** Every further point must be one that the lesson teaches. */
function checkFurtherPoints({ alsoAsks }: AuthoredQuestion, lesson: QuizLesson, report: Preparation['report']): void {
  for (const [topic, points] of Object.entries(alsoAsks)) {
    const taught = Object.hasOwn(lesson.topics, topic) ? Object.keys(lesson.topics[topic] ?? {}) : [];
    for (const [at, point] of points.entries()) {
      if (taught.includes(point)) continue;
      const mend = taught.length > 0 ? `Use one of: ${taught.join('; ')}.` : 'Use a topic of this lesson.';
      report(['alsoAsks', topic, at], `"${point}" is no point of "${topic}" that this lesson teaches.`, mend);
    }
  }
}

/** The heading that teaches what the question asks: the lesson says it, unless the question says another. */
function sectionOf(
  { topic, point, section }: AuthoredQuestion,
  lesson: QuizLesson,
  report: Preparation['report'],
): QuestionData['section'] | undefined {
  const points = Object.hasOwn(lesson.topics, topic) ? lesson.topics[topic] : undefined;
  if (!points) {
    const known = Object.keys(lesson.topics).join(', ');
    report(['topic'], `"${topic}" is not a topic of this lesson.`, `Use one of: ${known}.`);
    return undefined;
  }
  const id = section ?? (Object.hasOwn(points, point) ? points[point] : undefined);
  if (id === undefined) {
    const mend = `Use one of: ${Object.keys(points).join('; ')}. Or name the section that teaches it.`;
    report(['point'], `"${point}" is no point that this lesson teaches.`, mend);
    return undefined;
  }
  const found = lesson.sections.find((one) => one.id === id);
  if (!found) {
    const known = lesson.sections.map((one) => one.id).join(', ');
    report(['section'], `"${id}" is not a heading of this lesson.`, `Use one of: ${known}.`);
  }
  return found;
}

async function prepareQuestion(
  question: AuthoredQuestion,
  lesson: QuizLesson,
  world: QuizWorld,
  report: Preparation['report'],
  isFine: () => boolean,
): Promise<QuestionData | undefined> {
  const { id, type, topic, point, stem, explanation, draw, run: runSource } = question;
  const section = sectionOf(question, lesson, report);
  checkFurtherPoints(question, lesson, report);
  const most = runSource ? mostDrawings.run : mostDrawings.computed;
  if (countDrawings(draw) > most) {
    report(['draw'], `has ${countDrawings(draw)} combinations; at most ${most} are tried.`, 'Draw from fewer numbers.');
    return undefined;
  }
  const { computed, ...preparation } = preparationFor(question, world, report);
  const run: RunData | undefined = runSource && (await preparation.run(runSource, ['run']));
  const body = await questionSources[type]?.prepare(question, preparation);
  const data: QuestionData = {
    id: `${lesson.id}/${id}`,
    hash: '',
    type,
    lesson: { id: lesson.id, label: lesson.label },
    topic,
    point,
    section: section ?? { id: '', title: '' },
    stem: preparation.text(stem, ['stem']),
    explanation: explanation === undefined ? ([] satisfies OpenText) : preparation.text(explanation, ['explanation']),
    body,
    ...(run && { run }),
    draw,
    computed,
  };
  if (!isFine() || (runSource && !run)) return undefined;
  let runs: ReadonlyMap<string, Measure> | undefined;
  if (run) {
    if (!world.record) return undefined;
    runs = await recordRuns(run, draw, world.record, (reason, mend) => report(['run'], reason, mend));
    if (!isFine()) return undefined;
  }
  return settle(data, runs, report);
}
