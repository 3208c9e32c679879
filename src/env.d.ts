/** Types that Astro adds, and what pages pass to the components below them. */
/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The lesson whose page is being rendered: its functions, quiz and place in the course hang off it. */
    lesson?: import('./course/course.ts').Lesson;
    /** How many facts the page has shown so far; makes the ids of their notes unique. */
    factNotes?: number;
  }
}
