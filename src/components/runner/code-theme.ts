/** The colours of highlighted code: keywords cold, strings warm, comments quiet, the rest ink; as custom properties. */

/** A Shiki theme. The editor's theme gives the same colours to the same kinds of words. */
export const codeTheme = {
  name: 'coldstart',
  fg: 'var(--ink)',
  bg: 'var(--code)',
  settings: [
    {
      scope: ['keyword.control', 'storage.type', 'storage.modifier', 'variable.language'],
      settings: { foreground: 'var(--cold)' },
    },
    {
      scope: ['keyword.operator.new', 'keyword.operator.expression', 'constant.language'],
      settings: { foreground: 'var(--cold)' },
    },
    { scope: ['string', 'string.regexp', 'string punctuation.definition'], settings: { foreground: 'var(--warm)' } },
    {
      scope: ['string.template meta.template.expression', 'storage.type.function.arrow'],
      settings: { foreground: 'var(--ink)' },
    },
    { scope: ['comment', 'comment punctuation.definition'], settings: { foreground: 'var(--soft)' } },
  ],
};
