export const handler = async (event) => {
  console.log('noted', event.text);
};
