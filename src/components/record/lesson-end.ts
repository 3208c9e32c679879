/** Stands at the end of a lesson's text and follows the visit: when it is in view, the text was read. */
import { LessonVisit } from '../../progress/lesson-visit.ts';
import { openRecord } from '../../progress/record.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart'] as const;
/** Real ms. */
const betweenTicks = 5000;
/** So long, in real ms, the end has to be in view: passing it while scrolling is not reading it. */
const glance = 1000;

class LessonEnd extends HTMLElement {
  connectedCallback(): void {
    // A page that is opened in the background is visited when it is looked at.
    if (document.visibilityState === 'visible') void this.#follow();
    else document.addEventListener('visibilitychange', () => void this.#follow(), { once: true });
  }

  async #follow(): Promise<void> {
    const visit = new LessonVisit(await openRecord(), this.dataset.lesson ?? '');
    visit.begin();
    for (const sign of signs) addEventListener(sign, () => visit.sign(), { passive: true, capture: true });
    document.addEventListener('visibilitychange', () => visit.see(document.visibilityState === 'visible'));
    addEventListener('pagehide', () => visit.see(false));
    addEventListener('pageshow', ({ persisted }) => persisted && visit.see(true));
    setInterval(() => visit.tick(), betweenTicks);
    let timer: ReturnType<typeof setTimeout> | undefined;
    new IntersectionObserver((changes) => {
      clearTimeout(timer);
      if (changes.at(-1)?.isIntersecting) timer = setTimeout(() => visit.seeEnd(), glance);
    }).observe(this);
  }
}

customElements.define('lesson-end', LessonEnd);
