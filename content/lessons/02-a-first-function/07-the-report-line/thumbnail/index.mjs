export const handler = async ({ photo, width, height }) => {
  // Stands in for a picture library: three bytes for each pixel, and some work on each row.
  const pixels = Buffer.alloc(width * height * 3);
  let sum = 0;
  for (let row = 0; row < height; row += 1) sum += pixels[row * width * 3];

  console.log('made a thumbnail of', photo);
  return { photo, bytes: pixels.length };
};
