/** The worker's side for labs: answers calls in their order, takes breath while it runs, and hears a cancel at once. */
import type { AccountLab } from '../lab/account-lab.ts';
import type { LabControl, LabProgress, LabUpdate } from '../lab/lab.types.ts';
import { cross } from './cross.ts';
import type { Call, LabRequest, Reply } from './protocol.ts';
import type { Port } from './serve-sessions.ts';

/** Opens a lab that breathes by `control`. */
export type OpenServedLab = (
  request: Extract<LabRequest, { method: 'open-lab' }>,
  control: LabControl,
) => Promise<{ readonly lab: AccountLab; readonly update: LabUpdate }>;

/** How time passes outside. */
export interface Surroundings {
  /** Real ms. */
  now(): number;
  /** Lets messages come in. */
  breathe(): Promise<void>;
}

/** Real ms that a run takes before messages are looked at. */
const slice = 40;

/** Serves labs on `port` for as long as it lives. */
export function serveLabs(port: Port, open: OpenServedLab, surroundings: Surroundings): void {
  const labs = new Map<number, AccountLab>();
  let previous: Promise<void> = Promise.resolve();
  /** The call that is being answered. */
  let current = { id: 0, lab: 0 };
  /** By lab: what came before the call with this id has been cancelled. */
  const cancelledBefore = new Map<number, number>();
  let begun = 0;
  const control: LabControl = {
    isDue: () => surroundings.now() - begun > slice,
    pause: async (progress: LabProgress) => {
      port.postMessage({ id: current.id, progress });
      await surroundings.breathe();
      begun = surroundings.now();
      return current.id < (cancelledBefore.get(current.lab) ?? 0);
    },
  };
  const answer = async (request: LabRequest): Promise<unknown> => {
    if (request.method === 'open-lab') {
      const { lab, update } = await open(request, control);
      labs.set(request.lab, lab);
      return update;
    }
    const lab = labs.get(request.lab);
    if (lab === undefined) throw new Error('There is no such lab.');
    switch (request.method) {
      case 'perform':
        return lab.perform(request.action);
      case 'step':
        return lab.step();
      case 'lab-free-tier':
        return lab.setFreeTier(request.enabled);
      case 'look':
        return lab.look(request.question as never);
      case 'close-lab':
        labs.delete(request.lab);
        cancelledBefore.delete(request.lab);
        lab.close();
        return undefined;
      case 'cancel':
        return undefined;
    }
  };
  port.addEventListener('message', ({ data }) => {
    const { id, request } = data as Call;
    if (!('lab' in request)) return;
    if (request.method === 'cancel') {
      cancelledBefore.set(request.lab, id);
      port.postMessage({ id, ok: true });
      return;
    }
    previous = previous.then(async () => {
      current = { id, lab: request.lab };
      begun = surroundings.now();
      let reply: Reply;
      try {
        const update = await answer(request);
        reply = { id, ok: true, ...(update === undefined ? {} : { update }) };
      } catch (error) {
        reply = { id, ok: false, error: cross(error) };
      }
      port.postMessage(reply);
    });
  });
}
