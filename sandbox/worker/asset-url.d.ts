/** The address of a file that the bundler puts beside the scripts. */
declare module '*?url' {
  const url: string;
  export default url;
}
