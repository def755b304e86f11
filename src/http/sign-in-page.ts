import { type Html, html } from './html.ts';

export interface SignInPage {
  /** Where to afterwards; an address of ours. */
  readonly next: string;
  /** What was wrong with the last try; ''. */
  readonly fault: string;
  /** A display on a wall signs in by its token. */
  readonly isKiosk: boolean;
  readonly hasPasswords: boolean;
  /** What the sign-in elsewhere is called; undefined where there is none. */
  readonly elsewhere: string | undefined;
}

/** The way in; works without scripts. */
export function signInPage({ next, fault, isKiosk, hasPasswords, elsewhere }: SignInPage): string {
  const way = html`<input type="hidden" name="next" value="${next}" />`;
  return page(
    'Sign in',
    html`${fault === '' ? html`` : html`<p class="alarm" role="alert">✕ ${fault}</p>`}
    ${
      isKiosk
        ? html`<form method="post" action="/sign-in">
            ${way}
            <label
              >Token of this display
              <input name="token" type="password" autocomplete="off" required autofocus
            /></label>
            <button>Show</button>
          </form>`
        : html``
    }
    ${
      !isKiosk && hasPasswords
        ? html`<form method="post" action="/sign-in">
            ${way}
            <label
              >Name <input name="name" autocomplete="username" autocapitalize="none" required autofocus
            /></label>
            <label
              >Password <input name="password" type="password" autocomplete="current-password" required
            /></label>
            <button>Sign in</button>
          </form>`
        : html``
    }
    ${
      isKiosk || elsewhere === undefined
        ? html``
        : html`<p>
            <a class="button" href="/sign-in/elsewhere?next=${encodeURIComponent(next)}">${elsewhere}</a>
          </p>`
    }`,
  );
}

/**
 * What is shown after the sign-in elsewhere. It goes on from a page of ours: a browser that comes straight from the
 * other server would not send the cookie yet (SameSite=Strict).
 */
export function signedInPage(next: string): string {
  return page(
    'Signed in',
    html`<p>● You are signed in. <a href="${next}">Go on</a></p>`,
    html`<meta http-equiv="refresh" content="0;url=${next}" />`,
  );
}

/** The page is not built. */
export function unbuiltPage(): string {
  return page(
    'The page is not built',
    html`<p>Its files are not there. Where Ringside is installed, this makes them:</p>
      <pre>npm run build</pre>
      <p>Figures without it: <a href="/status">/status</a></p>`,
  );
}

function page(title: string, content: Html, head: Html = html``): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${head}
        <title>${title} – Ringside</title>
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        <main class="way-in">
          <h1>Ringside</h1>
          ${content}
        </main>
      </body>
    </html>`.text;
}
