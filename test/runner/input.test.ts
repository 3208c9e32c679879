/** What comes from links and storage: repaired where it can be, refused where not, never thrown at the page. */
import { describe, expect, it } from 'vitest';
import { isLinkFor } from '../../src/components/runner/link-prefix.ts';
import { repairInput } from '../../src/components/runner/repair-input.ts';
import { definitionOf, lessonInput, sameInput } from '../../src/components/runner/runner-input.ts';
import { longestLink, MalformedLinkError, readLink, writeLink } from '../../src/components/runner/shared-link.ts';
import { fc, test } from './property.ts';

const definition = {
  FunctionName: 'checkout',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 128,
  Timeout: 3,
  Architectures: ['arm64'],
  Environment: { Variables: { TABLE: 'orders' } },
  Files: { 'index.mjs': 'export const handler = async () => 1;\n' },
} as const;
const lesson = lessonInput({ definition, events: [{ name: 'order', text: '{"order":1042}' }] });
const limits = { memory: { min: 128, max: 10_240 }, timeout: { min: 1, max: 900 } };

describe('the input of a lesson', () => {
  it('is its function and its first event', () => {
    expect(lesson).toEqual({
      files: { 'index.mjs': 'export const handler = async () => 1;\n' },
      event: '{"order":1042}',
      memory: 128,
      timeout: 3,
      architecture: 'arm64',
      variables: [{ name: 'TABLE', value: 'orders' }],
      freeTier: false,
    });
  });

  it('becomes the function that is deployed, without nameless variables', () => {
    const variables = [
      { name: ' A ', value: '1' },
      { name: ' ', value: 'x' },
    ];
    expect(definitionOf({ definition }, { ...lesson, memory: 512, variables })).toMatchObject({
      MemorySize: 512,
      Environment: { Variables: { A: '1' } },
    });
  });
});

describe('repairing', () => {
  it('keeps a good input as it is', () => {
    expect(repairInput(structuredClone(lesson), lesson, limits)).toEqual({ input: lesson, repairs: [] });
  });

  it('brings numbers into their limits and says so', () => {
    const repaired = repairInput({ ...lesson, memory: 999_999, timeout: 0.2 }, lesson, limits);
    expect(repaired?.input).toMatchObject({ memory: 10_240, timeout: 1 });
    expect(repaired?.repairs).toEqual(['Memory was set to 10240.', 'Timeout was set to 1.']);
  });

  it('fills what is missing or of a wrong kind from the lesson', () => {
    const repaired = repairInput(
      { files: { 'index.mjs': 'x' }, memory: 'much', architecture: 'sparc' },
      lesson,
      limits,
    );
    expect(repaired?.input).toEqual({ ...lesson, files: { 'index.mjs': 'x' } });
  });

  it('leaves out files with paths that leave the folder', () => {
    const files = {
      'index.mjs': 'x',
      '../up.mjs': 'x',
      '/etc/passwd': 'x',
      'a/../../b.mjs': 'x',
      'lib/db.mjs': 'y',
      n: 5,
    };
    const repaired = repairInput({ ...lesson, files }, lesson, limits);
    expect(repaired?.input.files).toEqual({ 'index.mjs': 'x', 'lib/db.mjs': 'y' });
    expect(repaired?.repairs).toEqual(['4 files were left out.']);
  });

  it('refuses what has no code, and what is too large', () => {
    expect(repairInput(null, lesson, limits)).toBeUndefined();
    expect(repairInput([], lesson, limits)).toBeUndefined();
    expect(repairInput({ files: {} }, lesson, limits)).toBeUndefined();
    expect(repairInput({ files: { 'index.mjs': 'x'.repeat(200_001) } }, lesson, limits)).toBeUndefined();
  });

  test.prop([fc.anything()])('never throws', (value) => {
    const repaired = repairInput(value, lesson, limits);
    if (repaired) expect(repairInput(repaired.input, lesson, limits)?.input).toEqual(repaired.input);
  });
});

describe('links', () => {
  it('carry an input there and back', () => {
    const input = { ...lesson, event: '{"name":"Zoë 🚀"}', memory: 512 };
    const link = writeLink('checkout', input);
    expect(link.ok && readLink('checkout', link.hash)).toEqual(input);
  });

  it('are refused when they would be too long', () => {
    const noise = Array.from({ length: 30_000 }, (_, index) =>
      String.fromCharCode(33 + ((index * index * 7919) % 90)),
    ).join('');
    const random = [...noise].sort((a, b) => ((a.charCodeAt(0) * 31) % 17) - ((b.charCodeAt(0) * 17) % 13)).join('');
    const many = Array.from({ length: 9000 }, (_, index) => ((index * 2654435761) % 4294967296).toString(36)).join('');
    const link = writeLink('checkout', { ...lesson, files: { 'index.mjs': many + random } });
    expect(link.ok).toBe(false);
    expect(!link.ok && link.length > longestLink).toBe(true);
  });

  it('for another function are not read', () => {
    const link = writeLink('orders', lesson);
    expect(() => link.ok && readLink('checkout', link.hash)).toThrow(MalformedLinkError);
  });

  it('that were cut say so', () => {
    const link = writeLink('checkout', lesson);
    const hash = link.ok ? link.hash : '';
    for (const cut of [
      hash.slice(0, -9),
      hash.slice(0, 30),
      '#run=1.checkout.',
      '#run=1.checkout.%%%',
      '#run=1.checkout.AAAA',
    ]) {
      expect(() => readLink('checkout', cut)).toThrow(MalformedLinkError);
    }
  });

  it('that unpack to far more than they should are refused', () => {
    const link = writeLink('checkout', { ...lesson, event: ' '.repeat(3_000_000) });
    expect(link.ok).toBe(true);
    expect(() => readLink('checkout', link.ok ? link.hash : '')).toThrow(MalformedLinkError);
  });

  test.prop([fc.string({ unit: 'binary', maxLength: 300 })])(
    'made of anything either read or say they are damaged',
    (tail) => {
      try {
        readLink('checkout', `#run=1.checkout.${tail}`);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedLinkError);
      }
    },
  );
});

describe('comparing', () => {
  it('does not depend on the order of files', () => {
    const files = { a: '1', b: '2' };
    expect(sameInput({ ...lesson, files }, { ...lesson, files: { b: '2', a: '1' } })).toBe(true);
    expect(sameInput(lesson, { ...lesson, memory: 129 })).toBe(false);
  });
});

describe('whose link it is', () => {
  it('goes to the runner of its function, and to the first when nobody knows it', () => {
    const onPage = ['checkout', 'orders'];
    const opens = (hash: string) => onPage.filter((name) => isLinkFor(hash, name, onPage));
    expect(opens('#run=1.orders.abc')).toEqual(['orders']);
    expect(opens('#run=1.unknown.abc')).toEqual(['checkout']);
    expect(opens('#run=')).toEqual(['checkout']);
    expect(opens('#one-request-at-a-time')).toEqual([]);
  });
});
