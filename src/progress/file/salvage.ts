/** What can be saved of a record's file that is no longer JSON: it has one fact a line, so whole lines can be read. */
import { courseName } from './format.ts';
import type { UncheckedFile } from './migrations.ts';

/** Nothing when the text was never a record of this course. */
export function salvageLines(text: string): UncheckedFile | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  if (!lines.some((line) => line.startsWith(`"course": "${courseName}"`))) return undefined;
  const field = (key: string): unknown => {
    const line = lines.find((candidate) => candidate.startsWith(`"${key}": `));
    return line && parse(line.slice(key.length + 4));
  };
  const entries = lines.filter((line) => line.startsWith('{ ')).flatMap((line) => parse(line) ?? []);
  return { course: courseName, version: field('version'), exported: field('exported'), entries };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line.replace(/,$/, ''));
  } catch {
    return undefined;
  }
}
