// Pure computation: nothing but the processor is busy.
export const checksum = (pages) => {
  let sum = 0;
  for (let step = 0; step < pages * 100_000; step += 1) sum = (sum * 31 + step) % 1_000_003;
  return sum;
};
