import { describe, expect, it } from 'vitest';
import { SeatFloor } from './seat-floor.ts';

const A = 'PJSIP/101';
const B = 'PJSIP/102';
const Q = 'gas-sales';
const CALLER = '13800130001';
const MASKED = '138****0001';

/** Two seats, and a caller who shows a number and waits in the queue. */
function floor(): SeatFloor {
  const made = new SeatFloor({ seats: [A, B].map((own) => ({ interface: own, name: own })) });
  made.script.member('added', {});
  const where = { linkedid: 'c', context: '', extension: '' };
  made.script.at(1).say({
    type: 'channel-created',
    uniqueid: 'c',
    channel: 'PJSIP/carrier-0c',
    state: 4,
    callerNumber: CALLER,
    ...where,
  });
  return made;
}

function dialled(made: SeatFloor, dialler: string, own: string, dialString: string, number = ''): void {
  const where = { linkedid: dialler, context: '', extension: '' };
  const dialledChannel = { uniqueid: 'd', channel: `${own}-0d` };
  made.script.say({ type: 'channel-created', ...dialledChannel, state: 0, callerNumber: number, ...where });
  const channel = made.channels.get(dialler)?.name ?? '';
  made.script.say({
    type: 'dial-begun',
    dialler: { uniqueid: dialler, channel },
    dialled: dialledChannel,
    dialString,
  });
}

describe('the call a seat is on', () => {
  it('is none while it is free', () => {
    expect(floor().seats.callOf(A)).toBeUndefined();
    expect(floor().seats.callOf('PJSIP/999')).toBeUndefined();
  });

  it("is its caller's while it rings and while they talk, the number masked", () => {
    const made = floor();
    made.callers.set('c', { busyWith: 'queue', on: Q });
    made.script.at(2).created('s', A).dials('c', 's').rings('s');
    const call = { uniqueid: 'c', caller: MASKED, direction: 'in' };
    expect(made.seats.callOf(A)).toEqual(call);
    made.script.at(4).up('s').dialEnds('c', 's', 'ANSWER');
    for (const id of ['s', 'c']) made.script.enters('b', id);
    expect(made.show()).toBe('talking queue gas-sales 4');
    expect(made.seats.callOf(A)).toEqual(call);
    made.script.at(9).leaves('b', 'c').gone('c').leaves('b', 's').gone('s');
    expect(made.seats.callOf(A)).toBeUndefined();
  });

  it('is nobody of ours where a stranger calls the phone itself', () => {
    const made = floor();
    made.script.at(2).created('s', A).dials('c', 's').rings('s');
    expect(made.seats.callOf(A)).toEqual({ uniqueid: '', caller: MASKED, direction: 'in' });
  });

  it('is the number that the seat dials, and the talk with it', () => {
    const made = floor();
    made.script.at(2).created('s', A, 4);
    expect(made.seats.callOf(A)).toEqual({ uniqueid: '', caller: '', direction: 'out' });
    dialled(made, 's', 'PJSIP/carrier', '13900139002@carrier');
    const call = { uniqueid: '', caller: '139****9002', direction: 'out' };
    expect(made.seats.callOf(A)).toEqual(call);
    made.script
      .at(5)
      .up('s')
      .say({ type: 'channel-state', uniqueid: 'd', channel: 'PJSIP/carrier-0d', state: 6 });
    for (const id of ['s', 'd']) made.script.enters('b', id);
    expect(made.seats.callOf(A)).toEqual(call);
  });

  it('between two seats is a call out for the one and in for the other', () => {
    const made = floor();
    made.script.at(2).created('s', A, 4);
    dialled(made, 's', B, '102');
    expect(made.seats.callOf(A)).toMatchObject({ uniqueid: '', direction: 'out' });
    expect(made.seats.callOf(B)).toMatchObject({ uniqueid: '', direction: 'in' });
  });
});
