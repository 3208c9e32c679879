// Stands in for an image library: takes its time and gives back less.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const shrink = async (photo) => {
  await wait(180);
  return photo.slice(0, photo.length / 8);
};
