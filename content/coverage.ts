/** Which lesson teaches each point of `content/topics.yaml`, and which questions ask it. Node only. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { topicFileSchema, type Topic } from './course-files.ts';
import { frontmatterOf } from './frontmatter.ts';
import { parseContent } from './mistakes.ts';
import { sectionsOf } from './sections.ts';

/** One point of a topic. */
export interface CoveredPoint {
  readonly topic: Topic;
  readonly point: string;
  /** `<lesson id>#<section>` of every place that teaches it. */
  readonly taught: readonly string[];
  /** `<lesson id>/<question id>` of every question that asks it. */
  readonly asked: readonly string[];
}

/** What a lesson or a quiz says about a point that does not hold. */
export interface CoverageMistake {
  readonly file: string;
  readonly reason: string;
  readonly mend: string;
}

export interface Coverage {
  readonly points: readonly CoveredPoint[];
  readonly mistakes: readonly CoverageMistake[];
}

/** As much of a lesson's frontmatter and of a question as coverage needs; their own schemas check the rest. */
const lessonSchema = z.object({ id: z.string(), topics: z.record(z.string(), z.record(z.string(), z.string())) });
const quizSchema = z.object({
  questions: z.array(
    z.object({
      id: z.string(),
      topic: z.string(),
      point: z.string(),
      alsoAsks: z.record(z.string(), z.array(z.string())).default({}),
    }),
  ),
});

/**
 * Reads the whole course below a project's root.
 * @throws {ContentMistakeError} when topics.yaml does not fit its schema
 */
export async function readCoverage(root: string): Promise<Coverage> {
  const read = (file: string) => readFile(`${root}/${file}`, 'utf8');
  const file = 'content/topics.yaml';
  const topics = parseContent(topicFileSchema, { file, text: await read(file) });
  const cells = new Map<string, { taught: string[]; asked: string[] }>();
  for (const { id, points } of topics) for (const point of points) cells.set(key(id, point), { taught: [], asked: [] });
  const mistakes: CoverageMistake[] = [];
  const unknown = (where: string, topic: string, point: string): void => {
    const found = topics.find(({ id }) => id === topic);
    mistakes.push(
      found === undefined
        ? { file: where, reason: `there is no topic "${topic}".`, mend: `Use an id of ${file}.` }
        : {
            file: where,
            reason: `the topic "${topic}" has no point "${point}".`,
            mend: `Use its words: ${found.points.join('; ')}.`,
          },
    );
  };
  for (const page of globSync('content/lessons/*/*/index.mdx', { cwd: root }).sort()) {
    const text = await read(page);
    const lesson = lessonSchema.parse(parse(frontmatterOf(page, text).text));
    const anchors = new Set(sectionsOf(text).map((section) => section.id));
    for (const [topic, points] of Object.entries(lesson.topics)) {
      for (const [point, section] of Object.entries(points)) {
        const cell = cells.get(key(topic, point));
        if (cell === undefined) unknown(page, topic, point);
        else cell.taught.push(`${lesson.id}#${section}`);
        if (!anchors.has(section)) {
          mistakes.push({
            file: page,
            reason: `"${point}" is said to be taught under "${section}", and there is no such heading.`,
            mend: `Use one of: ${[...anchors].join(', ')}.`,
          });
        }
      }
    }
    const quizFile = page.replace(/index\.mdx$/, 'quiz.yaml');
    const quiz = quizSchema.parse(parse(await read(quizFile)));
    for (const { id, topic, point, alsoAsks } of quiz.questions) {
      const further = Object.entries(alsoAsks).flatMap(([other, points]) => points.map((one) => [other, one] as const));
      for (const [askedTopic, askedPoint] of [[topic, point] as const, ...further]) {
        const cell = cells.get(key(askedTopic, askedPoint));
        if (cell === undefined) unknown(`${quizFile}, question ${id}`, askedTopic, askedPoint);
        else cell.asked.push(`${lesson.id}/${id}`);
      }
    }
  }
  const points = topics.flatMap((topic) =>
    topic.points.map((point) => ({ topic, point, ...(cells.get(key(topic.id, point)) ?? { taught: [], asked: [] }) })),
  );
  return { points, mistakes };
}

const key = (topic: string, point: string): string => `${topic}\n${point}`;
