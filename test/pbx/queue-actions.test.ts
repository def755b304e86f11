import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { type PracticeServer, startPracticeServer } from '../../src/simulator/server.ts';
import { AmiClient } from './ami-client.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import { ignores } from './phone-steps.ts';
import type { Scenario } from './scenario.ts';
import { until } from './until.ts';

/** The practice exchange answers what moves seats, and says what became of it, as a real one does. */
const SCENARIO: Scenario = {
  key: 'actions',
  title: 'a queue with a static member',
  kind: 'people',
  queues: { main: { members: ['fixed'] } },
  seats: { fixed: [ignores], a: [ignores] },
  dialplan: 'exten => {number},1,Hangup()',
  callers: [],
  truth: [],
};
const SECRET = 'a secret of the practice exchange';

let pair: Pair;
let practice: PracticeServer;
beforeAll(async () => {
  pair = await startPair(inject('chroot'), placeAll([SCENARIO]));
  practice = await startPracticeServer({
    clock: systemClock,
    port: 0,
    seed: 1,
    callsPerHour: 0,
    speed: 1,
    warmUpMs: 0,
    user: 'ringside',
    secret: SECRET,
    acting: { user: 'ringside-acting', secret: SECRET },
  });
});
afterAll(async () => {
  await practice.close();
  await pair.stop();
});

/** What stands for what on each of them. */
interface Place {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly reads: string;
  readonly queue: string;
  readonly seat: string;
  readonly fixedIn: string;
  readonly fixed: string;
}

/** Every answer, and every event that followed, with names of each exchange's own put in general ones. */
async function tell(place: Place): Promise<readonly string[]> {
  const { host, port, secret, reads, queue, seat, fixedIn, fixed } = place;
  const told: string[] = [];
  const general = (text: string): string =>
    text
      .replaceAll(`Queue=${queue}`, 'Queue=Q')
      .replaceAll(`Queue=${fixedIn}`, 'Queue=Q')
      .replaceAll(seat, 'SEAT')
      .replaceAll(fixed, 'SEAT');
  const reader = await AmiClient.login(
    { host, port, user: reads, secret },
    {
      onEvent: ({ event = '', queue: of, interface: own, ...rest }) => {
        if (!/^QueueMember(Added|Removed|Pause|Penalty)$/.test(event)) return;
        const shown = [
          'membername',
          'stateinterface',
          'membership',
          'penalty',
          'paused',
          'pausedreason',
          'incall',
        ];
        const values = shown.map((name) => `${name}=${rest[name] ?? 'absent'}`);
        told.push(general(`${event} Queue=${of} ${own} ${values.join(' ')}`));
      },
    },
  );
  const actor = await AmiClient.login({ host, port, user: 'ringside-acting', secret });
  const ask = async (action: string, headers: Record<string, string>, events = 0): Promise<void> => {
    const before = told.length;
    const answer = await actor.send({ Action: action, ...headers }).then(
      ({ response }) => `${response['response']}: ${response['message']}`,
      (error: Error) => error.message,
    );
    await until(() => told.length >= before + events);
    told.splice(before, 0, `${action} -> ${answer}`);
  };
  const [Queue, Interface] = [queue, seat];
  await ask('QueueAdd', { Interface });
  await ask('QueueAdd', { Queue });
  await ask('QueueAdd', { Queue: 'nowhere', Interface });
  const all = { MemberName: 'Ann Li', StateInterface: seat, Penalty: '3', Paused: 'true', Reason: 'tea' };
  await ask('QueueAdd', { Queue, Interface, ...all }, 1);
  await ask('QueueAdd', { Queue, Interface });
  await ask('QueuePause', { Interface });
  await ask('QueuePause', { Interface: 'PJSIP/nobody', Paused: 'true' });
  await ask('QueuePause', { Queue: 'nowhere', Interface, Paused: 'true' });
  await ask('QueuePause', { Interface, Paused: 'false' }, 1);
  await ask('QueuePause', { Queue, Interface, Paused: '1', Reason: 'meal' }, 1);
  await ask('QueuePause', { Queue, Interface, Paused: 'true', Reason: 'meal' }, 1);
  await ask('QueuePause', { Queue, Interface, Paused: 'false', Reason: 'over' }, 1);
  await ask('QueuePenalty', { Interface });
  await ask('QueuePenalty', { Queue, Interface, Penalty: '7' }, 1);
  await ask('QueuePenalty', { Interface, Penalty: '0' }, 1);
  await ask('QueuePenalty', { Interface, Penalty: '-1' });
  await ask('QueuePenalty', { Queue, Interface: 'PJSIP/nobody', Penalty: '1' });
  await ask('QueueRemove', { Queue });
  await ask('QueueRemove', { Queue: 'nowhere', Interface });
  await ask('QueueRemove', { Queue, Interface: 'PJSIP/nobody' });
  await ask('QueueRemove', { Queue, Interface }, 1);
  await ask('QueueRemove', { Queue, Interface });
  await ask('QueueRemove', { Queue: fixedIn, Interface: fixed });
  await ask('QueueAdd', { Queue, Interface }, 1);
  await ask('QueueRemove', { Queue, Interface }, 1);
  reader.close();
  actor.close();
  return told;
}

test('every answer and every event', async () => {
  const [placed] = pair.placed;
  if (placed === undefined) throw new Error('there is no scenario');
  const { names } = placed;
  const { address, amiPort, secret } = pair.pbxPlace;
  const real = await tell({
    host: address,
    port: amiPort,
    secret,
    reads: 'record',
    queue: names.queue('main'),
    seat: names.seat('a'),
    fixedIn: names.queue('main'),
    fixed: names.seat('fixed'),
  });
  const played = await tell({
    host: '127.0.0.1',
    port: practice.port,
    secret: SECRET,
    reads: 'ringside',
    queue: 'billing',
    seat: 'PJSIP/seat401',
    fixedIn: 'emergency',
    fixed: 'PJSIP/seat201',
  });
  expect(played).toEqual(real);
  expect(real).toContain('QueueRemove -> AMI: Member not dynamic');
});
