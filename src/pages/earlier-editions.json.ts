/** What earlier editions of the course asked, for progress codes from back then: see `src/progress/code/editions.ts`. */
import type { APIRoute } from 'astro';
import text from '../../content/earlier-editions.yaml?raw';
import { earlierEditionsSchema } from '../../content/editions-schema.ts';
import { parseContent } from '../../content/mistakes.ts';

export const GET: APIRoute = () => {
  const groups = parseContent(earlierEditionsSchema, { file: 'content/earlier-editions.yaml', text });
  return new Response(JSON.stringify(groups), { headers: { 'Content-Type': 'application/json' } });
};
