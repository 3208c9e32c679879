/** Predictions are read from a lesson's text as it is written. */
import { describe, expect, it } from 'vitest';
import { findPredictions, predictionOf } from '../../src/course/predictions.ts';

const ask = { question: 'How many times is `connected` printed?', options: ['never', 'once'], answer: 'once' };

describe('predictions of a lesson', () => {
  it('are found with their properties in any order, over several lines', () => {
    const mdx = `Text.

<Predict
  options={['never', "once"]}
  answer="once"
  question="How many times is \`connected\` printed?"
>

Once.

</Predict>

<Predict question={'And {now}, it\\'s?'} options={['a', \`b\`]} answer={'a'}>b</Predict>`;
    expect(findPredictions(mdx, 'index.mdx')).toEqual([
      predictionOf(ask),
      predictionOf({ question: "And {now}, it's?", options: ['a', 'b'], answer: 'a' }),
    ]);
  });

  it('are not looked for in code and comments', () => {
    const mdx = '```mdx\n<Predict question="x">\n```\n\n{/* <Predict question="y"> */}\n\n<Predictable />';
    expect(findPredictions(mdx, 'index.mdx')).toEqual([]);
  });

  it.each([
    ['<Predict question="Why?" options={list} answer="a">', /line 3 of its text, options: must be written out/],
    ['<Predict question="Why?" answer="a">', /write question="…" options/],
    ['<Predict question="Is it &lt; 3?" options={["a"]} answer="a">', /write the character itself/],
    ['<Predict question="A" options={["a"]} answer="a"/><Predict question="A" options={["b"]} answer="b"/>', /two/],
  ])('that cannot be read end the build: %s', (mdx, message) => {
    expect(() => findPredictions(`One.\n\n${mdx}`, 'index.mdx')).toThrow(message);
  });
});

it('another question, option or answer is another hash under the same name', () => {
  const { id, hash } = predictionOf(ask);
  expect(id).toBe('predict-how-many-times-is-connected-printed-');
  expect(predictionOf({ ...ask, answer: 'never' })).toMatchObject({ id });
  expect(predictionOf({ ...ask, answer: 'never' }).hash).not.toBe(hash);
  expect(predictionOf({ ...ask, options: ['once', 'never'] }).hash).not.toBe(hash);
});
