/** The course's index in the page: loaded once, from the address that the page's head names. */
import type { CourseIndex } from './course-index.ts';

const address = (): string => {
  const link = document.querySelector<HTMLLinkElement>('link[rel="course-index"]');
  if (!link) throw new Error('This page does not say where the index of the course is.');
  return link.href;
};

let loading: Promise<CourseIndex> | undefined;

/** Rejects when it cannot be fetched; the next call tries again. */
export function loadCourseIndex(): Promise<CourseIndex> {
  loading ??= fetchIndex().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchIndex(): Promise<CourseIndex> {
  // The address changes with the content: what is in the browser's cache is right, however old.
  const response = await fetch(address(), { cache: 'force-cache' });
  if (!response.ok) throw new Error(`The index of the course could not be loaded (${response.status}).`);
  return (await response.json()) as CourseIndex;
}

/** An address from the site's root as one that works on this page, under whatever path the site is. */
export const onSite = (href: string): string => new URL(href, address()).href;
