import { afterEach, expect, it } from 'vitest';
import { type ServerFrame, serverFrameSchema } from '../../src/push/protocol.ts';
import { AmiServer } from '../support/ami-server.ts';
import { NOTHING_KEPT } from '../support/nothing-kept.ts';
import { RunningApp } from './running-app.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

it('a board that is open offers what a reload brought, without coming again', async () => {
  const exchange = await new AmiServer({ queues: [] }).listen();
  cleanups.push(() => exchange.close());
  const running = await RunningApp.start({ host: '127.0.0.1', port: exchange.port });
  cleanups.push(() => running.app.stop());
  const socket = new WebSocket(`${running.app.url.replace('http', 'ws')}/live`);
  const frames: ServerFrame[] = [];
  let isClosed = false;
  socket.addEventListener('message', ({ data }) =>
    frames.push(serverFrameSchema.parse(JSON.parse(String(data)))),
  );
  socket.addEventListener('close', () => (isClosed = true));
  const hellos = () => frames.filter((frame) => frame.type === 'hello');
  await running.until(() => frames.some(({ type }) => type === 'snapshot'));
  expect(hellos()).toMatchObject([{ pauseReasons: NOTHING_KEPT.floor.pauseReasons }]);

  const offers = (reason: string) => ({ floor: { ...NOTHING_KEPT.floor, pauseReasons: [reason] } });
  await running.reload(offers('flood'));
  await running.reload(offers('flood'));
  await running.reload(offers('storm'));
  await running.until(() => hellos().some(({ pauseReasons }) => pauseReasons.includes('storm')));
  expect(hellos()).toMatchObject([{}, { pauseReasons: ['flood'] }, { pauseReasons: ['storm'] }]);
  expect(isClosed).toBe(false);
});
