import { signal } from '@preact/signals';

/** What the address says after `#/`, in parts: `#/calls/17` is `['calls', '17']`, the floor is none. */
export const route = signal(partsOf(location.hash));
/** What stands behind a `?` there: `#/calls?outcome=abandoned`. */
export const routeQuery = signal(queryOf(location.hash));

function partsOf(hash: string): readonly string[] {
  return (hash.replace(/^#\/?/, '').split('?', 1)[0] ?? '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decoded(part));
}

function queryOf(hash: string): string {
  const at = hash.indexOf('?');
  return at < 0 ? '' : hash.slice(at + 1);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view, to be put into a link. */
export const addressOf = (...parts: readonly string[]): string =>
  `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;

window.addEventListener('hashchange', () => {
  route.value = partsOf(location.hash);
  routeQuery.value = queryOf(location.hash);
});
