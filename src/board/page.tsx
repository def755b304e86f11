import { useEffect } from 'preact/hooks';
import { Announcer } from './announcer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { connection, isLive, seenHotlines, seenQueues } from './live.ts';
import { longestWait, waitingNow } from './now-figures.ts';
import { route } from './route.ts';
import { words } from './settings.ts';
import { SignInView } from './sign-in-view.tsx';
import { isKiosk } from './sign-in.ts';
import { TopBar } from './top-bar.tsx';
import { viewAt } from './views.ts';

/** Before the first board no view is shown: a 0 would be a figure too. */
export function Page() {
  const view = viewAt(route.value[0] ?? (isKiosk ? 'wall' : ''));
  const content = contentNow();
  const name = words.value.say(view.name);
  return (
    <div
      class={`page ${isLive.value || content === 'sign-in' ? '' : 'not-live'} ${view.isKiosk ? 'kiosk' : ''}`}
    >
      <a class="skip" href="#content" onClick={skipToContent}>
        {words.value.say('nav.skip')}
      </a>
      {view.isKiosk ? null : <TopBar />}
      <ConnectionBanner />
      <main id="content" tabIndex={-1}>
        <h1 class="unseen">{name}</h1>
        {content === 'sign-in' ? <SignInView /> : content === 'view' ? <view.component /> : null}
      </main>
      <Title />
      <Announcer />
    </div>
  );
}

/** Once nobody is signed in any more, nothing of what was theirs is shown. */
function contentNow(): 'nothing' | 'sign-in' | 'view' {
  if (connection.state.value === 'signed-out') return 'sign-in';
  return connection.asOfMs.value === undefined ? 'nothing' : 'view';
}

/** The address is the view's: a link to a place in it would lead away. */
function skipToContent(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** What a tab in the background tells. */
function Title() {
  const title = isLive.value
    ? waitingTitle()
    : `✕ ${words.value.say(`connection.${connection.state.value}`)} – `;
  useEffect(() => {
    document.title = `${title}Ringside`;
  }, [title]);
  return null;
}

function waitingTitle(): string {
  const [queues, hotlines] = [seenQueues.value, seenHotlines.value];
  const waiting = waitingNow(queues, hotlines);
  return longestWait(queues, hotlines) === undefined ? '' : `(${waiting}) `;
}
