// What is in the repository. Nobody has fixed the rounding there.
export const files = {
  'index.mjs': 'export const handler = async ({ net }) => net * 1.19;',
};
