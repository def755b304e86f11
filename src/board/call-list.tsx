import { useState } from 'preact/hooks';
import * as z from 'zod';
import { callRowSchema, type CallRowDocument } from '../explain/call-row.ts';
import { CallFilter } from './call-filter.tsx';
import { journalAddress, readCallQuery, type CallQuery } from './call-query.ts';
import { duration, outcomeLook, outcomeWords } from './call-words.ts';
import { readJournal, useJournal } from './journal.ts';
import { floorZone, serverClock, titleOf } from './live.ts';
import { addressOf, routeQuery } from './route.ts';
import { words } from './settings.ts';
import { DASH } from './words/board-words.ts';

const callPageSchema = z.object({ calls: z.array(callRowSchema), next: z.string().nullable() });
type CallPage = z.infer<typeof callPageSchema>;

/** The calls behind a figure, the newest first, page by page. */
export function CallList() {
  const [turn, setTurn] = useState(0);
  const query = readCallQuery(routeQuery.value);
  const address = journalAddress(query, undefined);
  const reading = useJournal(address, callPageSchema, turn);
  const say = words.value;
  return (
    <>
      <div class="section-head">
        <h2>{say.say('nav.calls')}</h2>
        <CallFilter query={query} />
        <button type="button" class="act" onClick={() => setTurn(turn + 1)}>
          ↻ {say.say('calls.again')}
        </button>
      </div>
      <WhichCalls query={query} />
      {reading.state === 'reading' ? <p class="soft">{say.say('calls.reading')}</p> : null}
      {reading.state === 'failed' ? <p class="bad">✕ {say.say(reading.why)}</p> : null}
      {reading.state === 'read' ? (
        <Pages key={`${address} ${turn}`} query={query} first={reading.value} />
      ) : null}
    </>
  );
}

/** What no choice above shows: an agent, and from when to when. */
function WhichCalls({ query: { agent, fromMs, untilMs } }: { readonly query: CallQuery }) {
  const say = words.value;
  const instant = (atMs: number): string => say.instant(atMs, serverClock.now.peek(), floorZone.value);
  const parts = [
    ...(agent === undefined ? [] : [say.say('calls.of-agent', { agent })]),
    ...(fromMs === undefined ? [] : [say.say('calls.since', { instant: instant(fromMs) })]),
    ...(untilMs === undefined ? [] : [say.say('calls.until', { instant: instant(untilMs) })]),
  ];
  if (parts.length === 0) return null;
  return (
    <p class="soft">
      {say.say('calls.period')}: {parts.join(' · ')}
    </p>
  );
}

function Pages({ query, first }: { readonly query: CallQuery; readonly first: CallPage }) {
  const [pages, setPages] = useState<readonly CallPage[]>([first]);
  const [isReading, setIsReading] = useState(false);
  const say = words.value;
  const next = pages.at(-1)?.next ?? null;
  const more = async (after: string): Promise<void> => {
    setIsReading(true);
    const answer = await readJournal(journalAddress(query, after), callPageSchema);
    setIsReading(false);
    if (answer.state === 'read') setPages([...pages, answer.value]);
  };
  const calls = pages.flatMap((page) => page.calls);
  if (calls.length === 0) return <p class="soft">{say.say('calls.none')}</p>;
  return (
    <>
      <CallTable calls={calls} />
      {next === null ? null : (
        <button type="button" class="act more" disabled={isReading} onClick={() => void more(next)}>
          {say.say('calls.more')}
        </button>
      )}
    </>
  );
}

const COLUMNS = [
  'calls.reached',
  'calls.hotline',
  'calls.outcome',
  'calls.queue',
  'calls.agent',
  'calls.wait',
  'calls.talk',
] as const;

function CallTable({ calls }: { readonly calls: readonly CallRowDocument[] }) {
  const say = words.value;
  return (
    <div class="card table-card">
      <table class="rows">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {say.say(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <CallRow key={call.id} call={call} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CallRow({ call }: { readonly call: CallRowDocument }) {
  const say = words.value;
  const { id, reachedAtMs, pbx, hotline, outcome, emergency, test } = call;
  const reached =
    reachedAtMs === null ? DASH : say.instant(reachedAtMs, serverClock.now.peek(), floorZone.value);
  return (
    <tr>
      <th scope="row">
        <a href={addressOf('calls', id)}>{reached}</a>
      </th>
      <td data-name={say.say('calls.hotline')}>
        {titleOf(pbx, hotline)}
        {emergency ? ` ✚` : ''}
        {test ? ` (${say.say('calls.test')})` : ''}
      </td>
      <td data-name={say.say('calls.outcome')} class={outcomeLook(outcome)}>
        {outcomeWords(say, outcome)}
      </td>
      <td data-name={say.say('calls.queue')}>{call.queue === '' ? DASH : call.queue}</td>
      <td data-name={say.say('calls.agent')}>{call.agent === '' ? DASH : call.agent}</td>
      <td data-name={say.say('calls.wait')}>{duration(call.waitMs)}</td>
      <td data-name={say.say('calls.talk')}>{duration(call.talkMs === 0 ? null : call.talkMs)}</td>
    </tr>
  );
}
