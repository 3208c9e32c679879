/** How many requests an asynchronous event counts as. Source: AWS Lambda pricing: by its size. */

export interface EventSizeRule {
  /** Up to that size it is one request. */
  readonly firstBytes: number;
  /** Each further part of that size, however full, is one more. */
  readonly chunkBytes: number;
}

export function requestsOfEvent(payloadBytes: number, { firstBytes, chunkBytes }: EventSizeRule): number {
  return 1 + Math.ceil(Math.max(0, payloadBytes - firstBytes) / chunkBytes);
}
