/**
 * A page's Content-Security-Policy as a meta tag: no script but its own files and the inline ones it was built with,
 * no connection but to its own origin. Written after the build because Astro's own `security.csp` also hashes styles,
 * which turns off the style attributes that the editor and the figures need, and does not see `is:inline` scripts.
 */
import { createHash } from 'node:crypto';

const inlineScript = /<script\b(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/g;

/** Puts the policy in front of everything else in the page's head but its character set. */
export function withSecurityPolicy(html: string): string {
  const hashes = new Set(
    [...html.matchAll(inlineScript)]
      .filter(([, attributes]) => !/type="(?:application\/json|text\/plain)"/.test(attributes ?? ''))
      .map(
        ([, , text]) =>
          `'sha256-${createHash('sha256')
            .update(text ?? '')
            .digest('base64')}'`,
      ),
  );
  const policy = [
    "default-src 'self'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...hashes].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return html.replace(/<meta charset="utf-8"\s*\/?>/i, (charset) => `${charset}${meta}`);
}
