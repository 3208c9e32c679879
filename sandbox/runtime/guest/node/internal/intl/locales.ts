/** The locales that the guest's Intl knows; a language alone stands for the first of its locales here. */
export const locales = [
  'en-US',
  'en-GB',
  'en-CA',
  'en-AU',
  'en-IN',
  'de-DE',
  'fr-FR',
  'es-ES',
  'it-IT',
  'pt-BR',
  'nl-NL',
  'sv-SE',
  'ja-JP',
  'ko-KR',
  'zh-CN',
] as const;

export const defaultLocale = 'en-US';
