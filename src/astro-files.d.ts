/** Astro components as TypeScript sees them where Astro's own language server does not run: in ESLint. */
declare module '*.astro' {
  const component: (props: Readonly<Record<string, unknown>>) => unknown;
  export default component;
}
