/** The pages the bar at the top links to, in order. */
export const mainPages = [
  { href: '/lessons/', label: 'Lessons' },
  { href: '/challenges/', label: 'Challenges' },
  { href: '/lab/', label: 'Lab' },
  { href: '/review/', label: 'Review' },
  { href: '/exam/', label: 'Exam' },
  { href: '/progress/', label: 'Progress' },
  { href: '/checklist/', label: 'Self-audit' },
  { href: '/about/', label: 'About' },
] as const;
