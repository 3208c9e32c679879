/** node:stream/web: the web streams. */
const webStreams = load('internal/web-streams');

export default webStreams;
