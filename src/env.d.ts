/** What a page passes to the components below it. */
/// <reference types="astro/client" />
import type { Lesson } from './course/course.ts';

declare global {
  namespace App {
    interface Locals {
      /** The lesson whose page is being rendered: its functions, quiz and place in the course hang off it. */
      lesson?: Lesson;
      /** True when the text of the page brings its own heading. */
      ownHeading?: boolean;
      /** How many notes the page has so far; makes their ids unique. */
      notes?: number;
    }
  }
}
