/** The page's colours for Monaco, read from its custom properties, so that the editor looks like the static code. */
import { monaco } from './monaco.ts';

const theme = 'coldstart';

/** Uses the colours that hold at `element` now, and again whenever the page's theme changes. Returns the way to stop. */
export function followPageTheme(element: HTMLElement): () => void {
  const update = () => applyTheme(element);
  update();
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributeFilter: ['data-scheme', 'data-theme', 'class', 'style'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', update);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', update);
  };
}

function applyTheme(element: HTMLElement): void {
  const probe = element.appendChild(document.createElement('span'));
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return toHex(getComputedStyle(probe).color);
  };
  const [ink, soft, keyword, string, code, line, card, idle, bad, selection] = [
    colour('ink'),
    colour('soft'),
    colour('cold'),
    colour('warm'),
    colour('code'),
    colour('line'),
    colour('card'),
    colour('idle'),
    colour('bad'),
    colour('cold-bg'),
  ];
  probe.remove();
  monaco.editor.defineTheme(theme, {
    base: isDark(code) ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: ink.slice(1) },
      { token: 'keyword', foreground: keyword.slice(1) },
      { token: 'string', foreground: string.slice(1) },
      { token: 'regexp', foreground: string.slice(1) },
      { token: 'comment', foreground: soft.slice(1) },
    ],
    colors: {
      'editor.background': code,
      'editor.foreground': ink,
      'editorCursor.foreground': ink,
      'editorLineNumber.foreground': soft,
      'editorLineNumber.activeForeground': ink,
      'editor.selectionBackground': selection,
      'editor.inactiveSelectionBackground': selection,
      'editor.lineHighlightBorder': line,
      'editorIndentGuide.background1': line,
      'editorBracketHighlight.foreground1': ink,
      'editorBracketHighlight.foreground2': ink,
      'editorBracketHighlight.foreground3': ink,
      'editorBracketHighlight.unexpectedBracket.foreground': bad,
      'editorBracketMatch.background': selection,
      'editorBracketMatch.border': soft,
      'editorWidget.background': card,
      'editorWidget.border': line,
      'editorSuggestWidget.selectedBackground': selection,
      'editorSuggestWidget.selectedForeground': ink,
      'editorHoverWidget.background': card,
      'input.background': code,
      'input.border': soft,
      'scrollbarSlider.background': `${idle}99`,
      'scrollbarSlider.hoverBackground': idle,
      'editorError.foreground': bad,
      focusBorder: keyword,
    },
  });
  monaco.editor.setTheme(theme);
}

/** `rgb(12, 34, 56)` as `#0c2238`. */
function toHex(colour: string): string {
  const parts = colour.match(/[\d.]+/g)?.slice(0, 3) ?? ['0', '0', '0'];
  return `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('')}`;
}

function isDark(hex: string): boolean {
  return Number.parseInt(hex.slice(1, 3), 16) < 128;
}
