import { isLoopback } from '../lib/address.ts';
import { warning, type Finding } from './mistake.ts';
import { groupAt, listAt, textAt } from './raw-value.ts';

/** Warnings about what works and is open: a login in clear over a network, a certificate not checked. */
export function checkWires(value: unknown): readonly Finding[] {
  return listAt(value, 'pbxs').flatMap((pbx, i): Finding[] => {
    const ami = groupAt(pbx, 'ami');
    const host = textAt(ami, 'host');
    if (ami === undefined || host === undefined) return [];
    const path = ['pbxs', i, 'ami'];
    const tls = groupAt(ami, 'tls');
    if (tls === undefined && !isLoopback(host)) {
      const message =
        'is reached over a network without TLS, calls and callers in clear: add tls, or a tunnel to 127.0.0.1';
      return [warning([...path, 'host'], message)];
    }
    const blind = tls?.['verify'] === false;
    return blind
      ? [warning([...path, 'tls', 'verify'], 'is off: whoever sits on the wire can pose as the exchange')]
      : [];
  });
}
