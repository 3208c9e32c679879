/** node:stream/promises: pipeline and finished that return promises. */
import stream from '../stream.ts';

export default stream.promises;
