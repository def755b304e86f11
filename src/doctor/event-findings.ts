import { note, right, warning, wrong, type Finding } from './finding.ts';
import type { ExchangeObservation } from './observation.ts';

/** Fewer events than this say nothing about a filter. */
const EVENTS_TO_JUDGE = 20;
/** So often must what an event belongs to have happened before the event is called missing. */
const TIMES_TO_JUDGE = 3;
/** And so many inbound calls must have ended: at times the exchange ends a few in a row. */
const ENDS_TO_JUDGE = 5;
const SHOWN_NAMES = 5;

/** An event without which figures are wrong, and the one beside which it has to come. */
const NEEDED: readonly (readonly [event: string, beside: string, without: string])[] = [
  ['Newchannel', 'Hangup', 'no call is seen to begin'],
  ['Hangup', 'AgentComplete', 'no call is seen to end'],
  ['Newstate', 'AgentConnect', 'no pick-up is seen'],
  ['DialBegin', 'AgentConnect', 'no phone is seen to ring'],
  ['DialEnd', 'AgentConnect', 'it is not seen how a phone answered'],
  ['BridgeEnter', 'AgentConnect', 'no answer is seen'],
  ['BridgeLeave', 'AgentComplete', 'no talk is seen to end'],
  ['QueueCallerJoin', 'AgentConnect', 'nobody is seen to wait'],
  ['QueueCallerLeave', 'AgentConnect', 'nobody is seen to leave a queue'],
  ['AgentCalled', 'AgentConnect', 'no offer to a seat is seen'],
  ['AgentConnect', 'AgentComplete', 'no queue is seen to be answered'],
  ['Newexten', 'QueueCallerJoin', 'voicemails and full queues are not seen'],
  ['DeviceStateChange', 'AgentConnect', 'seats without a queue have no state'],
];

/** Whether events carry their time, whether a filter is in force, and whether what is needed passes it. */
export function eventFindings(seen: ExchangeObservation): Finding[] {
  return [...timestampFinding(seen), filterFinding(seen), ...neededFindings(seen)];
}

function timestampFinding({ traffic, fault }: ExchangeObservation): Finding[] {
  if (fault?.code === 'no-timestamps') return [];
  return traffic.useful > 0
    ? [right('Events carry the time of the exchange.')]
    : [
        note(
          'No event came yet: whether events carry a Timestamp is not known.',
          'Place a call and try again.',
        ),
      ];
}

function filterFinding({ traffic, known, unknown, watchedMs, link, wire }: ExchangeObservation): Finding {
  const all = sum(known) + sum(unknown);
  const useless = all - traffic.useful + traffic.idleSteps;
  if (useless === 0) {
    return all >= EVENTS_TO_JUDGE
      ? right('The event filter is in force: nothing came that is of no use.')
      : note(
          `Only ${all === 1 ? '1 event' : `${all} events`} came: whether the event filter is in force is not known.`,
        );
  }
  const perSecond = (useless / Math.max(1, (watchedMs ?? 0) / 1_000)).toFixed(1);
  const isOld = link.release !== '' && Number(link.release) < 20;
  const file = isOld ? 'ringside-legacy.conf' : 'ringside.conf';
  return warning(
    `No event filter is in force for AMI user ${wire.user}: ${useless} of ${all} events were of no use${examples(unknown)}.`,
    `It would keep ${perSecond} events a second away from both machines.`,
    `Take the eventfilter lines of config/asterisk/manager.d/${file}; they are in force from the next login on.`,
  );
}

function examples(unknown: ReadonlyMap<string, number>): string {
  const names = [...unknown]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, SHOWN_NAMES)
    .map(([name]) => name.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 40));
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}

function neededFindings({ known, traffic, wire }: ExchangeObservation): Finding[] {
  const times = (name: string): number => known.get(name) ?? 0;
  const missing = NEEDED.filter(([name, beside]) => times(name) === 0 && times(beside) >= TIMES_TO_JUDGE);
  const findings = missing.map(([name, beside, without]) =>
    missingFinding(wire.user, name, `${beside} came ${times(beside)} times without it: ${without}.`),
  );
  const open = NEEDED.filter(([name, beside]) => times(name) === 0 && times(beside) < TIMES_TO_JUDGE);
  const notSeen = open.map(([name]) => name);
  if (traffic.inboundHangupRequests === 0) {
    if (traffic.inboundEnded >= ENDS_TO_JUDGE) {
      const why = `${traffic.inboundEnded} calls ended without it: who ended a call is not seen.`;
      findings.push(missingFinding(wire.user, 'HangupRequest', why));
    } else notSeen.push('HangupRequest');
  }
  if (notSeen.length > 0) {
    findings.push(note(`Not seen yet, so nothing is said about them: ${notSeen.join(', ')}.`));
  }
  return findings;
}

function missingFinding(user: string, name: string, why: string): Finding {
  return wrong(
    `The event ${name} does not come.`,
    why,
    `Add eventfilter(action(include),name(${name})) = to AMI user ${user} in manager.conf.`,
  );
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, one) => total + one, 0);
}
