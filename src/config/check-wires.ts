import { warning, type Finding } from './mistake.ts';
import { groupAt, listAt, textAt } from './raw-value.ts';

/** Warnings about what works and is open: a login in clear over a network, a certificate not checked, the page. */
export function checkWires(value: unknown): readonly Finding[] {
  return [...checkLogins(value), ...checkPage(value)];
}

function checkLogins(value: unknown): readonly Finding[] {
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

/** Nothing asks who reads: there are no users yet. */
function checkPage(value: unknown): readonly Finding[] {
  const host = textAt(groupAt(value, 'http'), 'host');
  if (host === undefined || isLoopback(host)) return [];
  const message =
    'is no loopback: the page, /metrics and the report can be read by everybody on that network, without a login: 127.0.0.1 and a proxy that asks who they are (from a container, publish the port on 127.0.0.1 of its host)';
  return [warning(['http', 'host'], message)];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
}
