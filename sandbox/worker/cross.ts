/** An error on its way to the page. */
import type { CrossedError } from './protocol.ts';

/** What crosses of anything that was thrown. */
export function cross(error: unknown): CrossedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { code, Reason: reason } = error as { code?: unknown; Reason?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'number' ? { code } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}
