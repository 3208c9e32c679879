/** What a page passes to the components below it. */
/// <reference types="astro/client" />
import type { Challenge } from './course/challenges.ts';
import type { Lesson } from './course/course.ts';

declare global {
  namespace App {
    interface Locals {
      /** The lesson whose page is being rendered: its functions, quiz and place in the course hang off it. */
      lesson?: Lesson;
      /** The challenge whose page is being rendered. */
      challenge?: Challenge;
      /** True when the text of the page brings its own heading. */
      ownHeading?: boolean;
      /** How many notes the page has so far; makes their ids unique. */
      notes?: number;
    }
  }
}
