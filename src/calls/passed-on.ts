import type { ChannelLine } from '../ami/pbx-event.ts';
import type { Call } from './call.ts';

/**
 * Whether a caller who was out of sight, and whom no person is known to have answered, may have been answered and
 * passed on meanwhile: then its outcome is not known (norm.md section 2.6). Nothing of it shows in where it is now,
 * and a caller who only went from the menu into a queue is there just like it; what tells them apart is what the
 * exchange keeps of the channel itself. Each is as a real Asterisk 22 shows it (test/pbx/channel-past.test.ts).
 *
 * - BLINDTRANSFER, ATTENDEDTRANSFER: a person passed it on (bridge.c, set_transfer_variables_all); they stand until it
 *   talks again.
 * - DIALSTATUS `ANSWER`, QUEUESTATUS `CONTINUE`: whoever answered has hung up and the dialplan goes on (Dial's option g,
 *   Queue's option c). Where it is in a Dial, that status is of this one.
 * - QUEUEPOSITION without a QUEUESTATUS: it left a queue (app_queue.c, leave_queue sets it for each) and the queue did
 *   not give it up (set_queue_result sets the other): it was answered there and redirected, or left by key. Of one who
 *   was seen in a queue before it may be as old as that, and says nothing.
 *
 * The connected line says less: a phone that rings sets it too. Context and extension say where a transfer leads on one
 * exchange and where the menu leads on another. A member's LastCall says of no caller which one it was.
 */
export function mayHavePassedOn(call: Call, { past, application }: ChannelLine): boolean {
  if (!past || call.answer) return false;
  if (past.passedOnBy !== '' || past.queueStatus === 'CONTINUE') return true;
  if (past.dialStatus === 'ANSWER' && application !== 'Dial') return true;
  const leftSeen = call.open?.leftPbxMs !== undefined || call.stages.some(({ queue }) => queue !== '');
  return past.hasLeftQueue && past.queueStatus === '' && !leftSeen;
}
