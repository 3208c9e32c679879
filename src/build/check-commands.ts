/** Finds AWS CLI commands in the course's pages that the CLI would refuse: unknown services, operations and options, required ones left out. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { codeBlocksOf } from '../../content/code-blocks.ts';
import type { Mistake } from '../../content/mistakes.ts';
import { commandsOf } from '../../content/shell-commands.ts';
import { changedOperations, globalOptions, intoFile, ownCommands, samCommands } from './aws-cli.ts';

/** `content/aws-operations.json`: by the CLI's names, each operation's options, the required ones with a `!`. */
interface Operations {
  readonly services: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const { services } = JSON.parse(
  readFileSync(new URL('../../content/aws-operations.json', import.meta.url), 'utf8'),
) as Operations;

/** What is wrong with one command, and what to write. */
export interface CommandFinding {
  readonly reason: string;
  readonly mend: string;
}

/** All mistakes in commands of these pages (paths from the project's root). */
export async function findCommandMistakes(root: string, files: readonly string[]): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const file of files) {
    for (const block of codeBlocksOf(await readFile(`${root}/${file}`, 'utf8'))) {
      if (!['sh', 'bash', 'shell'].includes(block.language)) continue;
      for (const { words, line } of commandsOf(block.text)) {
        for (const finding of checkCommand(words)) {
          mistakes.push({ file, line: block.line + line - 1, path: '', ...finding });
        }
      }
    }
  }
  return mistakes;
}

/** Checks one command; programs other than `aws` and `sam` are let through. */
export function checkCommand(words: readonly string[]): readonly CommandFinding[] {
  const [program, ...rest] = words;
  if (program === 'sam') return checkSam(rest);
  return program === 'aws' ? checkAws(rest) : [];
}

function checkSam([command = '']: readonly string[]): readonly CommandFinding[] {
  if (command.startsWith('-') || samCommands.includes(command)) return [];
  return [
    { reason: `\`sam ${command}\` is no command of the SAM CLI.`, mend: `Use one of: ${samCommands.join(', ')}.` },
  ];
}

function checkAws(words: readonly string[]): readonly CommandFinding[] {
  const at = words.findIndex((word) => !word.startsWith('--'));
  const [service = '', first = '', second = ''] = at < 0 ? [] : words.slice(at);
  if (at < 0 || service === 'help' || service === 'configure' || first === 'help') return [];
  const known = { ...services[service], ...ownCommands[service] };
  const names = Object.keys(known);
  if (names.length === 0) {
    const mend = 'Check its name. If it is right, add it to content/update-aws-operations.mjs and run that.';
    return [{ reason: `\`aws ${service}\` is no service that is known here.`, mend }];
  }
  const operation = first === 'wait' ? `wait ${second}` : first;
  const options = known[operation];
  if (options === undefined) {
    const near = names.filter((name) => name.split('-').some((part) => operation.split('-').includes(part)));
    return [
      {
        reason: `\`aws ${service} ${operation}\` does not exist.`,
        mend: `Use one of: ${(near.length > 0 ? near : names).slice(0, 12).join(', ')}.`,
      },
    ];
  }
  return checkOptions(`${service} ${operation}`, options, words.slice(at + operation.split(' ').length + 1));
}

function checkOptions(command: string, declared: string, words: readonly string[]): readonly CommandFinding[] {
  const changed = changedOperations[command];
  const options = [...declared.split(' ').filter(Boolean), ...(changed?.adds.split(' ') ?? [])];
  const names = options.map((option) => option.replace('!', ''));
  const given = words.filter((word) => /^--[a-z]/.test(word)).map((word) => word.slice(2).replace(/=.*$/s, ''));
  const findings: CommandFinding[] = [];
  for (const name of given) {
    if (names.includes(name) || names.includes(name.replace(/^no-/, '')) || globalOptions.includes(name)) continue;
    const mend = `It takes: ${names.map((option) => `--${option}`).join(' ')}.`;
    findings.push({ reason: `\`aws ${command}\` has no option --${name}.`, mend });
  }
  const fromFile = given.some((name) => ['cli-input-json', 'cli-input-yaml', 'generate-cli-skeleton'].includes(name));
  for (const option of fromFile ? [] : options.filter((one) => one.endsWith('!'))) {
    const name = option.slice(0, -1);
    if (given.includes(name) || given.includes(`no-${name}`) || changed?.optional?.includes(name)) continue;
    if (changed?.instead === name && given.some((one) => changed.adds.split(' ').includes(one))) continue;
    findings.push({ reason: `\`aws ${command}\` needs --${name}.`, mend: `Add --${name} with its value.` });
  }
  const last = words.at(-1) ?? '';
  if (intoFile.includes(command) && (last.startsWith('--') || (words.at(-2) ?? '').startsWith('--'))) {
    const free = words.some((word, at) => !word.startsWith('--') && !(words[at - 1] ?? '').startsWith('--'));
    const mend = 'Name it, such as response.json, outside of the options.';
    if (!free) findings.push({ reason: `\`aws ${command}\` needs a file for the answer.`, mend });
  }
  return findings;
}
