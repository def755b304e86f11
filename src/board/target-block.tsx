import type { Row } from '../push/protocol.ts';
import { FigureLink } from './figure-link.tsx';
import { shownWindow, words } from './settings.ts';
import { TrendChart } from './trend-chart.tsx';
import { isFew, VERDICT_SIGNS, type Rate, type TargetReport } from './verdict-signs.ts';

interface Props {
  readonly row: Row<'hotlines'>;
  readonly target: TargetReport;
  /** With every window in a table, and the formula. */
  readonly isWhole: boolean;
}

/** One target: its rate with all that belongs to it (norm.md section 1), and the last hours. */
export function TargetBlock({ row, target, isWhole }: Props) {
  const say = words.value;
  const rate = target.rates.find(({ window }) => window === shownWindow.value);
  if (rate === undefined) return null;
  const trend = row.trend[target.target] ?? [];
  return (
    <section class="target">
      <h4>{say.say(`target.${target.target}`)}</h4>
      <div class="rate-and-trend">
        <div>
          <p class="rate">
            <strong class={rate.ratio === null ? 'none' : ''}>
              {rate.ratio === null ? say.say('rate.no-calls') : say.percent(rate.ratio)}
            </strong>
            <VerdictMark verdict={rate.verdict} />
          </p>
          <RateDetails row={row} rate={rate} targetRatio={target.targetRatio} />
        </div>
        {trend.length === 0 && rate.ratio === null ? null : (
          <TrendChart
            points={trend}
            targetRatio={target.targetRatio}
            zone={row.zone}
            name={say.say(`target.${target.target}`)}
          />
        )}
      </div>
      {isWhole ? <WindowTable row={row} target={target} /> : null}
    </section>
  );
}

/** Where there were no calls the rate has said so already. */
export function VerdictMark({ verdict }: { readonly verdict: Rate['verdict'] }) {
  if (verdict === 'no-data') return null;
  return (
    <span class={`verdict ${verdict}`}>
      <span aria-hidden="true">{VERDICT_SIGNS[verdict]}</span> {words.value.say(`verdict.${verdict}`)}
    </span>
  );
}

function RateDetails({
  row: { pbx, hotline, zone },
  rate,
  targetRatio,
}: {
  readonly row: Row<'hotlines'>;
  readonly rate: Rate;
  readonly targetRatio: number | null;
}) {
  const say = words.value;
  const counts = { hits: say.count(rate.hits), calls: say.count(rate.hits + rate.misses) };
  const parts = [
    targetRatio === null
      ? say.say('rate.nothing-missed')
      : say.say('rate.target', { ratio: say.share(targetRatio) }),
    say.say('rate.pending', { count: say.count(rate.pending) }),
    say.say('rate.set-aside', { count: say.count(rate.setAside) }),
    say.say('rate.unknown', { count: say.count(rate.unknown) }),
    ...(rate.sinceMs === null ? [] : [say.say('rate.since', { time: say.timeOfDay(rate.sinceMs, zone) })]),
    ...interval(rate),
  ];
  return (
    <ul class="rate-details">
      <li>
        <FigureLink calls={{ pbx, hotline, fromMs: rate.fromMs }}>{say.say('rate.of', counts)}</FigureLink>
      </li>
      {parts.map((part) => (
        <li key={part}>{part}</li>
      ))}
    </ul>
  );
}

function interval(rate: Rate): readonly string[] {
  const { wilsonLow, wilsonHigh } = rate;
  if (wilsonLow === null || wilsonHigh === null || !isFew(rate)) return [];
  const say = words.value;
  return [say.say('rate.interval', { low: say.percent(wilsonLow), high: say.percent(wilsonHigh) })];
}

function WindowTable({ row, target }: Pick<Props, 'row' | 'target'>) {
  const say = words.value;
  const heads = [
    say.say('window.title'),
    say.say('hotline.rate'),
    say.say('hotline.counts'),
    say.say('hotline.verdict'),
    say.say('hotline.pending'),
    say.say('hotline.set-aside'),
    say.say('hotline.unknown'),
  ];
  return (
    <details>
      <summary>{say.say('hotline.table', { target: say.say(`target.${target.target}`) })}</summary>
      <div class="scroll" tabIndex={0} role="group" aria-label={say.say('window.title')}>
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {target.rates.map((rate) => (
              <WindowRow key={rate.window} row={row} rate={rate} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="soft">
        {say.say('rate.formula')}: <span lang="en">{target.formula}</span>
      </p>
    </details>
  );
}

function WindowRow({
  row: { pbx, hotline, zone },
  rate,
}: {
  readonly row: Row<'hotlines'>;
  readonly rate: Rate;
}) {
  const say = words.value;
  const since =
    rate.sinceMs === null ? '' : ` (${say.say('rate.since', { time: say.timeOfDay(rate.sinceMs, zone) })})`;
  return (
    <tr>
      <th scope="row">
        {say.say(`window.${rate.window}`)}
        {since}
      </th>
      <td>{say.percent(rate.ratio)}</td>
      <td>
        <FigureLink calls={{ pbx, hotline, fromMs: rate.fromMs }}>
          {say.count(rate.hits)} / {say.count(rate.hits + rate.misses)}
        </FigureLink>
      </td>
      <td>
        <VerdictMark verdict={rate.verdict} />
      </td>
      <td>{say.count(rate.pending)}</td>
      <td>{say.count(rate.setAside)}</td>
      <td>{say.count(rate.unknown)}</td>
    </tr>
  );
}
