import type { Snapshot } from '../ami/pbx-event.ts';
import type { HotlineDefinition, PbxDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { note, right, warning, type Finding } from './finding.ts';
import type { StrayNumber, Traffic, UnknownOrigin } from './traffic.ts';

/** So many calls of a hotline, and its attendant's context must have been seen. */
const CALLS_TO_JUDGE = 3;

/** Which hotlines were called, what was dialled that is none, which trunks and contexts showed life. */
export function callFindings(
  traffic: Traffic,
  picture: Snapshot,
  definition: WatchDefinition,
  pbx: string,
): Finding[] {
  const hotlines = definition.hotlines.filter((hotline) => hotline.pbx === pbx);
  const exchange = definition.pbxs.find(({ name }) => name === pbx);
  return [
    ...hotlines.map((hotline) => hotlineFinding(traffic, hotline)),
    ...[...traffic.strays.values()].map(strayFinding),
    ...originFindings(traffic, picture),
    ...straysInProgress(traffic),
    ...hotlines.flatMap((hotline) => contextFindings(traffic, hotline)),
    ...trunkFinding(traffic, exchange),
  ];
}

function hotlineFinding(traffic: Traffic, { name, numbers }: HotlineDefinition): Finding {
  const calls = traffic.calls.get(name) ?? 0;
  const inProgress = traffic.inProgress.get(name) ?? 0;
  const seen = [
    ...(calls > 0 ? [`${callsText(calls)} came in`] : []),
    ...(inProgress > 0 ? [`${callsText(inProgress)} in progress at the start`] : []),
  ];
  if (seen.length > 0) return right(`Hotline ${name}: ${seen.join(', ')}.`);
  return note(
    `Hotline ${name}: no call yet (${numbers.join(', ')}).`,
    'Dial one of its numbers from outside while the doctor watches.',
  );
}

function strayFinding({ number, trunk, calls }: StrayNumber): Finding {
  const dialled = number === '' || number === 's' ? 'without a number' : `for ${number}`;
  return warning(
    `${callsText(calls)} on ${trunk} ${dialled}: no hotline names it.`,
    'It is in no figure but "unattributed".',
    dialled === 'without a number'
      ? 'Have the trunk deliver the dialled number, or name the context under contexts of a hotline.'
      : 'If it is a hotline, write the number exactly as the trunk delivers it under numbers.',
  );
}

/** A member of a queue is a phone. Of the rest nothing tells whether it is a phone or a trunk: whoever runs it knows. */
function originFindings(traffic: Traffic, { members }: Snapshot): Finding[] {
  const phones = new Set(members.flatMap((line) => [line.interface, line.stateInterface]));
  return [...traffic.unknownOrigins.values()]
    .filter((origin) => !phones.has(origin.interface))
    .map(originFinding);
}

function originFinding({ number, interface: from, calls }: UnknownOrigin): Finding {
  return warning(
    `${callsText(calls)} to hotline number ${number} on ${maskDigitRuns(from)}, which is no configured trunk or seat.`,
    'It is taken for a call from inside, and is in no figure of the hotline.',
    'If it is a trunk, name it under trunks. If it is a phone, name it under seats, or let it be.',
  );
}

function straysInProgress({ straysInProgress: calls }: Traffic): Finding[] {
  return calls === 0
    ? []
    : [note(`${callsText(calls)} in progress at the start could be given to no hotline by the lists.`)];
}

function contextFindings(traffic: Traffic, hotline: HotlineDefinition): Finding[] {
  const { name, attendantContexts } = hotline;
  const isJudged = (traffic.calls.get(name) ?? 0) >= CALLS_TO_JUDGE && attendantContexts.length > 0;
  if (!isJudged || attendantContexts.some((context) => traffic.contexts.has(context))) return [];
  const [first = ''] = attendantContexts;
  return [
    warning(
      `Hotline ${name}: its attendant (${attendantContexts.join(', ')}) was not seen in ${callsText(traffic.calls.get(name) ?? 0)}.`,
      'The name is mistyped, or the event filter keeps the steps in that context away.',
      `Add eventfilter(action(include),name(Newexten),header(Context),method(exact)) = ${first}`,
    ),
  ];
}

function trunkFinding(traffic: Traffic, exchange: PbxDefinition | undefined): Finding[] {
  const trunks = exchange?.trunks ?? [];
  const silent = trunks.filter((trunk) => !traffic.trunks.has(trunk.interface));
  const named = silent.map((trunk) => `${trunk.name} (${trunk.interface})`);
  return silent.length === 0 ? [] : [note(`No channel was seen on ${named.join(', ')}.`)];
}

function callsText(calls: number): string {
  return calls === 1 ? '1 call' : `${calls} calls`;
}
