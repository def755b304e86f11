import { signal } from '@preact/signals';

/** What the address says after `#/`, in parts: `#/calls/17` is `['calls', '17']`, the floor is none. */
export const route = signal(partsOf(location.hash));

function partsOf(hash: string): readonly string[] {
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decoded(part));
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
});
