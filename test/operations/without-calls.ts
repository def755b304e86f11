import { readsOf, type Selector } from '../dashboards/promql-selectors.ts';

/** What is there whether or not anybody calls: seats, hours, targets, the daemon itself; and what a day or a month has summed up. */
const STANDING =
  /^(up$|process_|asterisk_queue_members|ringside:day_budget|ringside_(ami|attempts|blind|blocks|books|build|bytes|call_backs|clock|definition|event|exchange|hotline_open|journal|lines|moves|push|(queue_)?occupancy|queue_(open|patience|seats|staffed)|report|resync|seat|service_level_bound|target|usual))/;
/** Figures that a call is needed for: without one they are no number, and never 0 % or 100 %. */
const OF_CALLS =
  /(_ratio|:ratio|_verdict|_guard_misses|_significant|_speed_of_answer_seconds|_handle_time_seconds|_longest_wait_seconds|_wait_seconds_bucket|_talk_seconds_bucket)$/;

/** What takes the figures of blind time away is no figure itself (whileSeen of dashboards/generate/promql.ts). */
const TAKES_AWAY = / unless on \(job,pbx\) min without \(instance\) \(ringside_blind\{[^}]*\}\) == 1$/;

const isStanding = ({ name, matchers }: Selector): boolean =>
  STANDING.test(name) ||
  matchers.some(({ label, value }) => label === 'window' && /day|shift|month/.test(value));

/**
 * How an expression of a panel may say that there were no calls. A figure of calls is absent, a count is 0, and there is no
 * bar of events; what stands is there all the same, at 0 too, but where only what is not 0 is shown.
 */
export function formsWithoutCalls(expr: string): readonly ('nothing' | 'zeros' | 'figures')[] {
  const figure = expr.replace(TAKES_AWAY, '');
  const { selectors } = readsOf(figure);
  const areShown = /(== 1|> 0)$/.test(figure);
  if (selectors.some(isStanding)) return areShown ? ['nothing', 'figures'] : ['zeros', 'figures'];
  return areShown || selectors.some(({ name }) => OF_CALLS.test(name)) ? ['nothing'] : ['zeros'];
}
