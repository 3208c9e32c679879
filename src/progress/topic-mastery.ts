/**
 * What one knows, by topic, from the latest answer to each question in its present wording, wherever it was given.
 * A right answer that was called a guess is not knowledge.
 */
import type { CourseIndex } from './course-index.ts';
import { lessonsOf } from './course-index.ts';
import type { AnswerGiven, Entry } from './entry.ts';
import { answersByWording, countingFacts, wordingKey } from './facts.ts';
import { placesOfTopic, type TeachingPlace } from './teaching-places.ts';

export type Mastery = 'known' | 'shaky' | 'unseen';

export interface TopicStanding {
  readonly topic: string;
  readonly title: string;
  readonly mastery: Mastery;
  /** Questions the course has on it, how many were answered, and how many of these right and not guessed. */
  readonly questions: number;
  readonly answered: number;
  readonly right: number;
  readonly places: readonly TeachingPlace[];
}

/** A topic counts as known when at least this part of its questions was answered, and of these this part right. */
export const knownFrom = { answered: 1 / 2, right: 4 / 5 } as const;

/** Every topic of the course, in its order. */
export function topicStandings(entries: readonly Entry[], index: CourseIndex): readonly TopicStanding[] {
  const answers = answersByWording(countingFacts(entries));
  const lessons = lessonsOf(index);
  return Object.entries(index.topics).map(([topic, title]) => {
    const asked = lessons.flatMap(({ questions }) => questions.filter((question) => question.topic === topic));
    const latest = asked.flatMap(({ id, hash }) => answers.get(wordingKey(id, hash))?.at(-1) ?? []);
    const right = latest.filter(isKnown).length;
    return {
      topic,
      title,
      mastery: masteryOf(asked.length, latest.length, right),
      questions: asked.length,
      answered: latest.length,
      right,
      places: placesOfTopic(topic, index),
    };
  });
}

const isKnown = ({ correct, confidence }: AnswerGiven): boolean => correct && confidence !== 'guess';

function masteryOf(questions: number, answered: number, right: number): Mastery {
  if (answered === 0) return 'unseen';
  return answered >= questions * knownFrom.answered && right >= answered * knownFrom.right ? 'known' : 'shaky';
}
