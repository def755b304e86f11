/** How often the page is asked for again, and how long an answer may take, ms. */
const EVERY_MS = 2000;
const PATIENCE_MS = 5000;

/**
 * What runs in the reader's browser: asks for the page again, puts the parts that changed into place, and says so
 * loudly when no answer comes. Without it the page is the same, only it reloads as a whole.
 */
export const LIVE_SCRIPT = `
const lost = document.getElementById('lost');

async function look() {
  try {
    const answer = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(${PATIENCE_MS}) });
    if (answer.redirected) return location.replace(answer.url);
    if (!answer.ok) throw new Error('HTTP ' + answer.status);
    show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    lost.hidden = true;
    document.body.classList.remove('stale');
  } catch {
    lost.hidden = false;
    document.body.classList.add('stale');
    document.title = '✕ no answer – Ringside';
  }
  setTimeout(look, ${EVERY_MS});
}

function show(page) {
  document.title = page.title;
  for (const fresh of page.querySelectorAll('main [id]')) {
    const shown = document.getElementById(fresh.id);
    if (shown && shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...fresh.childNodes);
  }
}

setTimeout(look, ${EVERY_MS});
`;
