import { type Bridge, bridgeHeaders, type Channel, channelHeaders } from './channel.ts';
import type { Exchange } from './exchange.ts';

/**
 * A seat passed its caller on without asking. The event shows the bridge with both still in it and comes when the
 * caller has left: take the answer before, call it after.
 */
export function tellBlindTransfer(
  exchange: Exchange,
  transferer: Channel,
  transferee: Channel,
  target: { readonly context: string; readonly extension: string },
): () => void {
  const headers = [
    ['Result', 'Success'],
    ...channelHeaders(transferer, 'Transferer'),
    ...channelHeaders(transferee, 'Transferee'),
    ...(transferer.bridge ? bridgeHeaders(transferer.bridge) : []),
    ['IsExternal', 'No'],
    ['Context', target.context],
    ['Extension', target.extension],
  ] as const;
  transferee.variables.set('BLINDTRANSFER', transferer.name);
  return () => exchange.emit('call', 'BlindTransfer', headers);
}

/** A seat joined its caller with the colleague it had asked. */
export function tellAttendedTransfer(
  exchange: Exchange,
  transfer: {
    readonly transferer: Channel;
    readonly first: Bridge;
    readonly second: Bridge;
    readonly transferee: Channel;
    readonly target: Channel;
  },
): void {
  exchange.emit('call', 'AttendedTransfer', [
    ['Result', 'Success'],
    ...channelHeaders(transfer.transferer, 'OrigTransferer'),
    ...bridgeHeaders(transfer.first, 'Orig'),
    ...channelHeaders(transfer.transferer, 'SecondTransferer'),
    ...bridgeHeaders(transfer.second, 'Second'),
    ...channelHeaders(transfer.transferee, 'Transferee'),
    ...channelHeaders(transfer.target, 'TransferTarget'),
    ['IsExternal', 'No'],
    ['DestType', 'Bridge'],
    ['DestBridgeUniqueid', transfer.first.id],
  ]);
}
