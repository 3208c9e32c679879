/**
 * The only script of a quiz that a page loads by itself. It waits until a question is touched or focused and then loads
 * what that one needs; when the quiz comes into view, it loads what the record knows of answers.
 */
class QuizElement extends HTMLElement {
  connectedCallback(): void {
    for (const type of ['pointerenter', 'touchstart', 'focusin', 'click', 'submit'] as const) {
      this.addEventListener(type, this.#touched, { capture: true, passive: type === 'touchstart' });
    }
    this.addEventListener('click', this.#again);
    new IntersectionObserver((entries, observer) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void import('./answers-so-far.ts').then(({ showAnswersSoFar }) => showAnswersSoFar(this));
    }).observe(this);
  }

  /** A button of the line below the questions. */
  readonly #again = ({ target }: Event): void => {
    const which = target instanceof HTMLElement ? target.dataset.again : undefined;
    if (which !== 'missed' && which !== 'all') return;
    void import('./start-quiz.ts').then(({ askAgain }) => askAgain(this, which));
  };

  /** Whatever is used first: its question comes alive, and what was pressed meanwhile is pressed again. */
  readonly #touched = (event: Event): void => {
    const question = event.target instanceof Element ? event.target.closest<HTMLElement>('coldstart-question') : null;
    if (!question || question.dataset.alive !== undefined) return;
    const pressed = event.type === 'click' && event.target instanceof Element ? event.target.closest('button') : null;
    if (pressed || event.type === 'submit') event.preventDefault();
    const place = pressed ? [...question.querySelectorAll('button')].indexOf(pressed) : -1;
    void import('./start-quiz.ts')
      .then(({ startQuestion }) => startQuestion(this, question))
      .then(
        () => question.querySelectorAll('button')[place]?.click(),
        () => this.#fail(question),
      );
  };

  /** A browser does not ask again for a script that did not come. */
  #fail(question: HTMLElement): void {
    if (question.querySelector('[role=alert]')) return;
    const message = document.createElement('p');
    message.setAttribute('role', 'alert');
    message.textContent = 'The question could not be loaded. Check the connection and reload the page.';
    question.append(message);
  }
}

customElements.define('coldstart-quiz', QuizElement);
