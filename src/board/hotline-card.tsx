import type { Row } from '../push/protocol.ts';
import type { CallQuery } from './call-query.ts';
import { elapsed } from './elapsed.ts';
import { callsOfWindow, FigureLink } from './figure-link.tsx';
import { isBlind, store } from './live.ts';
import { addressOf } from './route.ts';
import { Running } from './running.tsx';
import { shownWindow, words } from './settings.ts';
import { TargetBlock } from './target-block.tsx';
import { DASH } from './words/board-words.ts';

type HotlineRow = Row<'hotlines'>;

/** One hotline: what is on now, each target, the field's own figures. `isWhole`: with every window in a table. */
export function HotlineCard({
  rowKey,
  isWhole = false,
}: {
  readonly rowKey: string;
  readonly isWhole?: boolean;
}) {
  const row = store.row('hotlines', rowKey)?.value;
  if (row === undefined) return null;
  const say = words.value;
  const blind = isBlind(row.pbx);
  return (
    <article class={`card hotline ${blind ? 'unknown' : ''}`}>
      <header>
        <h3>
          <FigureLink calls={callsOfWindow(row)}>{row.title}</FigureLink>
        </h3>
        <span class="badge">
          {row.open ? `● ${say.say('hotline.open')}` : `○ ${say.say('hotline.closed')}`}
        </span>
        {row.emergency ? <span class="badge">✚ {say.say('hotline.emergency')}</span> : null}
        {blind ? <span class="bad">✕ {say.say('blind.badge')}</span> : null}
      </header>
      <LiveFigures row={row} />
      {row.targets.map((target) => (
        <TargetBlock key={target.target} row={row} target={target} isWhole={isWhole} />
      ))}
      <WindowFigures row={row} />
    </article>
  );
}

function LiveFigures({ row }: { readonly row: HotlineRow }) {
  const say = words.value;
  const { calls, waiting, talking, longestSinceMs } = row.live;
  return (
    <dl class="pairs live-figures">
      <Pair name={say.say('hotline.calls')} value={say.count(calls)} />
      <Pair name={say.say('now.waiting')} value={say.count(waiting)} look={waiting > 0 ? 'wait' : ''} />
      <Pair
        name={say.say('now.longest')}
        value={longestSinceMs === null ? DASH : <Running sinceMs={longestSinceMs} pbx={row.pbx} />}
        look={waiting > 0 ? 'wait' : ''}
      />
      <Pair name={say.say('now.talking')} value={say.count(talking)} />
      {row.callBacks === null ? null : (
        <Pair
          name={say.say('hotline.call-backs')}
          value={
            <a class="figure-link" href={addressOf('call-backs')}>
              {callBacks(row.callBacks)}
            </a>
          }
          look={row.callBacks.overdue > 0 ? 'bad' : ''}
        />
      )}
    </dl>
  );
}

function callBacks({ open, overdue }: NonNullable<HotlineRow['callBacks']>): string {
  const say = words.value;
  const count = say.count(open);
  return overdue === 0 ? count : `${count} · ▼ ${say.say('hotline.overdue', { count: say.count(overdue) })}`;
}

function WindowFigures({ row }: { readonly row: HotlineRow }) {
  const say = words.value;
  const figures = row.figures.find(({ window }) => window === shownWindow.value);
  if (figures === undefined) return null;
  const calls = callsOfWindow(row);
  const answered = { ...calls, outcome: 'answered' };
  const time = (ms: number | null): string => (ms === null ? DASH : elapsed(ms));
  return (
    <dl class="pairs window-figures" aria-label={say.say(`window.${figures.window}`)}>
      <Pair
        name={say.say('figures.service-level-within', { seconds: row.serviceLevelS })}
        value={say.percent(figures.serviceLevel)}
        calls={calls}
      />
      <Pair name={say.say('figures.speed')} value={time(figures.speedOfAnswerMs)} calls={answered} />
      <Pair name={say.say('figures.handle')} value={time(figures.handleTimeMs)} calls={answered} />
      <Pair
        name={say.say('figures.abandon-rate')}
        value={say.percent(figures.abandonRate)}
        calls={{ ...calls, outcome: 'abandoned' }}
      />
      <Pair name={say.say('figures.longest')} value={time(figures.longestWaitMs)} calls={calls} />
      <Pair name={say.say('figures.occupancy')} value={say.share(figures.occupancy)} />
    </dl>
  );
}

function Pair(props: {
  readonly name: string;
  readonly value: preact.ComponentChildren;
  readonly look?: string;
  /** What it is made of; not offered where there is no figure. */
  readonly calls?: CallQuery;
}) {
  const { value, calls } = props;
  return (
    <div class={props.look ?? ''}>
      <dt>{props.name}</dt>
      <dd>
        {calls === undefined || value === DASH ? value : <FigureLink calls={calls}>{value}</FigureLink>}
      </dd>
    </div>
  );
}
