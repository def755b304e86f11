import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type ConnectionOptions } from 'node:tls';
import type { LinkFault, PbxConnection } from './connection.ts';
import { refusals } from './refusals.ts';

/** As much as the system hands over at once. */
const CHUNK_BYTES = 65_536;
/** Full chunks in a row before timers and pages get their turn: node would go on for 32 of them, some 5,000 events. */
const CHUNKS_A_TURN = 4;

/** What a connection tells: each once, except `bytes`; `closed` always last. */
export interface SocketEars {
  readonly connected: () => void;
  /** The chunk is the listener's until it returns: the next one comes in the same memory. */
  readonly bytes: (chunk: Buffer) => void;
  readonly closed: (fault: LinkFault) => void;
}

/**
 * Opens one connection, encrypted where the settings say so; `connected` means ready to talk, TLS included.
 * @throws what node throws for settings it cannot use, such as authorities that are no PEM.
 */
export function openSocket(to: PbxConnection, ears: SocketEars): Socket {
  const socket = to.tls === undefined ? connectPlain(to, ears) : connectTls(tlsOptions(to));
  let isUp = false;
  let error: NodeJS.ErrnoException | undefined;
  socket.setNoDelay(true);
  socket.setKeepAlive(true);
  socket.once(to.tls === undefined ? 'connect' : 'secureConnect', () => {
    isUp = true;
    ears.connected();
  });
  if (to.tls !== undefined) socket.on('data', ears.bytes);
  socket.on('error', (cause: NodeJS.ErrnoException) => {
    error ??= cause;
  });
  socket.once('close', () => {
    ears.closed(isUp ? refusals.closed(to) : faultOf(to, error));
  });
  return socket;
}

/**
 * One buffer for all chunks: a busy exchange would have hundreds of megabytes allocated and freed in a minute. Who comes
 * out of a backlog reads it in turns, so that nothing else of the program waits until it is through.
 */
function connectPlain({ host, port }: PbxConnection, ears: SocketEars): Socket {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let fullChunks = 0;
  const callback = (length: number): boolean => {
    ears.bytes(buffer.subarray(0, length));
    fullChunks = length < CHUNK_BYTES ? 0 : fullChunks + 1;
    if (fullChunks < CHUNKS_A_TURN) return true;
    fullChunks = 0;
    setImmediate(() => socket.resume());
    return false;
  };
  const socket = connect({ host, port, onread: { buffer, callback } });
  return socket;
}

/** Codes of a network that did not bring us there; whatever else stops a TLS connection is a matter of TLS. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EACCES',
]);

/** Why a connection was never made; the code of the system or of TLS is named, the text of neither is needed. */
export function faultOf(to: PbxConnection, error: NodeJS.ErrnoException | undefined): LinkFault {
  const code = error?.code ?? 'closed';
  return to.tls === undefined || NETWORK_CODES.has(code)
    ? refusals.unreachable(to, code)
    : refusals.tls(to, code);
}

function tlsOptions(to: PbxConnection): ConnectionOptions {
  const { ca, serverName, verify } = to.tls ?? { ca: undefined, serverName: undefined, verify: true };
  // A server name may not be an address (RFC 6066); without one, node checks the certificate against the host.
  const name = serverName ?? (isIP(to.host) === 0 ? to.host : undefined);
  return {
    host: to.host,
    port: to.port,
    rejectUnauthorized: verify,
    minVersion: 'TLSv1.2',
    ...(name === undefined ? {} : { servername: name }),
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
  };
}
