/** What the self-audit says about an item: the evidence in a sentence, and where it disagrees with the learner. Pure. */
import type { ItemEvidence } from './checklist-evidence.ts';

/** A sentence, with a place to go when there is one. Addresses are from the site's root, without a slash in front. */
export interface AuditWord {
  readonly text: string;
  readonly link?: { readonly text: string; readonly href: string };
}

/** `2 of 2 lessons done, 5 of 7 questions right, challenge “Reuse a client” not passed yet.` */
export function sayEvidence({ lessons, questions, challenges }: ItemEvidence): string {
  const parts = [
    ...(lessons.all.length === 0 ? [] : [`${lessons.done} of ${count(lessons.all.length, 'lesson')} done`]),
    ...(questions.all === 0
      ? []
      : questions.answered === 0
        ? [`${count(questions.all, 'question')} not answered yet`]
        : [`${questions.right} of ${count(questions.answered, 'answered question')} right`]),
    ...challenges.passed.map(({ title }) => `challenge “${title}” passed`),
    ...challenges.open.map(({ title }) => `challenge “${title}” not passed yet`),
  ];
  if (parts.length === 0) return 'The course has no lesson, question or challenge on this yet.';
  const text = parts.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Where evidence and self-assessment differ, in either direction; nothing when they do not. */
export function sayDisagreement(evidence: ItemEvidence): AuditWord | undefined {
  const { says, shown } = evidence;
  if (says === 'can-show' && shown === 'against') {
    return { text: `You say you can show it; ${sayWrong(evidence)}.`, ...linkToLesson(evidence, 'Read it again') };
  }
  if (says === 'can-show' && shown === 'nothing') {
    const next = whereToGo(evidence);
    return next && { text: 'You say you can show it; nothing you did here has shown it yet.', link: next };
  }
  if (says === 'think-so' && shown === 'against') {
    return { text: `You think so; ${sayWrong(evidence)}.`, ...linkToLesson(evidence, 'Read it again') };
  }
  if (says === 'think-so' && shown === 'shown') {
    return { text: `You think so; you have shown it: ${sayGood(evidence)}.` };
  }
  if (says === 'not-yet' && shown === 'shown') {
    return { text: `You say not yet; yet ${sayGood(evidence)}. You may be further than you think.` };
  }
  return undefined;
}

/** What to do next for an item: the lesson that is not done, the challenge that is not passed, or nothing. */
export function whereToGo({ nextLesson, challenges: { open } }: ItemEvidence): AuditWord['link'] {
  if (nextLesson) return { text: `Go to the lesson “${nextLesson.label}”`, href: nextLesson.href };
  const [challenge] = open;
  return challenge && { text: `Try the challenge “${challenge.title}”`, href: challenge.href };
}

/** Where everybody stands: `You can show 3 of 15, think so for 4, and say not yet for 2.` */
export function saySummary(evidence: readonly ItemEvidence[]): string {
  const said = (value: ItemEvidence['says']) => evidence.filter(({ says }) => says === value).length;
  const differ = evidence.filter((item) => sayDisagreement(item) !== undefined).length;
  if (evidence.every(({ says }) => says === undefined)) return 'You have not judged any of them yet.';
  const text = `You say you can show ${said('can-show')} of ${evidence.length}, think so for ${said('think-so')}, and not yet for ${said('not-yet')}.`;
  if (differ === 0) return text;
  return `${text} What you did here says otherwise for ${differ}.`;
}

function linkToLesson({ lessons, nextLesson }: ItemEvidence, text: string): { link?: NonNullable<AuditWord['link']> } {
  const lesson = nextLesson ?? lessons.all[0];
  return lesson ? { link: { text: `${text}: “${lesson.label}”`, href: lesson.href } } : {};
}

function sayWrong({ latest, questions }: ItemEvidence): string {
  if (latest.answers > 0 && latest.wrong === latest.answers) {
    return `your last ${count(latest.answers, 'answer')} on it ${latest.answers === 1 ? 'was' : 'were'} wrong`;
  }
  return `${questions.right} of ${count(questions.answered, 'question')} on it ${questions.right === 1 ? 'was' : 'were'} right at the last try`;
}

function sayGood({ challenges, questions }: ItemEvidence): string {
  const passed = challenges.passed.map(({ title }) => `“${title}”`);
  const parts = [
    ...(passed.length === 0 ? [] : [`you passed ${passed.join(' and ')}`]),
    ...(questions.answered === 0 ? [] : [`${questions.right} of ${count(questions.answered, 'question')} were right`]),
  ];
  return parts.join(', and ');
}

const count = (number: number, one: string): string => `${number} ${number === 1 ? one : `${one}s`}`;
