/** Where somebody goes on to after signing in: a path of ours, never an address elsewhere (an "open redirect"). */
export function nextAddress(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 500) return '/';
  // "//host" and "/\host" are other hosts to a browser; a control character is cut out by it, so "/<tab>/host" is too.
  return /^\/(?![/\\])[!-~]*$/.test(asked) && !asked.includes('\\') && !asked.startsWith('/sign-in')
    ? asked
    : '/';
}
