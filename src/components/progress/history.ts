/** Fills the chart of the last four weeks and its table. */
import { type DayOfStudy, daysOfStudy, recentDays } from '../../progress/activity.ts';
import type { DayOf } from '../../progress/day.ts';
import type { Entry } from '../../progress/entry.ts';
import { all, say } from './page-text.ts';
import { count, formatTime } from '../../progress/words.ts';
import { formatDayName } from './words.ts';

export const chartDays = 28;
/** Units of the drawing. */
export const chartHeight = 96;

export function showHistory(entries: readonly Entry[], now: number, dayOf: DayOf): void {
  const ever = daysOfStudy(entries, dayOf);
  const days = recentDays(ever, dayOf(now), chartDays);
  const busy = days.filter(({ seconds, answers }) => seconds > 0 || answers > 0);
  const longest = Math.max(60, ...days.map(({ seconds }) => seconds));
  say('history', sentence(busy, ever.length));
  say('longest-day', formatTime(longest));
  say('first-day', formatDayName(days[0]?.day ?? ''));
  const bars = document.querySelectorAll('.chart .bar');
  days.forEach(({ seconds, answers }, at) => {
    const height = seconds > 0 || answers > 0 ? Math.max(3, (seconds / longest) * chartHeight) : 0;
    bars[at]?.setAttribute('height', String(height));
    bars[at]?.setAttribute('y', String(chartHeight - height));
    bars[at]?.toggleAttribute('data-answers-only', seconds === 0);
  });
  for (const body of all('[data-days]')) body.replaceChildren(...busy.toReversed().map(row));
}

function sentence(busy: readonly DayOfStudy[], ever: number): string {
  const seconds = busy.reduce((sum, day) => sum + day.seconds, 0);
  const answers = busy.reduce((sum, day) => sum + day.answers, 0);
  const inAll = ever > busy.length ? ` ${count(ever, 'day')} since you began.` : '';
  return (
    `You studied on ${count(busy.length, 'day')}: ${formatTime(seconds)} in lessons, ${count(answers, 'answer')}.` +
    `${inAll} A day ends at four in the morning.`
  );
}

function row({ day, seconds, answers, right }: DayOfStudy): HTMLElement {
  const line = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = formatDayName(day);
  const cells = [formatTime(seconds), answers === 0 ? '0' : `${answers}, ${right} right`].map((text) => {
    const cell = document.createElement('td');
    cell.textContent = text;
    return cell;
  });
  line.append(head, ...cells);
  return line;
}
