const visits = [];

export const handler = async ({ page }) => {
  visits.push({ page, answer: page.padEnd(12_000_000, '.') });
  return { page, visits: visits.length };
};
