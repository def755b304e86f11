import { type Language, LANGUAGE_NAMES, LANGUAGES } from '../lib/languages.ts';
import { type Html, html } from './html.ts';
import { faultWords, SIGN_IN_WORDS, type SignInFault } from './sign-in-words.ts';

export interface SignInPage {
  readonly language: Language;
  /** It was asked for, and is kept until somebody is in. */
  readonly isChosen: boolean;
  /** Where to afterwards; an address of ours. */
  readonly next: string;
  /** What was wrong with the last try. */
  readonly fault: SignInFault | undefined;
  /** A display on a wall signs in by its token. */
  readonly isKiosk: boolean;
  readonly hasPasswords: boolean;
  /** What the sign-in elsewhere is called; undefined where there is none. */
  readonly elsewhere: string | undefined;
}

/** The way in; works without scripts. */
export function signInPage(asked: SignInPage): string {
  const { language, next, isKiosk, hasPasswords, elsewhere } = asked;
  const words = SIGN_IN_WORDS[language];
  const hasElsewhere = !isKiosk && elsewhere !== undefined;
  // Without a way in somebody came here by an old link.
  const fault = asked.fault ?? (isKiosk || hasPasswords || hasElsewhere ? undefined : 'nobody-signs-in');
  return page(
    { title: words.title, language },
    html`<h2 id="way-in">${words.title}</h2>
      ${
        fault === undefined
          ? html``
          : html`<p class="alarm" id="fault" role="alert">✕ ${faultWords(fault, language)}</p>`
      }
      ${isKiosk ? form(asked, words.show, tokenField(asked)) : html``}
      ${!isKiosk && hasPasswords ? form(asked, words.enter, passwordFields(asked)) : html``}
      ${hasElsewhere ? button(`/sign-in/elsewhere?next=${encodeURIComponent(next)}`, elsewhere) : html``}
      ${fault === 'nobody-signs-in' ? button(next, words.goOn) : html``} ${languageLinks(asked)}`,
  );
}

function form({ language, isChosen, next }: SignInPage, button: string, fields: Html): Html {
  return html`<form
    method="post"
    action="/sign-in${isChosen ? `?lang=${language}` : ''}"
    aria-labelledby="way-in"
  >
    <input type="hidden" name="next" value="${next}" />
    ${fields}
    <button>${button}</button>
  </form>`;
}

function passwordFields({ language, fault }: SignInPage): Html {
  const { name, password } = SIGN_IN_WORDS[language];
  return html`<label for="name">${name}</label>
    <input
      id="name"
      name="name"
      autocomplete="username"
      autocapitalize="none"
      spellcheck="false"
      required
      autofocus
      ${describedBy(fault)}
    />
    <label for="password">${password}</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="current-password"
      required
      ${describedBy(fault)}
    />`;
}

function tokenField({ language, fault }: SignInPage): Html {
  return html`<label for="token">${SIGN_IN_WORDS[language].token}</label>
    <input
      id="token"
      name="token"
      type="password"
      autocomplete="off"
      required
      autofocus
      ${describedBy(fault)}
    />`;
}

const describedBy = (fault: SignInFault | undefined): Html =>
  fault === undefined ? html`` : html`aria-describedby="fault"`;

const button = (address: string, words: string): Html =>
  html`<p><a class="button" href="${address}">${words}</a></p>`;

function languageLinks({ language, next, isKiosk }: SignInPage): Html {
  const links = LANGUAGES.map((one) => {
    const address = `/sign-in?lang=${one}&next=${encodeURIComponent(next)}${isKiosk ? '&kiosk' : ''}`;
    return one === language
      ? html`<li><b lang="${one}" aria-current="true">${LANGUAGE_NAMES[one]}</b></li>`
      : html`<li><a lang="${one}" hreflang="${one}" href="${address}">${LANGUAGE_NAMES[one]}</a></li>`;
  });
  return html`<nav aria-label="${SIGN_IN_WORDS[language].languages}">
    <ul>
      ${links}
    </ul>
  </nav>`;
}

/**
 * What is shown after the sign-in elsewhere. It goes on from a page of ours: a browser that comes straight from the
 * other server would not send the cookie yet (SameSite=Strict).
 */
export function signedInPage(next: string, language: Language): string {
  const { signedIn, goOn } = SIGN_IN_WORDS[language];
  return page(
    { title: signedIn, language },
    html`<p role="status">● ${signedIn} <a href="${next}">${goOn}</a></p>`,
    html`<meta http-equiv="refresh" content="0;url=${next}" />`,
  );
}

/** The page is not built. */
export function unbuiltPage(): string {
  return page(
    { title: 'The page is not built', language: 'en' },
    html`<p>Its files are not there. Where Ringside is installed, this makes them:</p>
      <pre>npm run build</pre>
      <p>Figures without it: <a href="/status">/status</a></p>`,
  );
}

function page(
  { title, language }: { readonly title: string; readonly language: Language },
  content: Html,
  head: Html = html``,
): string {
  return html`<!doctype html>
    <html lang="${language}">
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
