/** Every number that decides when a question is asked again. */
import { default_w } from 'ts-fsrs';

/** FSRS 6 with the weights its authors fitted on many learners' reviews. */
export const fsrsParameters = {
  w: default_w,
  /** Ask again when the chance of a right answer has fallen to this. */
  request_retention: 0.9,
  /** Days: nothing in this course is put off for longer. */
  maximum_interval: 180,
  /** The same facts give the same schedule. */
  enable_fuzz: false,
  /** Reviews in one sitting change the memory by FSRS's short-term formula. */
  enable_short_term: true,
};

/** At most this many questions have their first review on one day. */
export const newPerDay = 10;

/** What an answer takes, its reply read. */
export const secondsPerCard = 25;

/** A session is this long; the rest can wait or be asked for. */
export const sessionMinutes = 5;

/** Questions in a session. */
export const sessionSize = Math.floor((sessionMinutes * 60) / secondsPerCard);
