const LOOPBACK = [/^127\./, /^::1$/];
/** RFC 1918, RFC 6598 (carrier's NAT, which overlay networks use too), RFC 3927, RFC 4193, RFC 4291 (link local). */
const PRIVATE = [
  /^10\./,
  /^192\.168\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^169\.254\./,
  /^f[cd][0-9a-f]{2}:/,
  /^fe[89ab][0-9a-f]:/,
];
const FOUR = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** Every address of the machine at once. */
export const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** `localhost`, `127.0.0.1`, `::1`: reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const bare = bareAddress(host);
  return bare === 'localhost' || (isLiteral(bare) && LOOPBACK.some((form) => form.test(bare)));
}

/** An address (no name) of a range that is routed on nobody's internet, or of this machine. */
export function isPrivateAddress(host: string): boolean {
  const bare = bareAddress(host);
  return isLiteral(bare) && [...LOOPBACK, ...PRIVATE].some((form) => form.test(bare));
}

/** Who asks, for counting: an IPv4 address, or the network of an IPv6 address (a machine has 2^64 of those to itself). */
export function addressKey(address: string): string {
  const bare = bareAddress(address);
  if (!bare.includes(':')) return bare;
  const [head = '', tail = ''] = bare.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === '' ? [] : tail.split(':');
  const missing = bare.includes('::') ? Math.max(0, 8 - first.length - last.length) : 0;
  const zeros = Array.from({ length: missing }, () => '0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}

/** Without brackets, zone and the mapping of IPv4 into IPv6 that sockets for both show. */
function bareAddress(address: string): string {
  const bare = address
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '');
  return bare.replace(/^::ffff:(?=(?:\d{1,3}\.){3}\d{1,3}$)/, '');
}

const isLiteral = (text: string): boolean =>
  FOUR.test(text) ? text.split('.').every((part) => Number(part) <= 255) : text.includes(':');
