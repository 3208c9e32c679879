/** Holds an expectation against a run: one judge for each kind. Pure. */
import type { Expectation } from '../../content/challenge-schema.ts';
import { judgeAnswer } from './expectations/answer.ts';
import { judgeCalls } from './expectations/calls.ts';
import { judgeEnvironments, judgeRequests } from './expectations/counts.ts';
import { judgeEnd } from './expectations/ends.ts';
import { judgeLog } from './expectations/log.ts';
import { judgeMonth } from './expectations/month.ts';
import { judgeReport } from './expectations/report.ts';
import { judgeResponse } from './expectations/response.ts';
import { judgeResult } from './expectations/result.ts';
import { judgeRole } from './expectations/role.ts';
import { judgeStart } from './expectations/start.ts';
import type { Finding, JudgeContext } from './finding.ts';
import type { Observation } from './observation.ts';

/** What an expectation comes to in a run. */
export function judge(expectation: Expectation, observation: Observation, context: JudgeContext): Finding {
  if ('ends' in expectation) return judgeEnd(expectation, observation, context);
  if ('result' in expectation) return judgeResult(expectation, observation, context);
  if ('response' in expectation) return judgeResponse(expectation, observation, context);
  if ('log' in expectation) return judgeLog(expectation, observation, context);
  if ('start' in expectation) return judgeStart(expectation, observation, context);
  if ('report' in expectation) return judgeReport(expectation, observation, context);
  if ('requests' in expectation) return judgeRequests(expectation, observation, context);
  if ('environments' in expectation) return judgeEnvironments(expectation, observation, context);
  if ('answer' in expectation) return judgeAnswer(expectation, observation, context);
  if ('calls' in expectation) return judgeCalls(expectation, observation, context);
  if ('role' in expectation) return judgeRole(expectation, observation, context);
  return judgeMonth(expectation, observation, context);
}
