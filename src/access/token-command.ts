import { randomBytes } from 'node:crypto';
import { hashOf } from './sessions.ts';

const TOKEN_BYTES = 32;

/** `ringside token new`: a token for a machine, and what stands for it in the configuration. Always exit code 0. */
export function runTokenNew({ write }: { readonly write: (text: string) => void }): number {
  const token = `rs_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  write(
    [
      `for the machine, shown this once:   ${token}`,
      `for the configuration:              sha256:${hashOf(token)}`,
      '',
    ].join('\n'),
  );
  return 0;
}
