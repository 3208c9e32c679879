/** The pages the bar at the top links to, in order. */
export const mainPages = [
  { href: '/lessons/', label: 'Lessons' },
  { href: '/about/', label: 'About' },
] as const;
