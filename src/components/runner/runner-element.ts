/** The only script of a runner that a page loads by itself. */
import { LazyRunner } from './lazy-runner.ts';

class RunnerElement extends LazyRunner {
  protected async load(): Promise<void> {
    const { startRunner } = await import('./start-runner.ts');
    startRunner(this);
  }
}

customElements.define('coldstart-runner', RunnerElement);
