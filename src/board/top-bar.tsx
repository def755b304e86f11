import { connection, floorZone, isLive, serverClock } from './live.ts';
import { addressOf, route } from './route.ts';
import { language, THEMES, theme, words } from './settings.ts';
import { signOut } from './sign-in.ts';
import { viewAt, VIEWS } from './views.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../lib/languages.ts';

/** Where one is, who one is, whether it lives, and how it looks. */
export function TopBar() {
  return (
    <header class="bar">
      <span class="brand">Ringside</span>
      <Views />
      <div class="bar-end">
        <LiveMark />
        <WallClock />
        <Settings />
        <SignedIn />
      </div>
    </header>
  );
}

function Views() {
  const here = viewAt(route.value[0] ?? '');
  return (
    <nav aria-label={words.value.say('nav.views')}>
      {VIEWS.map((view) => (
        <a
          key={view.path}
          href={addressOf(...(view.path === '' ? [] : [view.path]))}
          aria-current={view === here ? 'page' : undefined}
        >
          {words.value.say(view.name)}
        </a>
      ))}
    </nav>
  );
}

export function LiveMark() {
  const state = connection.state.value;
  return (
    <span class={`live-mark ${isLive.value ? 'good' : 'bad'}`}>
      <span aria-hidden="true">{isLive.value ? '●' : '✕'}</span> {words.value.say(`connection.${state}`)}
    </span>
  );
}

/** The time of day in the hotlines' zone; it stands still with everything else. */
export function WallClock() {
  const now = serverClock.now.value;
  if (now === 0) return null;
  return <span class="clock">{words.value.secondOfDay(now, floorZone.value)}</span>;
}

function Settings() {
  const say = words.value;
  return (
    <>
      <select
        aria-label={say.say('setting.language')}
        value={language.value}
        onChange={({ currentTarget }) => {
          language.value = LANGUAGES.find((one) => one === currentTarget.value) ?? language.value;
        }}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one} selected={one === language.value}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={say.say('setting.theme')}
        value={theme.value}
        onChange={({ currentTarget }) => {
          theme.value = THEMES.find((one) => one === currentTarget.value) ?? theme.value;
        }}
      >
        {THEMES.map((one) => (
          <option key={one} value={one} selected={one === theme.value}>
            {say.say(`theme.${one}`)}
          </option>
        ))}
      </select>
    </>
  );
}

function SignedIn() {
  const who = connection.hello.value?.who;
  if (who === undefined || connection.state.value === 'signed-out') return null;
  return (
    <span class="who" title={who.name}>
      {who.title} <small>{words.value.say(`role.${who.role}`)}</small>{' '}
      {who.kind === 'local' ? null : (
        <button type="button" class="act" onClick={() => void signOut()}>
          {words.value.say('sign-in.out')}
        </button>
      )}
    </span>
  );
}
