import { expect, inject, test } from 'vitest';
import { PAST_VARIABLES } from '../../src/ami/list-lines.ts';
import { AmiClient } from './ami-client.ts';
import { play } from './driver.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import { answers, commands, ignores, mark, presses, stays, talks } from './phone-steps.ts';
import type { Scenario } from './scenario.ts';

/** Out of the menu by `1` into a queue, by `2` to a phone, by `3` straight to where each of these callers ends up. */
const dialplan = `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Queue({q:main},tc,,,5)
 same => n,Queue({q:second},,,,9)
 same => n,Hangup()
exten => 2,1,Dial({seat:a},20,g)
 same => n,Queue({q:second},,,,9)
 same => n,Hangup()
exten => 3,1,Queue({q:second},,,,9)
 same => n,Hangup()
[seats]
exten => 5{box},1,Queue({q:second},,,,9)
 same => n,Hangup()`;

function story(key: string, choice: string, a: NonNullable<Scenario['seats']>[string]): Scenario {
  return {
    key,
    title: key,
    kind: 'attendant',
    queues: { main: { members: ['a'] }, second: { members: ['b'] } },
    seats: { a, b: [ignores] },
    dialplan,
    callers: [{ script: [...talks(1), ...presses(choice), ...mark('asked'), ...stays] }],
    truth: [],
  };
}

const STORIES: readonly Scenario[] = [
  story('plain', '3', [ignores]),
  story('timed-out', '1', [ignores]),
  story('blind', '1', [answers(1, talks(1), commands('##5{box}'), stays)]),
  story('continued', '1', [answers(1, talks(1))]),
  story('dialled', '2', [answers(1, talks(1))]),
  story('redirected', '1', [answers(1, stays)]),
];

const lineOf = async (pair: Pair, operator: AmiClient, key: string): Promise<Record<string, string>> => {
  const number = pair.placed.find(({ scenario }) => scenario.key === key)?.names.fill('{number}');
  const { lines } = await operator.send({ Action: 'Status' });
  return lines.find((line) => line['dnid'] === number) ?? {};
};

/** One variable a question: the tests' client keeps the last of a repeated header. */
async function pastOf(pair: Pair, operator: AmiClient, key: string): Promise<Record<string, string>> {
  const { channel = '' } = await lineOf(pair, operator, key);
  const said: Record<string, string> = {};
  for (const name of PAST_VARIABLES.split(',')) {
    const { lines } = await operator.send({ Action: 'Status', Channel: channel, Variables: name });
    const value = lines[0]?.['variable']?.slice(name.length + 1) ?? 'not told';
    if (value !== '(null)' && value !== '') said[name] = value.replace(/-[0-9a-f]{8}$/, '');
  }
  return said;
}

test('what a channel keeps of who had it tells a caller who was passed on from one who came from the menu', async () => {
  const pair = await startPair(inject('chroot'), placeAll(STORIES));
  const { address, amiPort, secret } = pair.pbxPlace;
  const operator = await AmiClient.login({ host: address, port: amiPort, user: 'record', secret });
  const played = Promise.all(pair.placed.map((placed) => play(pair, placed, undefined)));
  await pair.timeline.reached('redirected', 'a.up');
  const { channel = '' } = await lineOf(pair, operator, 'redirected');
  const exten = pair.placed.at(-1)?.names.fill('5{box}') ?? '';
  await operator.send({
    Action: 'Redirect',
    Channel: channel,
    Context: 'seats',
    Exten: exten,
    Priority: '1',
  });
  const found: Record<string, Record<string, string>> = {};
  for (const placed of pair.placed) {
    const { key } = placed.scenario;
    await pair.timeline.reached(key, 'b.ring');
    found[key] = await pastOf(pair, operator, key);
  }
  const seat = pair.placed[2]?.names.fill('{seat:a}');
  await played;
  operator.close();
  await pair.stop();
  expect(found).toEqual({
    plain: {},
    'timed-out': { QUEUESTATUS: 'TIMEOUT', QUEUEPOSITION: '1' },
    blind: { BLINDTRANSFER: seat, QUEUEPOSITION: '1' },
    continued: { QUEUESTATUS: 'CONTINUE', QUEUEPOSITION: '1' },
    dialled: { DIALSTATUS: 'ANSWER' },
    redirected: { QUEUEPOSITION: '1' },
  });
});
