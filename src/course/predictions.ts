/**
 * The predictions a lesson asks for, read from its MDX, so that the course's index can name them without rendering the
 * lesson. `<Predict>` takes literals only, which is what makes that possible.
 */
import { createHash } from 'node:crypto';
import { type Expression, parseExpressionAt } from 'acorn';
import type { IndexedPrediction } from '../progress/course-index.ts';

/** What a `<Predict>` asks. */
export interface PredictionText {
  readonly question: string;
  readonly options: readonly string[];
  readonly answer: string;
}

/** The name a prediction has in the record and on its page, and the hash of what it asks. */
export function predictionOf({ question, options, answer }: PredictionText): IndexedPrediction {
  const words = question.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const hash = createHash('sha256').update(JSON.stringify([question, options, answer]));
  return { id: `predict-${words.slice(0, 40)}`, hash: hash.digest('hex').slice(0, 12) };
}

/**
 * All predictions of a lesson, in order. `file` is named in errors.
 * @throws when a property is computed, or two questions begin alike and would share a name
 */
export function findPredictions(mdx: string, file: string): readonly IndexedPrediction[] {
  const text = withoutCode(mdx);
  const found = [...text.matchAll(/<Predict(?=[\s/>])/g)].map(({ index }) => {
    const line = text.slice(0, index).split('\n').length;
    const properties = readProperties(
      text,
      index + '<Predict'.length,
      `${file}, <Predict> in line ${line} of its text`,
    );
    return predictionOf(properties);
  });
  const twice = found.find(({ id }, at) => found.findIndex((other) => other.id === id) < at);
  if (twice) {
    throw new Error(`${file}: two <Predict>s are called "${twice.id}". Begin one question with other words.`);
  }
  return found;
}

/** Fenced code and comments as blanks, so that places and lines stay what they are. */
const withoutCode = (mdx: string): string =>
  mdx.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1|\{\/\*[\s\S]*?\*\/\}/gm, (code) => code.replace(/[^\n]/g, ' '));

function readProperties(text: string, from: number, where: string): PredictionText {
  const properties = new Map<string, unknown>();
  const name = /\s*([a-zA-Z]+)=/y;
  let at = from;
  for (;;) {
    name.lastIndex = at;
    const [whole, property = ''] = name.exec(text) ?? [];
    if (whole === undefined) break;
    const { value, end } = readValue(text, at + whole.length, `${where}, ${property}`);
    properties.set(property, value);
    at = end;
  }
  const question = properties.get('question');
  const options = properties.get('options');
  const answer = properties.get('answer');
  if (typeof question === 'string' && typeof answer === 'string' && isTexts(options))
    return { question, options, answer };
  throw new Error(`${where}: write question="…" options={['…', '…']} answer="…".`);
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function readValue(text: string, at: number, where: string): { value: unknown; end: number } {
  const [quoted, quote = '', inner = ''] = /^(["'])([\s\S]*?)\1/.exec(text.slice(at)) ?? [];
  if (quoted !== undefined) {
    if (/&\w+;/.test(inner)) throw new Error(`${where}: write the character itself instead of ${inner}.`);
    return { value: quote && inner, end: at + quoted.length };
  }
  const expression = parseExpressionAt(text, at + 1, { ecmaVersion: 'latest' });
  return { value: literal(expression, where), end: text.indexOf('}', expression.end) + 1 };
}

function literal(node: Expression, where: string): unknown {
  if (node.type === 'Literal') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked;
  if (node.type === 'ArrayExpression') {
    return node.elements.map((item) => (item && item.type !== 'SpreadElement' ? literal(item, where) : undefined));
  }
  throw new Error(`${where}: must be written out; it cannot be computed.`);
}
