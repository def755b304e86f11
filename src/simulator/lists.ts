import { type Header, writeBlock } from './ami-block.ts';
import { channelHeaders, type Channel } from './channel.ts';
import type { Floor } from './play-ring.ts';
import type { Entry, Queue } from './queue-desk.ts';

/** ActionID of the question, repeated in every block of its answer; nothing where none was given. */
export type ActionId = readonly Header[];

/** `CoreShowChannels`: every channel there is. */
export function listChannels(floor: Floor, id: ActionId): string {
  const { exchange } = floor;
  const lines = [...exchange.channels.values()].map((channel) =>
    writeBlock([
      ['Event', 'CoreShowChannel'],
      ...id,
      ...channelHeaders(channel),
      ['Application', channel.application],
      ['ApplicationData', channel.data],
      ['Duration', clockText(ageS(floor, channel))],
      ['BridgeId', channel.bridge?.id ?? ''],
    ]),
  );
  return list('Channels will follow', 'CoreShowChannelsComplete', id, lines);
}

/** `Status`: the same channels, the number that was dialled (`DNID`), and the variables of them that are asked for. */
export function listStatus(floor: Floor, id: ActionId, variables: readonly string[] = []): string {
  const lines = [...floor.exchange.channels.values()].map((channel) =>
    writeBlock([
      ['Event', 'Status'],
      ['Privilege', 'Call'],
      ...channelHeaders(channel),
      ['Type', channel.device.slice(0, channel.device.indexOf('/'))],
      ['DNID', channel.dialled],
      ['EffectiveConnectedLineNum', channel.connectedNumber || '<unknown>'],
      ['EffectiveConnectedLineName', channel.connectedName || '<unknown>'],
      ['TimeToHangup', 0],
      ['BridgeID', channel.bridge?.id ?? ''],
      ['Application', channel.application],
      ['Data', channel.data],
      ['Nativeformats', '(alaw)'],
      ['Readformat', 'alaw'],
      ['Readtrans', ''],
      ['Writeformat', 'alaw'],
      ['Writetrans', ''],
      ['Callgroup', 0],
      ['Pickupgroup', 0],
      ['Seconds', ageS(floor, channel)],
      ...variables.map((name) => ['Variable', `${name}=${channel.variables.get(name) ?? '(null)'}`] as const),
      ...id,
    ]),
  );
  return list('Channel status will follow', 'StatusComplete', id, lines, [['Items', lines.length]]);
}

/** `QueueStatus`: each queue, its members and who waits in it; `only` for one queue. */
export function listQueues(floor: Floor, id: ActionId, only: string): string {
  const lines: string[] = [];
  for (const queue of floor.desk.queues.values()) {
    if (only !== '' && queue.settings.name !== only) continue;
    lines.push(paramsLine(queue, id), ...memberLines(floor, queue, id));
    for (const [place, entry] of queue.entries.entries())
      lines.push(entryLine(floor, queue, entry, place, id));
  }
  return list('Queue status will follow', 'QueueStatusComplete', id, lines);
}

/** `CoreStatus`: when it was started and how many calls it has had. */
export function tellCore(floor: Floor, id: ActionId): string {
  const { exchange } = floor;
  const [date = '', time = ''] = new Date(exchange.bootMs).toISOString().slice(0, 19).split('T');
  return writeBlock([
    ['Response', 'Success'],
    ...id,
    ['CoreStartupDate', date],
    ['CoreStartupTime', time],
    ['CoreReloadDate', date],
    ['CoreReloadTime', time],
    ['CoreCurrentCalls', [...exchange.channels.values()].filter((one) => one.runsDialplan).length],
    ['CoreProcessedCalls', exchange.processedCalls],
  ]);
}

function list(
  message: string,
  end: string,
  id: ActionId,
  lines: readonly string[],
  more: readonly Header[] = [],
): string {
  const head = writeBlock([['Response', 'Success'], ...id, ['EventList', 'start'], ['Message', message]]);
  const tail = writeBlock([
    ['Event', end],
    ...id,
    ['EventList', 'Complete'],
    ['ListItems', lines.length],
    ...more,
  ]);
  return head + lines.join('') + tail;
}

function paramsLine(queue: Queue, id: ActionId): string {
  return writeBlock([
    ['Event', 'QueueParams'],
    ['Queue', queue.settings.name],
    ['Max', queue.settings.maxLength],
    ['Strategy', queue.settings.strategy],
    ['Calls', queue.entries.length],
    ['Holdtime', queue.holdS],
    ['TalkTime', queue.talkS],
    ['Completed', queue.completed],
    ['Abandoned', queue.abandoned],
    ['ServiceLevel', 0],
    ['ServicelevelPerf', '0.0'],
    ['ServicelevelPerf2', '0.0'],
    ['Weight', 0],
    ...id,
  ]);
}

function memberLines(floor: Floor, queue: Queue, id: ActionId): readonly string[] {
  return queue.members.map((member) =>
    writeBlock([
      ['Event', 'QueueMember'],
      ['Queue', queue.settings.name],
      ['Name', member.name],
      ['Location', member.interface],
      ...floor.desk.memberHeaders(member),
      ['Wrapuptime', 0],
      ...id,
    ]),
  );
}

function entryLine(floor: Floor, queue: Queue, entry: Entry, place: number, id: ActionId): string {
  const { channel, joinedMs } = entry;
  return writeBlock([
    ['Event', 'QueueEntry'],
    ['Queue', queue.settings.name],
    ['Position', place + 1],
    ['Channel', channel.name],
    ['Uniqueid', channel.uniqueid],
    ['CallerIDNum', channel.callerNumber || 'unknown'],
    ['CallerIDName', channel.callerName || 'unknown'],
    ['ConnectedLineNum', channel.connectedNumber || 'unknown'],
    ['ConnectedLineName', channel.connectedName || 'unknown'],
    ['Wait', Math.floor((floor.exchange.clockMs - joinedMs) / 1000)],
    ['Priority', 0],
    ...id,
  ]);
}

function ageS(floor: Floor, channel: Channel): number {
  return Math.floor((floor.exchange.clockMs - channel.createdMs) / 1000);
}

/** `HH:MM:SS`, the hours without bound. */
function clockText(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
