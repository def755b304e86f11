import type { MemberLine, Snapshot } from '../ami/pbx-event.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { note, right, warning, wrong, type Finding } from './finding.ts';

/** Member status 4: Asterisk knows no such device (devicestate.h AST_DEVICE_INVALID). */
const INVALID = 4;

/** Queues and seats: the configuration against what the exchange lists. */
export function queueFindings(picture: Snapshot, definition: WatchDefinition, pbx: string): Finding[] {
  const listed = new Set(picture.queues.map((line) => line.queue));
  const hotlines = definition.hotlines.filter((hotline) => hotline.pbx === pbx);
  const named = new Set(hotlines.flatMap((hotline) => hotline.queues));
  const configured = definition.pbxs.find(({ name }) => name === pbx)?.queues ?? [];
  const wanted = new Set([...configured.map(({ name }) => name), ...named]);
  const findings: Finding[] = [];
  for (const queue of wanted) if (!listed.has(queue)) findings.push(unknownQueue(queue, [...listed]));
  const found = [...wanted].filter((queue) => listed.has(queue));
  if (found.length > 0) findings.push(right(`Queues found: ${found.join(', ')}.`));
  const others = [...listed].filter((queue) => !named.has(queue));
  if (others.length > 0) {
    const change = 'If callers of a hotline come into one of them, name it there under queues.';
    findings.push(note(`Queues on the exchange that no hotline names: ${others.join(', ')}.`, change));
  }
  return [...findings, ...memberFindings(picture, found), ...configuredSeats(picture, definition, pbx)];
}

function unknownQueue(queue: string, listed: readonly string[]): Finding {
  const there = listed.length === 0 ? 'It knows no queue at all.' : `It knows ${listed.join(', ')}.`;
  return wrong(
    `The exchange does not know queue "${queue}".`,
    there,
    'Write its name as in queues.conf. A realtime queue is known only from its first call on: queue show NAME on the console loads it.',
  );
}

function memberFindings(picture: Snapshot, queues: readonly string[]): Finding[] {
  const members = picture.members.filter((line) => queues.includes(line.queue));
  const seats = new Set(members.map(seatOf));
  const findings: Finding[] = [];
  if (seats.size > 0) findings.push(right(`Seats found in these queues: ${seats.size}.`));
  for (const queue of queues) {
    if (members.some((line) => line.queue === queue)) continue;
    findings.push(note(`Queue ${queue} has no member at the moment.`));
  }
  for (const line of members.filter(({ status }) => status === INVALID)) {
    findings.push(
      warning(
        `Member ${maskDigitRuns(line.interface)} of queue ${line.queue} is invalid.`,
        'Asterisk knows no such device: it will never ring, and it has no state.',
        'Write the member in queues.conf as the endpoint is called in pjsip.conf.',
      ),
    );
  }
  return findings;
}

/** A configured seat in no queue may be one on purpose: only said, never judged. */
function configuredSeats(picture: Snapshot, definition: WatchDefinition, pbx: string): Finding[] {
  const seats = definition.pbxs.find(({ name }) => name === pbx)?.seats ?? [];
  const known = new Set(picture.members.map(seatOf));
  const alone = seats
    .filter((seat) => !known.has(seat.interface))
    .map((seat) => maskDigitRuns(seat.interface));
  return alone.length === 0 ? [] : [note(`Configured seats that are in no queue: ${alone.join(', ')}.`)];
}

const seatOf = (line: MemberLine): string =>
  line.stateInterface === '' ? line.interface : line.stateInterface;
