/// <reference path="./generated-json.d.ts" />
/** The facts that the sandbox is built with. */
import list from './facts.generated.json' with { type: 'json' };
import { indexFacts, type Facts } from './facts.ts';

export const defaultFacts: Facts = indexFacts(list);
