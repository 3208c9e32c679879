const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const loadPrices = () => {
  throw new Error('no price list');
};

const answers = {
  'as-agreed': () => ({ statusCode: 200, body: JSON.stringify({ price: 42 }) }),
  plain: () => ({ price: 42 }),
  object: () => ({ statusCode: 200, body: { price: 42 } }),
  throws: () => loadPrices(),
  caught: () => {
    try {
      return loadPrices();
    } catch (error) {
      console.error(error.message);
      return { statusCode: 500, body: 'Sorry.' };
    }
  },
  slow: async () => {
    await wait(40_000);
    console.log('done');
    return { statusCode: 200, body: 'late' };
  },
};

export const handler = async (event) => answers[(event.rawPath ?? event.path).split('/').at(-1)]();
