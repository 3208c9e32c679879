/** A worker that hangs: the first one of a page goes round in a loop for ever when it is asked to do something. */
import type { Page } from 'playwright-core';

/** `methods`: the requests at which it hangs. */
export async function hangFirstWorker(page: Page, methods: readonly string[]): Promise<void> {
  let served = 0;
  await page.route(/\/host[^/]*\.js$/, async (route) => {
    served += 1;
    if (served > 1) return route.continue();
    const response = await route.fetch();
    const hang = `;self.addEventListener('message', ({ data }) => { if (${JSON.stringify(methods)}.includes(data.request?.method)) for (;;); });`;
    return route.fulfill({ response, body: hang + (await response.text()) });
  });
}
