/** Numbers that lessons compute from facts, and those that stand in texts and facts computed. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFunctionFolder } from '../../content/function-folder.ts';
import { createAccount } from '../../sandbox/account.ts';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import type { Fact } from '../../sandbox/facts.ts';
import { sessionOf } from '../../sandbox/worker/session.ts';
import { billedSeconds } from '../../src/components/figures/meter-months.ts';
import { calculate } from '../../src/components/lesson/calculate.ts';
import { findFact } from '../../src/course/facts.ts';

describe('calculate', () => {
  const prices: Record<string, unknown> = { request: 0.2, second: { tiers: [{ usd: 0.0000166667 }] }, door: { a: 1 } };
  const find = (id: string): Fact => ({
    id,
    topic: 'pricing',
    statement: 'A statement.',
    value: prices[id],
    unit: null,
    source: 'https://aws.amazon.com/lambda/pricing/',
    checked: '2026-11-25',
  });

  it.each([
    [`dollars(2 * fact('request'))`, '$0.40'],
    [`round(420000 * 42 * fact('second.tiers.0.usd'))`, '294'],
    ['round(341 * 1000)', '341,000'],
    [`dollars(round(billed(2) * 1000 * fact('second.tiers.0.usd'), 2))`, '$5.68'],
  ])('%s reads %s', (source, text) => {
    expect(calculate(source, find, (name, [request]) => (name === 'billed' && request === 2 ? 341 : undefined))).toBe(
      text,
    );
  });

  it('says what is wrong', () => {
    expect(() => calculate(`2 * fact('door')`, find)).toThrow(`fact('door') is no number. Name one of its fields`);
    expect(() => calculate('billed(2)', find)).toThrow('calls "billed", which is not known here');
  });
});

describe('computed facts follow the prices', () => {
  const fact = (name: string) =>
    calculate(`fact('${name}')`, (id) => findFact(id, 'calculate.test.ts')).replaceAll(',', '');
  const sum = (source: string) => calculate(source, (id) => findFact(id, 'calculate.test.ts')).replaceAll(',', '');
  const second = `fact('price-x86-us-east-1.tiers.0.usd')`;
  const instances = `2 * fact('price-ec2.t3Medium') * fact('month-hours')`;

  it.each([
    ['cost-example-2m.x86', `round(2 * fact('price-requests') + 100000 * ${second}, 2)`],
    [
      'cost-example-2m.arm64',
      `round(2 * fact('price-requests') + 100000 * fact('price-arm64-us-east-1.tiers.0.usd'), 2)`,
    ],
    ['cost-example-2m.withFreeTier', `round((2 - fact('free-tier.requests') / 1000000) * fact('price-requests'), 2)`],
    ['cost-example-ec2.instances', `round(${instances}, 2)`],
    // As bills do, from lines that are rounded to cents.
    [
      'cost-example-ec2.withDisksAndAddresses',
      `round(fact('cost-example-ec2.instances') + 2 * (20 * fact('price-ebs-gp3') + fact('price-public-ipv4') * fact('month-hours')), 2)`,
    ],
    [
      'cost-example-ec2.withLoadBalancer',
      `round(fact('cost-example-ec2.withDisksAndAddresses') + round(fact('price-alb.hour') * fact('month-hours'), 2) + 2 * fact('price-public-ipv4') * fact('month-hours'), 2)`,
    ],
    ['cost-crossover.instanceUSD', `round(${instances} / 2, 2)`],
    ['cost-crossover.perMillionUSD', `round(fact('price-requests') + 50000 * ${second}, 4)`],
    ['cost-crossover.millions', `round(${instances} / 2 / (fact('price-requests') + 50000 * ${second}), 1)`],
    ['cost-crossover.perSecond', `round(fact('cost-crossover.millions') * 1000000 / fact('month-hours') / 3600)`],
    ['price-pc-example', `round(10 * fact('month-hours') * 3600 * fact('price-pc-x86.capacity'), 2)`],
    ['pc-break-even', `round(100 * fact('price-pc-x86.capacity') / (${second} - fact('price-pc-x86.duration')))`],
  ])('%s', (name, source) => {
    expect(fact(name)).toBe(sum(source));
  });
});

describe('what unit 5 says in words', () => {
  const lesson = (name: string) => readFile(resolve('content/lessons/05-scale-and-money', name, 'index.mdx'), 'utf8');
  const value = (source: string) => calculate(source, (id) => findFact(id, 'calculate.test.ts'));

  it('a GB-hour of a t3.medium is about a sixth of Lambda’s, and two with a load balancer are about $95', async () => {
    const text = await lesson('06-lambda-or-a-server');
    expect(text).toContain('about a sixth of that');
    expect(value(`round(3600 * fact('price-x86-us-east-1.tiers.0.usd') / (fact('price-ec2.t3Medium') / 4))`)).toBe('6');
    expect(text).toContain('against about $95 for the instances');
    expect(value(`round(fact('cost-example-ec2.withLoadBalancer'))`)).toBe('95');
  });

  it('the calculation in two languages has the prices of today', async () => {
    const text = await lesson('06-lambda-or-a-server');
    const price = value(`fixed(fact('price-x86-us-east-1.tiers.0.usd'), 10)`);
    expect(text.split(price)).toHaveLength(3);
    expect(value(`fact('price-requests')`)).toBe('0.2');
    expect(text.split('0.2e-6')).toHaveLength(3);
    expect(text.split(`(${value(`fixed(fact('cost-crossover.instanceUSD'), 2)`)}, 200, 256)`)).toHaveLength(3);
    expect(text.split(`about ${value(`fact('cost-crossover.millions')`)} million`)).toHaveLength(3);
  });

  it('two million photos fit into the free GB-seconds with 512 MB, and not with 1,024', async () => {
    expect(await lesson('04-the-bill')).toContain('the GB-seconds fit in. With 1,024 MB they would not.');
    const free = Number(value(`fact('free-tier.gbSeconds')`).replace(',', ''));
    expect(2e6 * 0.341 * 0.5).toBeLessThan(free);
    expect(2e6 * 0.341).toBeGreaterThan(free);
  });

  it('the meter function is billed as its figure and its prediction say', async () => {
    const { definition, events } = await readFunctionFolder(
      resolve('content/lessons/05-scale-and-money/05-keeping-costs-down/meter'),
    );
    const session = sessionOf(await createAccount(), defaultFacts);
    await session.deploy(definition);
    const billed = async (name: string) => {
      const payload = events.find((event) => event.name === name)?.text ?? '';
      const { events: seen } = await session.run({ kind: 'invoke', payload });
      return seen.find((event) => event.type === 'invocationReported')?.billedDurationMs;
    };
    await billed('one-reading');
    expect(await billed('one-reading')).toBe(billedSeconds.one * 1000);
    expect(await billed('twenty-five')).toBe(billedSeconds.batch * 1000);
    session.close();
  });
});
