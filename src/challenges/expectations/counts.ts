/** How much a run took: `requests: { most: 3 }`, `environments: 1`. */
import type { Judge } from '../finding.ts';
import { meets, sayAmount, sayCount } from '../words.ts';

export const judgeRequests: Judge<'requests'> = ({ requests }, observation) => {
  const count = observation.requests.length;
  return {
    met: meets(requests, count),
    expected: `It takes ${sayAmount(requests)} ${requests === 1 ? 'request' : 'requests'}.`,
    saw: `${sayCount(count, 'request')}.`,
  };
};

export const judgeEnvironments: Judge<'environments'> = ({ environments }, observation) => ({
  met: meets(environments, observation.environments),
  expected: `Lambda creates ${sayAmount(environments)} ${environments === 1 ? 'environment' : 'environments'}.`,
  saw: `${sayCount(observation.environments, 'environment')}.`,
});
