/** A question that is wrong stops the build: the author is told the file, the line, the reason and the mend. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ContentMistakeError, formatMistake } from '../../content/mistakes.ts';
import { exampleFile, prepare } from './example.ts';

const text = await readFile(path.join(import.meta.dirname, 'every-type.yaml'), 'utf8');

/** The example with one change, and what the author is told, without the file's name. */
async function told(was: string, becomes: string): Promise<string[]> {
  expect(text.split(was).length, `"${was}" stands once in the example`).toBe(2);
  try {
    await prepare(text.replace(was, becomes));
  } catch (error) {
    if (!(error instanceof ContentMistakeError)) throw error;
    return error.mistakes.map((mistake) => formatMistake(mistake).replace(`${exampleFile}:`, '').replace(/\n +/, ' '));
  }
  return [];
}

/** The line of the example on which a text stands. */
const line = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('every question', () => {
  it('is of a type that there is', async () => {
    const [first] = await told('type: ordering', 'type: orderin');
    expect(first).toMatch(
      new RegExp(`^${line('type: ordering')}: questions\\[5\\].type is no type of question; there are single-choice, `),
    );
  });

  it('has an id of its own', async () => {
    expect(await told('id: ping-keeps-warm', 'id: burst-of-six')).toEqual([
      `${line('id: ping-keeps-warm')}: questions[2].id "burst-of-six" is taken by a question above. Give this question an id of its own.`,
    ]);
  });

  it('asks about a topic of its lesson', async () => {
    const [first] = await told(
      'id: where-it-belongs\n    type: matching\n    topic: init-code',
      'id: where-it-belongs\n    type: matching\n    topic: pricing',
    );
    expect(first).toBe(
      `${line('id: where-it-belongs') + 2}: questions[6].topic "pricing" is not a topic of this lesson. Use one of: cold-start, warm-start, init-code.`,
    );
  });

  it('asks a point that its lesson teaches, or names the section', async () => {
    const was = 'point: no published idle lifetime';
    const [first] = await told(was, 'point: nothing of the kind');
    expect(first).toMatch(
      new RegExp(`^${line(was)}: questions\\[2\\].point "nothing of the kind" is no point that this lesson teaches\\.`),
    );
    expect(await told(was, 'point: nothing of the kind\n    section: in-real-life')).toEqual([]);
    const [second] = await told(was, `${was}\n    section: nowhere`);
    expect(second).toMatch(/section "nowhere" is not a heading of this lesson\. Use one of: .*in-real-life/);
  });

  it('also asks only points that its lesson teaches', async () => {
    const was = 'point: no published idle lifetime';
    expect(await told(was, `${was}\n    alsoAsks: { warm-start: [idle recycling] }`)).toEqual([]);
    const [first] = await told(was, `${was}\n    alsoAsks: { warm-start: [hot recycling] }`);
    expect(first).toMatch(
      /alsoAsks\.warm-start\[?\.?0\]? "hot recycling" is no point of "warm-start" that this lesson/,
    );
  });

  it('quotes facts that there are', async () => {
    expect(await told('Init was free until {fact billing-init}', 'Init was free until {fact biling-init}')).toEqual([
      `${line('reply: Init was free')}: questions[4].wrong[0].reply There is no fact "biling-init". Correct the id, or add the fact to content/facts/.`,
    ]);
    expect(await told('reply: That is a line of its own', "reply: '{fact timing-place}' # ")).toEqual([
      `${line('reply: That is a line of its own')}: questions[3].wrong[0].reply The fact "timing-place" has no single value. Name one of its fields: ms, cv.`,
    ]);
  });

  it('computes with what there is', async () => {
    const place = line("answer: n * ceil(fact('report-billed-init-example.init')");
    expect(
      await told(
        "answer: n * ceil(fact('report-billed-init-example.init')",
        "answer: m * ceil(fact('report-billed-init-example.init')",
      ),
    ).toEqual([`${place}: questions[4].answer "m" is not drawn or computed. Draw it, or use one of: n.`]);
    expect(
      await told(
        "answer: n * ceil(fact('report-billed-init-example.init')",
        "answer: n * cell(fact('report-billed-init-example.init')",
      ),
    ).toEqual([
      `${place}: questions[4].answer There is no function "cell". See src/quiz/source.ts for those there are.`,
    ]);
    expect(
      await told(
        "answer: n * ceil(fact('report-billed-init-example.init')",
        "answer: n * billed(fact('report-billed-init-example.init')",
      ),
    ).toEqual([`${place}: questions[4].answer "billed" reads a run, and there is none. Give the question a run.`]);
    const [unreadable] = await told('{= n} times that.', '{= n *} times that.');
    expect(unreadable).toMatch(/explanation "n \*" is not an expression like .* Correct the expression\.$/);
  });

  it('draws from no more combinations than can be tried', async () => {
    expect(await told('draw: { n: { from: 2, to: 9 } }', 'draw: { n: { from: 1, to: 999 } }')).toEqual([
      `${line('draw: { n: { from')}: questions[4].draw has 999 combinations; at most 500 are tried. Draw from fewer numbers.`,
    ]);
  });

  it('asks for what is so', async () => {
    const [first] = await told('Which line is to blame?', 'Which line is NOT to blame?');
    expect(first).toMatch(/stem asks for what is not so/);
  });
});

describe('single-choice', () => {
  it('has exactly one correct option', async () => {
    expect(await told('- text: Every order\n', '- text: Every order\n        correct: true\n')).toEqual([
      `${line('options:')}: questions[0].options must have exactly one correct option; 2 are. Mark one \`correct: true\`.`,
    ]);
  });

  it('has options that differ', async () => {
    const [first] = await told('- text: Every order', '- text: one order');
    expect(first).toBe(
      `${line('- text: Every order')}: questions[0].options[2] reads the same as option 1: "one order". Change one of them.`,
    );
    const [second] = await told('- text: Every order', '- text: Four orders');
    expect(second).toMatch(/reads the same as option 2: "four orders"\. One of them is right\./);
  });

  it('has no option that only points at the others', async () => {
    const [first] = await told('- text: Every order', '- text: None of the above');
    expect(first).toBe(
      `${line('- text: Every order')}: questions[0].options[2].text is "None of the above". Say what it stands for.`,
    );
  });

  it('is disproved by functions and events that there are', async () => {
    const place = line('          function: checkout');
    const [first] = await told(
      'disprovedBy:\n          function: checkout',
      'disprovedBy:\n          function: chekout',
    );
    expect(first).toMatch(
      new RegExp(`^${place}: questions\\[0\\].options\\[0\\].disprovedBy.function There is no folder .*/chekout\\.`),
    );
    expect(await told('steps: [{ invoke: order, count: 2 }', 'steps: [{ invoke: oder, count: 2 }')).toEqual([
      `${place + 1}: questions[0].options[0].disprovedBy.steps[0].invoke There is no event "oder" in events/. Use one of: order.`,
    ]);
  });

  it('is not disproved by what Lambda refuses', async () => {
    const [first] = await told(
      'disprovedBy:\n          function: checkout',
      'disprovedBy:\n          configuration: { MemorySize: 64 }\n          function: checkout',
    );
    expect(first).toMatch(/disprovedBy cannot be run: .*128.*Correct its configuration or steps\.$/);
  });
});

it('several-choices has right and wrong options', async () => {
  const [first] = await told(
    '- text: The first order’s `event`\n',
    '- text: The first order’s `event`\n        correct: true\n',
  );
  expect(first).toMatch(/questions\[1\].options has no wrong option\. Add what people wrongly believe\.$/);
});

it('true-false-with-reason has one right reason', async () => {
  const was = '- text: Lambda does not count pings as requests.\n';
  expect(await told(was, `${was}        correct: true\n`)).toEqual([
    `${line('reasons:')}: questions[2].reasons must have exactly one correct reason; 2 are. Mark one \`correct: true\`.`,
  ]);
});

it('short-text lists no answer as wrong that it accepts', async () => {
  expect(await told('- answers: [INIT_START]', '- answers: [the init-duration]')).toEqual([
    `${line('id: where-init-shows')}: questions[3] takes "the init-duration" for right, which it lists as wrong. Remove it from one of the two.`,
  ]);
});

describe('number', () => {
  it('lists no number as wrong that is right, for any numbers drawn', async () => {
    const [first] = await told("- answer: n * ceil(fact('report-billed-init-example.duration'))", '- answer: 1404');
    expect(first).toBe(
      `${line('- answer: n * ceil')}: questions[4].wrong[0] is 1,404 ms, which counts as right (with n=4). Remove it.`,
    );
  });

  it('has a tolerance where nobody could type the number', async () => {
    const [first] = await told(
      "answer: n * ceil(fact('report-billed-init-example.init')",
      "answer: n / 7 * ceil(fact('report-billed-init-example.init')",
    );
    expect(first).toMatch(/questions\[4\].answer is 100\.285714286 ms, which nobody types to the last digit/);
  });
});

it('ordering has items that differ', async () => {
  const [first] = await told('- text: The runtime starts', '- text: The handler is called');
  expect(first).toMatch(/questions\[5\].items\[3\] reads the same as item 2\./);
});

it('matching has no other choice that fits a pair', async () => {
  expect(await told('others: [in neither place]', 'others: [inside the handler]')).toContain(
    `${line('others:')}: questions[6].others[0] is the right side of a pair. Remove it here.`,
  );
});

describe('predict-the-run', () => {
  it('has exactly one option that the run makes right', async () => {
    const [first] = await told('- value: ceil(init(1) + duration(1))', '- value: ceil(init(1))');
    expect(first).toMatch(
      new RegExp(
        `^\\d+: questions\\[7\\].asks\\[2\\].options has 0 options that the run makes right; it gives \\d+ \\(with n=2\\)\\.`,
      ),
    );
  });

  it('asks about requests that there are', async () => {
    const [first] = await told('answer: start(1)', 'answer: start(9)');
    expect(first).toMatch(/start\(9\) names no request: the run has 1 to 3 \(with n=2\)\. Correct the expression\.$/);
  });

  it('lists no number as wrong that the run gives', async () => {
    const [first] = await told('- answer: n + 1\n', '- answer: n\n');
    expect(first).toMatch(/questions\[7\].asks\[1\].wrong\[0\] is 2 orders, which counts as right \(with n=2\)\./);
  });

  it('runs what Lambda accepts', async () => {
    const [first] = await told(
      'steps: [{ invoke: order }, { wait: 30s }',
      'configuration: { Timeout: 0 }\n      steps: [{ invoke: order }, { wait: 30s }',
    );
    expect(first).toMatch(/questions\[7\].run cannot be run: /);
  });
});

it('find-the-mistake names lines that there are, each once', async () => {
  expect(await told('at: const items = []', 'at: const item = []')).toContain(
    `${line('at: const items = []')}: questions[8].mistake.at "const item = []" is in no line of the code. Copy it from the line that is meant.`,
  );
  expect(await told('- at: items.push', '- at: items')).toContain(
    `${line('- at: items.push')}: questions[8].lines[0].at "items" is in 3 lines of the code. Copy more of the line.`,
  );
  const [same] = await told('- at: items.push', '- at: = []');
  expect(same).toMatch(/lines\[0\].at is the line with the mistake\. Name another line, or remove it\.$/);
});

describe('fill-the-configuration', () => {
  it('has a description for each blank, and a place for each description', async () => {
    expect(await told('--qualifier {{qualifier}}', '--qualifier {{alias}}')).toEqual([
      `${line('template: |')}: questions[9].template has a blank {{alias}} that is not in blanks. Describe it there.`,
      `${line('      qualifier:\n')}: questions[9].blanks.qualifier is nowhere in the template. Write {{qualifier}} where it belongs, once.`,
    ]);
  });

  it('has a solution that is JSON', async () => {
    const [first] = await told('"Action": "s3:GetObject", ', '"Action": "s3:GetObject" ');
    expect(first).toMatch(
      new RegExp(`^${line('solution: |')}: questions\\[10\\].solution is not JSON: line 3, column \\d+: `),
    );
  });

  it('lists no value as wrong that is right', async () => {
    const [first] = await told('is: s3:*', 'is: [s3:GetObject]');
    expect(first).toMatch(/questions\[10\] takes .* for right, which it lists as wrong\./);
  });

  it('has blanks or a whole document', async () => {
    const [first] = await told('    start: |\n', '    ignored: |\n');
    expect(first).toMatch(/questions\[10\].ignored is not a property of this file\./);
  });
});
