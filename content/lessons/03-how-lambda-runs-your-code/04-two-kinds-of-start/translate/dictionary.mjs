// Stands in for a big file that has to be read and unpacked.
export const load = async (ms) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return new Map([
    ['cold', 'kalt'],
    ['warm', 'warm'],
  ]);
};

// Stands in for a native library with a bug: a byte that it does not know takes the whole process with it.
export const parse = (text) => {
  if (text.includes('\u0000')) process.exit(1);
  return text.trim().toLowerCase();
};
