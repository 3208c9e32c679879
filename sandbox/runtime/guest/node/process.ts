/** node:process: the `process` global. */
export default internals.process;
