import { describe, expect, it } from 'vitest';
import { AmiFramer } from '../../src/ami/framer.ts';
import { ServerSide } from '../../src/recording/server-side.ts';

const LOGIN = 'Action: Login\r\nActionID: 1\r\nUsername: u\r\nSecret: s\r\n\r\n';
const PING = 'Action: Ping\r\nActionID: 2\r\n\r\n';

/** What is left of the exchange's own, each block as its lines. */
function left(text: string, side = new ServerSide()): string[] {
  const framer = new AmiFramer();
  framer.push(Buffer.from('Asterisk Call Manager/11.0.0\r\n'));
  return [...framer.push(Buffer.from(text)).flatMap((message) => side.take(message)), ...side.end()].map(
    (message) =>
      message
        .entries()
        .map((entry) => entry.join('='))
        .join(' '),
  );
}

describe('ServerSide', () => {
  it('takes actions away', () => {
    expect(left(`${LOGIN}Response: Success\r\n\r\n${PING}Event: A\r\n\r\n`)).toEqual([
      'Response=Success',
      'Event=A',
    ]);
  });

  it('puts a block together that an action split', () => {
    expect(left(`${LOGIN}Event: A\r\nX: 1\r\n${PING}Y: 2\r\n\r\nEvent: B\r\n\r\n`)).toEqual([
      'Event=A X=1 Y=2',
      'Event=B',
    ]);
  });

  it('puts a block together that two actions split', () => {
    expect(left(`${LOGIN}Event: A\r\n${PING}X: 1\r\n${PING}Y: 2\r\n\r\n`)).toEqual(['Event=A X=1 Y=2']);
  });

  it('knows a block that only lacked its empty line', () => {
    expect(left(`${LOGIN}Event: A\r\nX: 1\r\n${PING}\r\nEvent: B\r\n\r\n`)).toEqual([
      'Event=A X=1',
      'Event=B',
    ]);
    expect(left(`${LOGIN}Event: A\r\nX: 1\r\n${PING}`)).toEqual(['Event=A X=1']);
  });

  it('believes no action in an event where none stood alone', () => {
    expect(left(`Event: UserEvent\r\nAction: Ping\r\nX: 1\r\n\r\nEvent: B\r\n\r\n`)).toEqual([
      'Event=UserEvent Action=Ping X=1',
      'Event=B',
    ]);
  });

  it('counts what belongs to nothing', () => {
    const side = new ServerSide();
    expect(left(`hannel: x\r\n\r\nEvent: A\r\n\r\n`, side)).toEqual(['Event=A']);
    expect(side.strays).toBe(1);
  });
});
