/** node:tty: no descriptor of a function is a terminal. */
export const isatty = (_descriptor: unknown): boolean => false;
