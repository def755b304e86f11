import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { answering, processorMs } from './push-child.ts';

/** What `ws` alone costs: the same bytes to as many, as often, with nothing behind them. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
let timer: NodeJS.Timeout | undefined;

answering({
  open: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  processorMs,
  begin: ({ bytes, everyMs }: { bytes: number; everyMs: number }) => {
    const text = 'x'.repeat(bytes);
    timer = setInterval(() => {
      for (const client of server.clients) client.send(text);
    }, everyMs);
  },
  close: () => clearInterval(timer),
});
