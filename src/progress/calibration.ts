/**
 * Whether confidence was earned: how often answers were right, by how sure the learner said they were. Of several
 * answers to one question in one sitting the first counts, because after it the reply has been read.
 */
import type { Confidence, Entry } from './entry.ts';
import { countingFacts, sittingMs } from './facts.ts';

export interface ConfidenceLevel {
  readonly confidence: Confidence;
  readonly answers: number;
  readonly right: number;
  /** Where the true share of right answers may well lie (95%), 0 to 1; nothing without answers. */
  readonly range: { readonly from: number; readonly to: number } | undefined;
  readonly verdict: Verdict;
}

/** `few`: too few answers to say anything; `over`: less often right than said; `under`: more often. */
export type Verdict = 'few' | 'over' | 'under' | 'fits';

/** Fewer answers than this say nothing. */
export const fewAnswers = 5;

/** The share of right answers that each word promises, 0 to 1. */
export const promised = {
  guess: { from: 0, to: 0.6 },
  'think-so': { from: 0.6, to: 0.9 },
  sure: { from: 0.9, to: 1 },
} as const satisfies Record<Confidence, { from: number; to: number }>;

export const confidences = ['guess', 'think-so', 'sure'] as const satisfies readonly Confidence[];

/** All three levels, from guess to sure. */
export function calibration(entries: readonly Entry[]): readonly ConfidenceLevel[] {
  const counts = {
    guess: { answers: 0, right: 0 },
    'think-so': { answers: 0, right: 0 },
    sure: { answers: 0, right: 0 },
  };
  const lastAnswered = new Map<string, number>();
  for (const fact of countingFacts(entries)) {
    if (fact.kind !== 'answer-given') continue;
    const before = lastAnswered.get(fact.question);
    lastAnswered.set(fact.question, fact.at);
    if (fact.confidence === undefined || (before !== undefined && fact.at - before < sittingMs)) continue;
    counts[fact.confidence].answers += 1;
    if (fact.correct) counts[fact.confidence].right += 1;
  }
  return confidences.map((confidence) => {
    const { answers, right } = counts[confidence];
    const range = answers === 0 ? undefined : wilsonRange(right, answers);
    return { confidence, answers, right, range, verdict: verdictOn(confidence, answers, range) };
  });
}

function verdictOn(confidence: Confidence, answers: number, range: ConfidenceLevel['range']): Verdict {
  if (answers < fewAnswers || !range) return 'few';
  if (range.to < promised[confidence].from) return 'over';
  return range.from > promised[confidence].to ? 'under' : 'fits';
}

/** Wilson's score interval at 95%: honest for small numbers, where the plain share pretends to know. */
export function wilsonRange(right: number, answers: number): { from: number; to: number } {
  const z = 1.96;
  const share = right / answers;
  const middle = share + (z * z) / (2 * answers);
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * answers)) / answers);
  const scale = 1 + (z * z) / answers;
  return { from: Math.max(0, (middle - spread) / scale), to: Math.min(1, (middle + spread) / scale) };
}
