// Stands in for a service that takes 0.9 seconds for one statement.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const writeStatement = (customer) => wait(900);
