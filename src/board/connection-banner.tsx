import { useEffect, useState } from 'preact/hooks';
import { connection, floorZone, secondsToRetry, serverClock, store } from './live.ts';
import { words } from './settings.ts';

/** What is not known now, said at once and large: no connection, a silent one, or an exchange that is not seen. */
export function ConnectionBanner() {
  const state = connection.state.value;
  return <div class="banners">{state === 'live' ? <Blind /> : <NotLive state={state} />}</div>;
}

function NotLive({ state }: { state: Exclude<typeof connection.state.value, 'live'> }) {
  const say = words.value;
  const asOf = connection.asOfMs.value;
  // Whoever was not here before has no session that ended: the way in says enough.
  if (state === 'signed-out' && asOf === undefined) return null;
  const first = state === 'connecting' && connection.retryAtMs.value === undefined;
  return (
    <section class={`banner ${first ? 'calm' : 'bad'}`} aria-labelledby="not-live">
      <h2 id="not-live">
        <span aria-hidden="true">{first ? '…' : '✕'}</span> {say.say(`connection.${state}`)}
      </h2>
      <p>
        {state === 'stale' ? <Silence /> : null}
        {state === 'signed-out' ? say.say('connection.signed-out-hint') : null}
        {state === 'other-version' ? say.say('connection.other-version-hint') : null}{' '}
        {asOf === undefined || state === 'signed-out'
          ? null
          : say.say('connection.as-of', { instant: say.secondOfDay(asOf, floorZone.value) })}{' '}
        <Retry />
      </p>
      {state === 'other-version' ? (
        <button type="button" onClick={() => location.reload()}>
          {say.say('connection.reload')}
        </button>
      ) : null}
    </section>
  );
}

/** The page's clock stands still here, so what still runs counts for itself. */
function useEverySecond(): void {
  const [, turn] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => turn((count) => count + 1), 1000);
    return () => window.clearInterval(timer);
  }, []);
}

function Silence() {
  useEverySecond();
  const asOf = connection.asOfMs.value;
  if (asOf === undefined) return null;
  const seconds = Math.max(0, Math.round((serverClock.exactMs() - asOf) / 1000));
  return <>{words.value.say('connection.stale-hint', { seconds })}</>;
}

function Retry() {
  useEverySecond();
  const at = connection.retryAtMs.value;
  if (at === undefined) return null;
  return (
    <>
      {words.value.say('connection.retry', { seconds: secondsToRetry(at) })}{' '}
      <button type="button" onClick={() => connection.open()}>
        {words.value.say('connection.try-now')}
      </button>
    </>
  );
}

function Blind() {
  const say = words.value;
  return (
    <>
      {store.all('pbxs').map(({ pbx, blindSinceMs }) =>
        blindSinceMs === null ? null : (
          <section key={pbx} class="banner bad" aria-labelledby={`blind-${pbx}`}>
            <h2 id={`blind-${pbx}`}>
              <span aria-hidden="true">✕</span> {say.say('blind.title', { exchange: pbx })}
            </h2>
            <p>
              {say.say('blind.since', {
                instant: say.instant(blindSinceMs, serverClock.now.peek(), floorZone.value),
              })}
            </p>
          </section>
        ),
      )}
    </>
  );
}
