/** The collections Astro builds pages from: the lessons, the challenges, the course's few plain pages (Starlight's `docs`), and words of the shell. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { challengeSchema } from '../content/challenge-schema.ts';
import { lessonSchema } from '../content/schema.ts';

export const collections = {
  lessons: defineCollection({
    loader: glob({
      base: './content/lessons',
      pattern: '*/*/index.mdx',
      // The id in the frontmatter is the lesson's identity: a folder may move and be renumbered.
      generateId: ({ data }) => String(data.id),
    }),
    schema: lessonSchema,
  }),
  challenges: defineCollection({
    loader: glob({
      base: './content/challenges',
      pattern: '*/brief.mdx',
      generateId: ({ data }) => String(data.id),
    }),
    schema: challengeSchema,
  }),
  docs: defineCollection({ loader: glob({ base: './content/pages', pattern: '*.mdx' }), schema: docsSchema() }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
