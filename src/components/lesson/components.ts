/** What a lesson's MDX may use without importing it. */
import Runner from '../runner/Runner.astro';
import Challenge from '../challenge/Challenge.astro';
import Badge from './Badge.astro';
import Calculated from './Calculated.astro';
import Check from './Check.astro';
import Fact from './Fact.astro';
import Figure from './Figure.astro';
import GetWrong from './GetWrong.astro';
import InRealLife from './InRealLife.astro';
import Languages from './Languages.astro';
import Predict from './Predict.astro';
import RunValue from './RunValue.astro';
import Scenario from '../lab/Scenario.astro';
import Situation from './Situation.astro';
import Sources from './Sources.astro';
import Term from './Term.astro';
import Way from './Way.astro';

export const lessonComponents = {
  Badge,
  Calculated,
  Challenge,
  Check,
  Fact,
  Figure,
  GetWrong,
  InRealLife,
  Languages,
  Predict,
  Runner,
  RunValue,
  Scenario,
  Situation,
  Sources,
  Term,
  Way,
};
