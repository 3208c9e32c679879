/** The facts that the sandbox is built with. */
import list from './facts.generated.json' with { type: 'json' };
import { indexFacts, type Fact, type Facts } from './facts.ts';

export const defaultFacts: Facts = indexFacts(list as readonly Fact[]);
