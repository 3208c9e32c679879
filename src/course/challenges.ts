/** The challenges of the course in order, each with the unit at whose end it stands. */
import { resolve } from 'node:path';
import { getCollection, type CollectionEntry } from 'astro:content';
import { readChallengeFolder, type ChallengeFolder } from '../../content/challenge-folder.ts';
import { readCourse, type Lesson, type Unit } from './course.ts';
import { readTopics } from './reference.ts';

export interface Challenge {
  readonly id: string;
  /** Folder from the project's root: `content/challenges/01-reuse-a-client`. */
  readonly folder: string;
  /** Address from the site's root, `/challenges/<id>/`. */
  readonly href: string;
  readonly entry: CollectionEntry<'challenges'>;
  /** Brief, checks, code and solutions. */
  readonly content: ChallengeFolder;
  /** What is asked: a pass with another hash was for another version. */
  readonly hash: string;
  /** The lessons that teach its topics, in course order. */
  readonly lessons: readonly Lesson[];
  /** The unit at whose end it stands; absent while that unit has no lesson. */
  readonly unit?: Unit;
}

let read: Promise<readonly Challenge[]> | undefined;

/** All challenges, in the order of their folders. Read once for a build; while authoring, for each page. */
export function readChallenges(): Promise<readonly Challenge[]> {
  if (import.meta.env.DEV) return readAll();
  return (read ??= readAll());
}

async function readAll(): Promise<readonly Challenge[]> {
  const course = await readCourse();
  const entries = await getCollection('challenges');
  const challenges = await Promise.all(entries.map((entry) => readChallenge(entry, course)));
  return challenges.sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The challenges that stand at the end of a unit. */
export async function challengesOf(unit: Unit): Promise<readonly Challenge[]> {
  return (await readChallenges()).filter((challenge) => challenge.unit?.number === unit.number);
}

/** The challenges that ask for one of these topics. */
export async function challengesAbout(topics: readonly string[]): Promise<readonly Challenge[]> {
  return (await readChallenges()).filter(({ entry }) => entry.data.topics.some((topic) => topics.includes(topic)));
}

/**
 * The challenge with this id. `askedBy` is the file that names it, for the author.
 * @throws when there is no such challenge
 */
export async function findChallenge(id: string, askedBy: string): Promise<Challenge> {
  const challenges = await readChallenges();
  const challenge = challenges.find((candidate) => candidate.id === id);
  if (challenge) return challenge;
  const known = challenges.map((candidate) => candidate.id).join(', ') || 'none';
  throw new Error(`${askedBy}: there is no challenge "${id}" in content/challenges/ (${known}).`);
}

async function readChallenge(entry: CollectionEntry<'challenges'>, course: readonly Unit[]): Promise<Challenge> {
  const folder = (entry.filePath ?? '').replace(/\/brief\.mdx$/, '');
  const content = await readChallengeFolder(folder, resolve('.'));
  const lessons = course
    .flatMap((unit) => unit.lessons)
    .filter((lesson) => entry.data.topics.some((topic) => topic in lesson.entry.data.topics));
  const topics = readTopics().filter((topic) => entry.data.topics.includes(topic.id));
  const number = Math.max(...topics.map((topic) => topic.unit));
  const unit = course.find((candidate) => candidate.number === number);
  return {
    id: entry.id,
    folder,
    href: `/challenges/${entry.id}/`,
    entry,
    content,
    hash: content.hash,
    lessons,
    ...(unit && { unit }),
  };
}
