/** A visit to a lesson on a clock of its own: what of it becomes a fact, and when. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/progress/entry.ts';
import { LessonVisit } from '../../src/progress/lesson-visit.ts';
import { memoryRecord } from '../../src/progress/memory-record.ts';

function visiting(entries: readonly Entry[] = []) {
  const clock = { now: 1_000_000 };
  const record = memoryRecord(entries, { now: () => clock.now });
  const visit = new LessonVisit(record, 'cold', () => clock.now);
  /** Lets seconds pass, with a tick every five and a sign of somebody every so many. */
  const pass = (seconds: number, signEvery = 20) => {
    for (let passed = 0; passed < seconds; passed += 5) {
      clock.now += 5000;
      if (passed % signEvery === 0) visit.sign();
      visit.tick();
    }
  };
  const told = () => record.entries.map((entry) => (entry.kind === 'time-spent' ? entry.seconds : entry.kind));
  return { clock, record, visit, pass, told };
}

describe('a visit', () => {
  it('is told once when the page is opened, and not again on a reload', () => {
    const { record, visit, told, clock } = visiting();
    visit.begin();
    expect(told()).toEqual(['lesson-opened']);
    clock.now += 20 * 60 * 1000;
    new LessonVisit(record, 'cold', () => clock.now).begin();
    expect(told()).toEqual(['lesson-opened']);
    clock.now += 11 * 60 * 1000;
    new LessonVisit(record, 'cold', () => clock.now).begin();
    expect(told()).toEqual(['lesson-opened', 'lesson-opened']);
  });

  it('is told again after another lesson', () => {
    const { record, visit, told, clock } = visiting();
    visit.begin();
    clock.now += 1000;
    new LessonVisit(record, 'warm', () => clock.now).begin();
    clock.now += 1000;
    visit.begin();
    expect(told()).toEqual(['lesson-opened', 'lesson-opened', 'lesson-opened']);
  });

  it('counts time in pieces of a minute, and the rest when the page goes', () => {
    const { visit, pass, told } = visiting();
    visit.begin();
    pass(135);
    expect(told()).toEqual(['lesson-opened', 60, 60]);
    visit.see(false);
    expect(told()).toEqual(['lesson-opened', 60, 60, 15]);
  });

  it('does not count time out of view', () => {
    const { visit, pass, told } = visiting();
    visit.begin();
    pass(20);
    visit.see(false);
    pass(3600);
    visit.see(true);
    pass(10);
    visit.see(false);
    expect(told()).toEqual(['lesson-opened', 20, 10]);
  });

  it('counts two minutes after the last sign of somebody, however long the page stays', () => {
    const { visit, pass, told } = visiting();
    visit.begin();
    pass(3600, 10_000);
    visit.see(false);
    // The one sign came after five seconds.
    expect(told()).toEqual(['lesson-opened', 60, 60, 5]);
  });

  it('counts next to nothing of a night in which the machine slept', () => {
    const { visit, told, clock } = visiting();
    visit.begin();
    clock.now += 8 * 60 * 60 * 1000;
    visit.tick();
    expect(told()).toEqual(['lesson-opened', 120]);
  });

  it('counts nothing for a clock that is set back', () => {
    const { visit, told, clock } = visiting();
    visit.begin();
    clock.now -= 60 * 60 * 1000;
    visit.tick();
    visit.see(false);
    expect(told()).toEqual(['lesson-opened']);
  });
});

describe('a text', () => {
  it('is read when its end was seen, after half a minute with it', () => {
    const { visit, pass, told } = visiting();
    visit.begin();
    pass(25);
    visit.seeEnd();
    expect(told()).toEqual(['lesson-opened']);
    pass(5);
    expect(told()).toEqual(['lesson-opened', 'lesson-read']);
    pass(60);
    visit.seeEnd();
    expect(told().filter((kind) => kind === 'lesson-read')).toHaveLength(1);
  });

  it('is not read by staying', () => {
    const { visit, pass, told } = visiting();
    visit.begin();
    pass(600);
    expect(told()).not.toContain('lesson-read');
  });

  it('is read over several visits', () => {
    const before: Entry = { kind: 'time-spent', id: 'before', at: 5, lesson: 'cold', seconds: 60 };
    const { visit, told } = visiting([before]);
    visit.begin();
    visit.seeEnd();
    expect(told()).toContain('lesson-read');
  });
});
