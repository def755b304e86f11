import {
  ACTING_RIGHTS,
  allowedBy,
  missingReadClasses,
  READING_RIGHTS,
  type RightsVerdict,
} from '../ami/rights.ts';
import type { Snapshot } from '../ami/pbx-event.ts';
import { note, right, warning, wrong, type Finding } from './finding.ts';
import type { ExchangeObservation } from './observation.ts';

/** With one of these a login owns the machine Asterisk runs on. */
const OWNS_THE_MACHINE = new Set(['originate', 'command', 'config', 'system']);

/** What the reading login may do, by what Asterisk itself answers and by the events that come. */
export function readingFindings(seen: ExchangeObservation): Finding[] {
  const { user } = seen.wire;
  if (seen.watchedMs === undefined) return [];
  const findings = seen.rights === undefined ? [] : writeFindings(user, seen.rights, READING_RIGHTS.class);
  if (seen.rights === undefined && seen.fault === undefined) {
    findings.push(note(`What AMI user ${user} may do could not be asked (ListCommands was refused).`));
  }
  const missing = missingReads(seen);
  findings.push(
    ...missing.map((name) =>
      wrong(
        `Events of class "${name}" do not come to AMI user ${user}.`,
        'The lists show that something happened of which no event told.',
        `Add "${name}" to its read= line in manager.conf, then: asterisk -rx "manager reload"`,
      ),
    ),
  );
  return findings;
}

/** The login that moves seats: whether it works, and what it may do. */
export function actingFindings({ acting }: ExchangeObservation): Finding[] {
  if (acting === undefined) return [];
  const { user, fault, rights } = acting;
  if (fault !== undefined) {
    return [
      wrong(
        `The acting login ${user} does not work: seats cannot be moved.`,
        fault.message,
        `Look at [${user}] in manager.conf: read = (nothing), write = agent, as config/asterisk has it.`,
      ),
    ];
  }
  return rights === undefined ? [] : writeFindings(user, rights, ACTING_RIGHTS.class);
}

function writeFindings(user: string, { excess, missing }: RightsVerdict, wanted: string): Finding[] {
  const findings = excess.map((one): Finding => {
    const isOwner = OWNS_THE_MACHINE.has(one.class);
    return (isOwner ? wrong : warning)(
      `AMI user ${user} has too many rights: write class "${one.class}".`,
      `It lets whoever has the secret ${allowedBy(one)}.`,
      `Take "${one.class}" (or "all") out of its write= line in manager.conf: "${wanted}" is enough.`,
    );
  });
  if (missing.length > 0) {
    findings.push(
      wrong(
        `AMI user ${user} may not do ${missing.join(', ')}.`,
        `Its write= line lacks "${wanted}".`,
        `Write write = ${wanted} in manager.conf, then: asterisk -rx "manager reload"`,
      ),
    );
  }
  return findings.length > 0 ? findings : [right(`AMI user ${user} may do what it needs, and no more.`)];
}

function missingReads({ known, first, last }: ExchangeObservation): string[] {
  if (first === undefined || last === undefined) return [];
  const before = new Set(first.channels.map((line) => line.uniqueid));
  const processed = (last.processedCalls ?? 0) - (first.processedCalls ?? 0);
  return missingReadClasses({
    byName: known,
    channelsCame: processed > 0 || last.channels.some((line) => !before.has(line.uniqueid)),
    queuesMoved: served(last) > served(first),
  });
}

function served({ queues }: Snapshot): number {
  return queues.reduce((sum, line) => sum + line.completed + line.abandoned, 0);
}
