/** A review session: order, second chances, undo. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentQuestion,
  leaveOut,
  placeIn,
  rate,
  resultOf,
  startSession,
  undo,
} from '../../src/progress/review/session.ts';

const session = startSession(['a', 'b', 'c']);

describe('a session', () => {
  it('asks in turn and ends', () => {
    const end = rate(rate(rate(session, 'good'), 'easy'), 'hard');
    expect(currentQuestion(session)).toBe('a');
    expect(currentQuestion(rate(session, 'good'))).toBe('b');
    expect(currentQuestion(end)).toBeUndefined();
    expect(resultOf(end)).toEqual({ questions: 3, right: 3 });
  });

  it('asks what was wrong once more at the end, and not a third time', () => {
    const missed = rate(session, 'again');
    expect(missed.queue).toEqual(['b', 'c', 'a']);
    expect(placeIn(missed)).toEqual({ at: 2, of: 4 });
    const end = rate(rate(rate(missed, 'good'), 'good'), 'again');
    expect(end.queue).toEqual([]);
    expect(resultOf(end)).toEqual({ questions: 3, right: 2 });
  });

  it('leaves out what was answered elsewhere', () => {
    expect(leaveOut(session, new Set(['a', 'c'])).queue).toEqual(['b']);
  });
});

it('undo brings back the session before, from any number of ratings', () => {
  const ratings = fc.array(fc.constantFrom('again', 'hard', 'good', 'easy'), { maxLength: 8 });
  fc.assert(
    fc.property(ratings, (given) => {
      const sessions = [session];
      for (const rating of given) {
        const next = rate(sessions.at(-1) ?? session, rating);
        sessions.push(next);
        if (next.queue.length === 0) break;
      }
      const last = sessions.at(-1) ?? session;
      let back = last;
      for (const expected of sessions.toReversed()) {
        expect(back.queue).toEqual(expected.queue);
        expect(back.rated).toEqual(expected.rated);
        back = undo(back);
      }
      expect(back).toBe(session);
    }),
  );
});
