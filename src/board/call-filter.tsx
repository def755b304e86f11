import { callsAddress, type CallQuery } from './call-query.ts';
import { CALL_OUTCOMES } from './call-words.ts';
import { store } from './live.ts';
import { WINDOWS, words } from './settings.ts';

/** Which calls are shown; each choice is an address of its own, so that it can be kept and gone back from. */
export function CallFilter({ query }: { readonly query: CallQuery }) {
  const say = words.value;
  const hotlines = store.all('hotlines');
  const go = (change: CallQuery): void => {
    location.hash = callsAddress({ ...query, ...change });
  };
  const chosen = hotlines.find(({ pbx, hotline }) => hotline === query.hotline && pbx === (query.pbx ?? pbx));
  const periods = periodsOf(chosen ?? hotlines[0]);
  const period = periods.find(({ fromMs }) => fromMs === query.fromMs && query.untilMs === undefined);
  return (
    <div class="filters">
      <Select
        label={say.say('calls.hotline')}
        value={chosen?.key ?? ''}
        choices={[
          ['', say.say('calls.any-hotline')],
          ...hotlines.map(({ key, title }) => [key, title] as const),
        ]}
        onChoice={(key) => {
          const row = hotlines.find((one) => one.key === key);
          go({ pbx: row?.pbx, hotline: row?.hotline });
        }}
      />
      <Select
        label={say.say('calls.outcome')}
        value={query.outcome ?? ''}
        choices={[
          ['', say.say('calls.any-outcome')],
          ...CALL_OUTCOMES.map((one) => [one, say.say(`outcome.${one}`)] as const),
        ]}
        onChoice={(outcome) => go({ outcome: outcome === '' ? undefined : outcome })}
      />
      <Select
        label={say.say('calls.period')}
        value={period?.window ?? ''}
        choices={[
          ['', query.fromMs === undefined ? say.say('calls.any-time') : '…'],
          ...periods.map(({ window }) => [window, say.say(`window.${window}`)] as const),
        ]}
        onChoice={(window) =>
          go({ fromMs: periods.find((one) => one.window === window)?.fromMs, untilMs: undefined })
        }
      />
    </div>
  );
}

type Hotline = ReturnType<typeof store.all<'hotlines'>>[number];
/** The windows of the rates, as the daemon has them now: where each begins is not for the page to guess. */
function periodsOf(hotline: Hotline | undefined) {
  const rates = hotline?.targets[0]?.rates ?? [];
  return WINDOWS.flatMap((window) => {
    const rate = rates.find((one) => one.window === window);
    return rate === undefined ? [] : [{ window, fromMs: Math.floor(rate.fromMs) }];
  });
}

function Select(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
  readonly onChoice: (value: string) => void;
}) {
  return (
    <select
      aria-label={props.label}
      value={props.value}
      onChange={({ currentTarget }) => props.onChoice(currentTarget.value)}
    >
      {props.choices.map(([value, text]) => (
        <option key={value} value={value} selected={value === props.value}>
          {text}
        </option>
      ))}
    </select>
  );
}
