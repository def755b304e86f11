import { AmiClient } from './ami-client.ts';
import type { Pair } from './pair.ts';
import type { Placed } from './pbx-config.ts';
import type { Act, Caller } from './scenario.ts';

const DEFAULT_PATIENCE_S = 60;

/** Plays one scenario: its callers and acts, each at its instant. Resolves when the outside world is quiet again. */
export async function play(pair: Pair, placed: Placed, leader: AmiClient | undefined): Promise<void> {
  const { scenario } = placed;
  pair.timeline.note(scenario.key, 'start', Date.now());
  await Promise.all([
    ...scenario.callers.map((caller, index) => placeCall(pair, placed, caller, index)),
    ...(scenario.acts ?? []).map((act) => perform(pair, placed, act, leader)),
  ]);
  await pair.timeline.quiet(scenario.key);
}

/** Lets one caller call, at their instant; the answer is their channel's id in the outside world. */
export async function placeCall(pair: Pair, placed: Placed, caller: Caller, index: number): Promise<string> {
  const { names, scenario } = placed;
  if (caller.after !== undefined) await pair.timeline.reached(scenario.key, caller.after);
  await pause(caller.atS ?? 0);
  const name = caller.name ?? `caller${index}`;
  const phone = caller.seat === undefined ? name : names.phone(caller.seat);
  const id = `${scenario.key}.${index}.${Date.now()}`;
  pair.timeline.expect(id, scenario.key, name, phone);
  const number = caller.seat === undefined ? (caller.from ?? names.caller(index)) : phone;
  await pair.driver.send({
    Action: 'Originate',
    ChannelId: id,
    Channel: `PJSIP/${names.fill(caller.dials ?? '{number}')}@pbx`,
    Context: `caller-${scenario.key}-${index}`,
    Exten: 's',
    Priority: '1',
    Timeout: String((caller.patienceS ?? DEFAULT_PATIENCE_S) * 1000),
    Async: 'true',
    ...(number === '' ? {} : { CallerID: `<${number}>` }),
  });
  return id;
}

async function perform(pair: Pair, placed: Placed, act: Act, leader: AmiClient | undefined): Promise<void> {
  await pair.timeline.reached(placed.scenario.key, act.after);
  await pause(act.delayS ?? 0);
  if (act.pbx !== undefined) await leader?.send(filled(act.pbx, placed));
  if (act.world !== undefined) await pair.driver.send(filled(act.world, placed));
  if (act.withdraw !== undefined) await withdraw(pair, placed, act.withdraw);
}

/** No class of rights is needed for it, and the product never sends it (asterisk-facts section 4). */
async function withdraw(pair: Pair, placed: Placed, caller: number): Promise<void> {
  const { address, amiPort, secret } = pair.pbxPlace;
  const operator = await AmiClient.login({ host: address, port: amiPort, user: 'record', secret });
  const queue = placed.names.queue('main');
  const { lines } = await operator.send({ Action: 'QueueStatus', Queue: queue });
  const entry = lines.find((line) => line['calleridnum'] === placed.names.caller(caller));
  await operator.send({ Action: 'QueueWithdrawCaller', Queue: queue, Caller: entry?.['channel'] ?? '' });
  operator.close();
}

function filled(action: Readonly<Record<string, string>>, placed: Placed): Record<string, string> {
  return Object.fromEntries(Object.entries(action).map(([name, value]) => [name, placed.names.fill(value)]));
}

/** Time that the scenario itself asks for (a caller's patience); never used to wait for the PBX. */
function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
