import { asPdf } from './pdf.mjs';
import { asText } from './text.mjs';

export const handler = async (event) => {
  if (event.as === 'pdf') return asPdf(event.seat);
  return asText(event.seat);
};
