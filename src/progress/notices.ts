/** What a learner has to be told about their record on any page: each once, and only when it matters. Pure. */
import { isCopyDue, isWorthKeeping } from './copy-reminder.ts';
import type { Entry } from './entry.ts';
import type { StorageState } from './tab-record.ts';

export type NoticeKind = 'denied' | 'full' | 'blocked' | 'outdated' | 'lost' | 'copy-due';

export interface RecordNotice {
  readonly kind: NoticeKind;
  readonly text: string;
  /** What can be done about it, besides putting the notice away. */
  readonly action: 'download' | 'reload' | 'import';
}

const notices: Readonly<Record<NoticeKind, Omit<RecordNotice, 'kind'>>> = {
  denied: {
    text: 'This browser does not let this site keep anything. What you do counts until you leave this page; a file keeps it.',
    action: 'download',
  },
  full: {
    text: 'There is no room left in this browser’s storage. What you do now counts until this tab is closed; a file keeps it.',
    action: 'download',
  },
  blocked: {
    text: 'The browser does not hand out your record, perhaps because of another tab with an older edition of the course. Close that tab; what you do here meanwhile is added.',
    action: 'reload',
  },
  outdated: {
    text: 'Another tab has a newer edition of the course. Reload this page to go on with it.',
    action: 'reload',
  },
  lost: {
    text: 'Your record was here and is gone: the browser has deleted it. If you kept a copy, bring it in.',
    action: 'import',
  },
  'copy-due': {
    text: 'You have done a good deal that exists only in this browser, and some browsers delete what was not used for a while.',
    action: 'download',
  },
};

interface Situation {
  readonly storage: StorageState;
  readonly entries: readonly Entry[];
  readonly lost: boolean;
  /** Real time, ms since the Unix epoch. */
  readonly now: number;
}

export function noticeFor({ storage, entries, lost, now }: Situation): RecordNotice | undefined {
  const kind = kindFor({ storage, entries, lost, now });
  return kind && { kind, ...notices[kind] };
}

function kindFor({ storage, entries, lost, now }: Situation): NoticeKind | undefined {
  if (storage === 'outdated' || storage === 'blocked' || storage === 'full') return storage;
  if (storage === 'denied') return entries.some(isWorthKeeping) ? 'denied' : undefined;
  if (storage === 'opening') return undefined;
  if (lost) return 'lost';
  return isCopyDue(entries, now) ? 'copy-due' : undefined;
}
