let served = 0;

export const handler = async () => `request ${++served}`;
