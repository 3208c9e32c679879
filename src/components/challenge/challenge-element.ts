/** The only script of a challenge that a page loads by itself. */
import { LazyRunner } from '../runner/lazy-runner.ts';

class ChallengeElement extends LazyRunner {
  protected async load(): Promise<void> {
    const { startChallenge } = await import('./start-challenge.ts');
    startChallenge(this);
  }
}

customElements.define('coldstart-challenge', ChallengeElement);
