/** What the tabs of one browser tell each other about the record. */
import type { Entry } from './entry.ts';

/** A change of the record in another tab. */
export interface TabMessage {
  readonly added: readonly Entry[];
  readonly dropped: readonly string[];
  /** False when the sender could not store it: a tab that can does. */
  readonly stored: boolean;
}

export interface Tabs {
  tell(message: TabMessage): void;
  /** Calls back for every change in another tab. */
  listen(listener: (message: TabMessage) => void): void;
  close(): void;
}

/** A version of the messages; tabs of another edition of the course are not understood and not listened to. */
const channelName = 'coldstart.record.1';

/** The other tabs, or nobody where the browser has no such channel. */
export function otherTabs(): Tabs {
  const channel = openChannel();
  return {
    tell: (message) => channel?.postMessage(message),
    listen: (listener) =>
      channel?.addEventListener('message', (event: MessageEvent<TabMessage>) => listener(event.data)),
    close: () => channel?.close(),
  };
}

function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(channelName);
  } catch {
    return undefined;
  }
}
