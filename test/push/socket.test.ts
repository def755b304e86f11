import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someWho } from './some-board.ts';
import { OUR_PAGE, type RealClient, RunningBoard } from './running-board.ts';

let running: RunningBoard;
beforeEach(async () => {
  running = await new RunningBoard().listen();
});
afterEach(async () => {
  await running.stop();
});

/** Another client that stays connected and hears of the next change. */
async function isUntouched(other: RealClient): Promise<boolean> {
  running.rename('Zoe');
  running.clock.advance(0);
  await other.until(() => other.read.board?.seats[0]?.agent === 'Zoe');
  return other.closed === undefined && other.read.gaps === 0;
}

describe('the way in', () => {
  it('is /live and no other address', async () => {
    const client = running.connect('li', { path: '/liver' });
    await client.until(() => client.refused === 404);
    const asked = running.connect('li', { path: '/live?from=page' });
    await asked.until(() => asked.read.board !== undefined);
    expect(running.board.figures.clients).toBe(1);
  });

  it('is closed to whoever is not known', async () => {
    const client = running.connect('nobody');
    await client.until(() => client.refused === 401);
    expect(running.board.figures.clients).toBe(0);
  });

  it('is closed to a page that is not ours, whoever reads it, before anything else is looked at', async () => {
    const foreign = running.connect('li', { origin: 'http://elsewhere.test' });
    await foreign.until(() => foreign.refused === 403);
    const unknown = running.connect('nobody', { origin: 'http://elsewhere.test' });
    await unknown.until(() => unknown.refused === 403);
    const ours = running.connect('li', { origin: OUR_PAGE });
    await ours.until(() => ours.read.board !== undefined);
    expect(running.board.figures.clients).toBe(1);
  });

  it('offers no compression: what is confidential and what a caller sends never share a dictionary', async () => {
    const client = await running.come();
    expect(client.socket.extensions).toBe('');
  });
});

describe('a frame', () => {
  const live = async (): Promise<[RealClient, RealClient]> => [await running.come(), await running.come()];

  it('that is binary ends its connection with 1003', async () => {
    const [client, other] = await live();
    client.socket.send(Buffer.from('{"type":"resync"}'), { binary: true });
    await client.until(() => client.closed === 1003);
    expect(await isUntouched(other)).toBe(true);
    expect(running.board.figures.closed['not-text']).toBe(1);
  });

  it('that is too large ends its connection with 1009', async () => {
    const [client, other] = await live();
    client.socket.send('x'.repeat(4097));
    await client.until(() => client.closed === 1009);
    expect(await isUntouched(other)).toBe(true);
    expect(running.board.figures.closed['too-large']).toBe(1);
  });

  it('in many parts that are too large together ends it as well', async () => {
    const [client, other] = await live();
    for (let part = 0; part < 5; part += 1) client.socket.send('x'.repeat(1000), { fin: false });
    await client.until(() => client.closed === 1009);
    expect(await isUntouched(other)).toBe(true);
  });

  it('that is no text in UTF-8 ends its connection with 1007', async () => {
    const [client, other] = await live();
    client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    await client.until(() => client.closed === 1007);
    expect(await isUntouched(other)).toBe(true);
    expect(running.board.figures.closed['broken-frames']).toBe(1);
  });

  it('that is not JSON is answered, and the fifth ends it with 1008', async () => {
    const [client, other] = await live();
    for (let count = 0; count < 5; count += 1) client.socket.send('{');
    await client.until(() => client.closed === 1008);
    expect(client.read.ofType('answer').map((answer) => !answer.ok && answer.code)).toEqual(
      Array(5).fill('bad-frame'),
    );
    expect(await isUntouched(other)).toBe(true);
  });

  it('too many a minute ends it with 1008', async () => {
    const [client, other] = await live();
    for (let count = 0; count < 121; count += 1) client.say({ type: 'undo', id: String(count), move: 'x' });
    await client.until(() => client.closed === 1008);
    expect(await isUntouched(other)).toBe(true);
    expect(running.board.figures.closed['too-many-frames']).toBe(1);
  });

  it('for what is switched off, or not theirs, is answered', async () => {
    const [client, other] = await live();
    client.say({ type: 'acknowledge', id: '7', breach: 'nothing' });
    await client.until(() => client.read.ofType('answer').length === 1);
    expect(client.read.ofType('answer')).toMatchObject([{ id: '7', ok: false, code: 'not-found' }]);
    expect(await isUntouched(other)).toBe(true);
  });

  it('that breaks the protocol below ours ends it alone', async () => {
    const [client, other] = await live();
    // A reserved bit is set: RFC 6455, section 5.2.
    (client.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(
      Buffer.from([0xf1, 0x80, 0, 0, 0, 0]),
    );
    await client.until(() => client.closed === 1002);
    expect(await isUntouched(other)).toBe(true);
  });
});

describe('a session that ends', () => {
  it('ends its connection with 4401, and nothing it had asked for on its way is heard', async () => {
    running.gate.known.set('fei', someWho({ name: 'fei' }));
    const client = await running.come();
    const other = await running.come('fei');
    running.gate.end('li');
    client.say({ type: 'resync' });
    await client.until(() => client.closed === 4401);
    expect(client.read.ofType('snapshot')).toHaveLength(1);
    expect(await isUntouched(other)).toBe(true);
    const again = running.connect('li');
    await again.until(() => again.refused === 401);
  });
});

describe('a client that is not there any more', () => {
  it('is cut off when it does not answer a ping, and one that does stays', async () => {
    const client = await running.come();
    const other = await running.come();
    const pongs: number[] = [];
    client.socket.pause();
    other.socket.on('ping', () => pongs.push(1));
    running.clock.advance(30_000);
    await other.until(() => pongs.length === 1);
    await isUntouched(other);
    running.clock.advance(30_000);
    await other.until(() => running.board.figures.closed.silent === 1);
    expect(other.closed).toBeUndefined();
  });

  it('is forgotten when it goes, in whatever way', async () => {
    const client = await running.come();
    client.socket.terminate();
    const other = await running.come();
    await other.until(() => running.board.figures.clients === 1);
    expect(running.board.figures.closed.left).toBe(1);
  });
});

describe('the stop of the daemon', () => {
  it('tells everybody to come again', async () => {
    const client = await running.come();
    await running.stop();
    await client.until(() => client.closed !== undefined);
    expect(client.closed).toBe(1012);
    running = await new RunningBoard().listen();
  });

  it('is not held up by who does not read', async () => {
    const client = await running.come();
    client.socket.pause();
    const stopping = running.board.stop();
    running.clock.advance(2_000);
    await stopping;
    expect(running.board.figures).toMatchObject({ clients: 0, closed: { stopping: 1 } });
    await running.stop();
    running = await new RunningBoard().listen();
  });
});

it('a half-open upgrade leaves nothing behind', async () => {
  const client = await running.come();
  const port = Number(new URL(client.socket.url).port);
  const raw = connect(port, '127.0.0.1');
  raw.write(
    'GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nauthorization: li\r\n\r\n',
  );
  const answer = await new Promise<string>((resolve) =>
    raw.once('data', (bytes) => resolve(bytes.toString())),
  );
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  raw.destroy();
  expect(running.board.figures.clients).toBe(1);
});
