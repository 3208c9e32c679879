/** node:punycode, from the package of the same name. */
export { default } from 'punycode/punycode.es6.js';
