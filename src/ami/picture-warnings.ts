import type { EventCounts } from './event-counts.ts';
import { judgeRights, missingReadClasses, READING_RIGHTS, rightsWarnings } from './rights.ts';
import type { SnapshotPicture } from './snapshot.ts';

/**
 * What a picture, and the events since the one before it, tell of rights and filter: sentences for the operator,
 * judged from what Asterisk answers and sends, never from its configuration.
 */
export function pictureWarnings(
  user: string,
  picture: SnapshotPicture,
  last: SnapshotPicture | undefined,
  counts: EventCounts,
): string[] {
  const warnings = [...picture.warnings];
  if (picture.allowed !== undefined) {
    warnings.push(
      ...rightsWarnings(user, judgeRights(picture.allowed, READING_RIGHTS), READING_RIGHTS.class),
    );
  }
  if (counts.isUnfiltered) {
    warnings.push(
      `No event filter is in force for AMI user ${user}: much of what Asterisk sends is of no use. Take the eventfilter lines of config/asterisk.`,
    );
  }
  if (last !== undefined) warnings.push(...readWarnings(user, picture, last, counts));
  return warnings;
}

function readWarnings(
  user: string,
  picture: SnapshotPicture,
  last: SnapshotPicture,
  counts: EventCounts,
): string[] {
  const before = new Set(last.channels.map((line) => line.uniqueid));
  const missing = missingReadClasses({
    byName: counts.known,
    channelsCame: picture.channels.some((line) => !before.has(line.uniqueid)),
    queuesMoved: served(picture) > served(last),
  });
  return missing.map(
    (name) => `Events of class "${name}" do not come: add it to read= of AMI user ${user} in manager.conf.`,
  );
}

function served(picture: SnapshotPicture): number {
  return picture.queues.reduce((sum, line) => sum + line.completed + line.abandoned, 0);
}
