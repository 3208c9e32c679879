import { setTimeout as wait } from 'node:timers/promises';

/** Stands in for an image library that takes 300 ms to load. */
export const readLibrary = () => wait(300);
