/** The only script of an embedded scenario that a page loads by itself. */
import { LazyRunner } from '../runner/lazy-runner.ts';

class ScenarioElement extends LazyRunner {
  protected async load(): Promise<void> {
    const { startScenario } = await import('./start-scenario.ts');
    startScenario(this);
  }
}

customElements.define('coldstart-scenario', ScenarioElement);
