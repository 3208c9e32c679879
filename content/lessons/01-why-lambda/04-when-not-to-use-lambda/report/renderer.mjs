// Stands in for a page renderer: a second for each page.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const render = async (page) => {
  await wait(1000);
  return `page-${page}.pdf`;
};
