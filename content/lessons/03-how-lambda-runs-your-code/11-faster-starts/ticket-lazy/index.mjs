import { asText } from './text.mjs';

export const handler = async (event) => {
  if (event.as === 'pdf') {
    const { asPdf } = await import('./pdf.mjs');
    return asPdf(event.seat);
  }
  return asText(event.seat);
};
