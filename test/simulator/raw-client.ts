import { connect, type Socket } from 'node:net';

/** A bare connection to the practice exchange, and everything it has said so far. */
export interface RawClient {
  readonly socket: Socket;
  readonly text: () => string;
}

/** `opened` takes the socket, for whoever has to close it at the end. */
export function dialRaw(port: number, opened: Socket[]): RawClient {
  const socket = connect(port, '127.0.0.1');
  opened.push(socket);
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined);
  return { socket, text: () => text };
}
