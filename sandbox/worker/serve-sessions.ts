/** The worker's side of the protocol: answers calls in the order in which they came. */
import { cross } from './cross.ts';
import type { Call, Reply, SessionOptions, SessionRequest } from './protocol.ts';
import type { Session, SessionUpdate } from './session.types.ts';

/** One end of a wire: a worker's global scope, or anything like it. */
export interface Port {
  postMessage(reply: Reply): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** Serves sessions on `port` for as long as it lives. */
export function serveSessions(port: Port, open: (options: SessionOptions) => Promise<Session>): void {
  const sessions = new Map<number, Session>();
  let previous: Promise<void> = Promise.resolve();
  port.addEventListener('message', ({ data }) => {
    const { id, request } = data as Call;
    if (!('session' in request)) return;
    previous = previous.then(async () => {
      try {
        const update = await answer(sessions, open, request);
        port.postMessage({ id, ok: true, ...(update === undefined ? {} : { update }) });
      } catch (error) {
        port.postMessage({ id, ok: false, error: cross(error) });
      }
    });
  });
}

async function answer(
  sessions: Map<number, Session>,
  open: (options: SessionOptions) => Promise<Session>,
  request: SessionRequest,
): Promise<SessionUpdate | undefined> {
  if (request.method === 'open') {
    sessions.set(request.session, await open(request.options));
    return undefined;
  }
  const session = sessions.get(request.session);
  if (session === undefined) throw new Error('There is no such session.');
  switch (request.method) {
    case 'deploy':
      return session.deploy(request.definition);
    case 'run':
      return session.run(request.step);
    case 'setFreeTier':
      return session.setFreeTier(request.enabled);
    case 'close':
      sessions.delete(request.session);
      session.close();
      return undefined;
  }
}
