/**
 * What one knows, by topic, from the latest answer to each question in its present wording, wherever it was given.
 * A right answer that was called a guess is not knowledge.
 */
import type { CourseIndex } from './course-index.ts';
import { lessonsOf } from './course-index.ts';
import type { AnswerGiven, Entry } from './entry.ts';
import { answersByWording, countingFacts, wordingKey } from './facts.ts';

export type Mastery = 'known' | 'shaky' | 'unseen';

/** A part of a lesson that teaches a topic. */
export interface TeachingPlace {
  readonly label: string;
  /** Address from the site's root, without a slash in front. */
  readonly href: string;
}

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
      places: placesOf(topic, index),
    };
  });
}

const isKnown = ({ correct, confidence }: AnswerGiven): boolean => correct && confidence !== 'guess';

function masteryOf(questions: number, answered: number, right: number): Mastery {
  if (answered === 0) return 'unseen';
  return answered >= questions * knownFrom.answered && right >= answered * knownFrom.right ? 'known' : 'shaky';
}

/** The sections its questions point to; for lessons that only name the topic, their beginning. */
function placesOf(topic: string, index: CourseIndex): readonly TeachingPlace[] {
  const places = new Map<string, TeachingPlace>();
  for (const lesson of lessonsOf(index)) {
    const sections = lesson.questions.filter((question) => question.topic === topic).map(({ section }) => section);
    if (sections.length === 0 && lesson.topics.includes(topic)) sections.push(undefined);
    for (const section of sections) {
      const title = lesson.sections.find(({ id }) => id === section)?.title;
      const href = title === undefined ? lesson.href : `${lesson.href}#${section}`;
      places.set(href, { label: title === undefined ? lesson.label : `${lesson.label}: ${title}`, href });
    }
  }
  return [...places.values()];
}
