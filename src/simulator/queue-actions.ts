import { SEATS } from './company.ts';
import type { Floor } from './play-ring.ts';
import type { Member } from './queue-desk.ts';

/** What an action is answered with: `Response` and `Message`. */
export interface QueueAnswer {
  readonly isRefused: boolean;
  readonly message: string;
}

type Action = ReadonlyMap<string, string>;

/** Actions of `write = agent`, by name in lower case. */
export const QUEUE_ACTIONS: ReadonlyMap<string, (floor: Floor, action: Action) => QueueAnswer> = new Map([
  ['queueadd', add],
  ['queueremove', remove],
  ['queuepause', pause],
  ['queuepenalty', setPenalty],
]);

/** app_queue.c manager_add_queue_member. */
function add(floor: Floor, action: Action): QueueAnswer {
  const { desk, posts } = floor;
  const [queue, own] = [of(action, 'queue'), of(action, 'interface')];
  if (queue === '') return refused("'Queue' not specified.");
  if (own === '') return refused("'Interface' not specified.");
  if (!desk.queues.has(queue)) return refused('Unable to add interface to queue: No such queue');
  if (desk.queue(queue).members.some((member) => member.interface === own))
    return refused('Unable to add interface: Already there');
  const paused = isTrue(of(action, 'paused'));
  const wish = {
    interface: own,
    stateInterface: of(action, 'stateinterface') || own,
    name: of(action, 'membername') || own,
    penalty: Math.max(0, Number.parseInt(of(action, 'penalty'), 10) || 0),
    paused,
    reason: paused ? of(action, 'reason') : '',
  };
  desk.add(queue, wish);
  // Calls are led to phones there are.
  if (SEATS.some((seat) => seat.interface === wish.stateInterface)) posts.put(queue, wish);
  return done('Added interface to queue');
}

/** app_queue.c manager_remove_queue_member. */
function remove({ desk, posts }: Floor, action: Action): QueueAnswer {
  const [queue, own] = [of(action, 'queue'), of(action, 'interface')];
  if (queue === '' || own === '') return refused("Need 'Queue' and 'Interface' parameters.");
  if (!desk.queues.has(queue)) return refused('Unable to remove interface from queue: No such queue');
  const member = desk.queue(queue).members.find((one) => one.interface === own);
  if (member === undefined) return refused('Unable to remove interface: Not there');
  if (member.isStatic) return refused('Member not dynamic');
  desk.remove(member);
  posts.take(queue, member.stateInterface);
  return done('Removed interface from queue');
}

/** app_queue.c manager_pause_queue_member: without a queue, in every queue of the interface. */
function pause(floor: Floor, action: Action): QueueAnswer {
  if (of(action, 'interface') === '' || of(action, 'paused') === '')
    return refused("Need 'Interface' and 'Paused' parameters.");
  const members = named(floor, action);
  if (members.length === 0) return refused('Interface not found');
  const paused = isTrue(of(action, 'paused'));
  const reason = of(action, 'reason');
  for (const member of members) {
    floor.desk.pause(member, paused, reason);
    floor.posts.change(member.queue.settings.name, member.stateInterface, {
      paused,
      reason: paused ? reason : '',
    });
  }
  return done(`Interface ${paused ? 'paused' : 'unpaused'} successfully`);
}

/** app_queue.c manager_queue_member_penalty. */
function setPenalty(floor: Floor, action: Action): QueueAnswer {
  if (of(action, 'interface') === '' || of(action, 'penalty') === '')
    return refused("Need 'Interface' and 'Penalty' parameters.");
  const penalty = Number.parseInt(of(action, 'penalty'), 10) || 0;
  const members = named(floor, action);
  if (members.length === 0 || penalty < 0) return refused('Invalid interface, queuename or penalty');
  for (const member of members) {
    floor.desk.setPenalty(member, penalty);
    floor.posts.change(member.queue.settings.name, member.stateInterface, { penalty });
  }
  return done('Interface penalty set successfully');
}

function named({ desk }: Floor, action: Action): readonly Member[] {
  const [queue, own] = [of(action, 'queue'), of(action, 'interface')];
  return [...desk.queues.values()]
    .filter(({ settings }) => queue === '' || settings.name === queue)
    .flatMap(({ members }) => members.filter((member) => member.interface === own));
}

const of = (action: Action, name: string): string => action.get(name) ?? '';

/** utils.c ast_true. */
const isTrue = (text: string): boolean => ['yes', 'true', 'y', 't', '1', 'on'].includes(text.toLowerCase());

const refused = (message: string): QueueAnswer => ({ isRefused: true, message });
const done = (message: string): QueueAnswer => ({ isRefused: false, message });
