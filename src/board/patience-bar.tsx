import type { Row } from '../push/protocol.ts';
import { elapsed } from './elapsed.ts';
import { nowOf } from './live.ts';
import { waitLevel } from './now-figures.ts';
import { words } from './settings.ts';

type QueueRow = Row<'queues'>;

/** The longest wait as a length, with marks where a quarter and half of the callers have given up. All of it is in words too. */
export function PatienceBar({ row }: { readonly row: QueueRow }) {
  const { patience } = row;
  if (patience.tooFew) {
    return <p class="patience soft">{words.value.say('patience.too-few', { count: patience.abandons })}</p>;
  }
  const marks = [patience.quarterMs, patience.medianMs].filter((mark) => mark !== null);
  return (
    <div class="patience">
      {marks.length === 0 ? null : <Bar row={row} marks={marks} />}
      <p class="soft">{told(patience)}</p>
    </div>
  );
}

function told({ quarterMs, medianMs }: QueueRow['patience']): string {
  const say = words.value;
  if (quarterMs === null) return say.say('patience.unreached');
  const quarter = say.say('patience.quarter', { time: elapsed(quarterMs) });
  return medianMs === null
    ? quarter
    : `${quarter} · ${say.say('patience.half', { time: elapsed(medianMs) })}`;
}

function Bar({ row, marks }: { readonly row: QueueRow; readonly marks: readonly number[] }) {
  const since = row.callers[0]?.sinceMs;
  const waitMs = since === undefined ? 0 : Math.max(0, nowOf(row.pbx) - since);
  // The last mark keeps its place while waits are short; a longer wait pushes the marks to the left.
  const wholeMs = Math.max(waitMs, Math.max(...marks) * 1.25);
  const part = (ms: number): number => (ms / wholeMs) * 100;
  return (
    <svg
      class={`patience-bar ${waitLevel(waitMs, row.patience)}`}
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="ground" y="2" width="100" height="4" />
      <rect class="fill" y="2" width={part(waitMs)} height="4" />
      {marks.map((mark) => (
        <rect key={mark} class="mark" x={part(mark) - 0.3} width="0.8" height="8" />
      ))}
    </svg>
  );
}
