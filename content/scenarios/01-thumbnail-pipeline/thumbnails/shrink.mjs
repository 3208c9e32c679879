/** A picture made of characters, half as wide and half as high. */
export const shrink = (picture) =>
  picture
    .split('\n')
    .filter((_, row) => row % 2 === 0)
    .map((line) => [...line].filter((_, column) => column % 2 === 0).join(''))
    .join('\n');
