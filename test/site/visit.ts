/** A visit to the site: a page of its own that notices every console error, page error, failed and foreign request. */
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';

let browser: Browser;

/** Call once at the top of a test file. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject('browserEndpoint'));
  });
  afterAll(async () => {
    await browser.close();
  });
}

export interface Visit {
  readonly page: Page;
  /** Where the site lives. */
  readonly site: string;
  /** Paths requested so far, relative to the site's address, in order. */
  readonly requested: readonly string[];
}

export interface VisitOptions extends BrowserContextOptions {
  /** Where the site lives; the root of its origin unless told otherwise. */
  readonly site?: string;
  /** Console lines that belong to what is tested. */
  readonly expectedConsole?: RegExp;
  /** The address leads nowhere, and on the way to what is shown instead other requests may. */
  readonly lost?: boolean;
}

const isOwnOrigin = (url: string, site: string): boolean => new URL(url).origin === new URL(site).origin;

/** Opens a page of the site in a fresh profile, does the work, and fails if anything complained meanwhile. */
export async function visit(
  address: string,
  work: (visit: Visit) => Promise<void>,
  { site = inject('rootUrl'), expectedConsole, lost = false, ...options }: VisitOptions = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const requested: string[] = [];
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || expectedConsole?.test(message.text())) return;
    // Chrome says so of a font when a page on a busy machine took seconds to be laid out; pages.test.ts sees that it is used.
    if (message.text().includes('was preloaded using link preload but not used within a few seconds')) return;
    if (lost && message.text().includes('404')) return;
    complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${String(error.error())}`));
  context.on('request', (request) => {
    if (request.url().startsWith(site)) requested.push(request.url().slice(site.length));
    else if (!/^(blob|data):/.test(request.url()) && !(lost && isOwnOrigin(request.url(), site)))
      complaints.push(`foreign request: ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400 && !lost) complaints.push(`${response.status()} for ${response.url()}`);
  });
  try {
    const page = await context.newPage();
    await page.goto(new URL(address, site).href);
    await work({ page, site, requested });
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}
