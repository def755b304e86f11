import type { ChannelLine, PbxEvent, QueueEntryLine, Snapshot } from '../../src/ami/pbx-event.ts';
import { Channels } from '../../src/calls/channels.ts';

interface Doing {
  context: string;
  extension: string;
  application: string;
  data: string;
}

/** What the lists of an exchange would show after these events. */
export function pictureAfter(events: readonly PbxEvent[], atMs: number): Snapshot {
  const channels = new Channels();
  const doing = new Map<string, Doing>();
  const dialled = new Map<string, string>();
  const joined = new Map<string, QueueEntryLine & { readonly sinceMs: number }>();
  for (const event of events) {
    channels.apply(event);
    if (event.type === 'channel-created') {
      doing.set(event.uniqueid, { ...event, application: '', data: '' });
      if (event.state === 4 && !event.channel.startsWith('Local/'))
        dialled.set(event.uniqueid, event.extension);
    } else if (event.type === 'dialplan-step') doing.set(event.uniqueid, event);
    else if (event.type === 'queue-joined')
      joined.set(event.uniqueid, { ...event, waitS: 0, sinceMs: event.pbxMs });
    else if (event.type === 'queue-left') joined.delete(event.uniqueid);
    else if (event.type === 'channel-gone') channels.forget(event.uniqueid, event.pbxMs);
  }
  const lines = [...channels.all()].map((channel): ChannelLine => {
    const { context = '', extension = '', application = '', data = '' } = doing.get(channel.uniqueid) ?? {};
    return {
      uniqueid: channel.uniqueid,
      channel: channel.name,
      linkedid: '',
      state: channel.state,
      callerNumber: channel.callerNumber,
      context,
      extension,
      application: channel.bridge?.holding === true ? 'Park' : application,
      data,
      ageMs: Math.floor((atMs - channel.createdPbxMs) / 1000) * 1000,
      bridge: channel.bridge?.id ?? '',
      dialledNumber: dialled.get(channel.uniqueid) ?? '',
    };
  });
  return {
    type: 'snapshot',
    purpose: 'resync',
    rebooted: false,
    channels: lines,
    queues: [],
    members: [],
    entries: [...joined.values()].map(({ sinceMs, ...entry }) => ({
      ...entry,
      waitS: Math.floor((atMs - sinceMs) / 1000),
    })),
    processedCalls: undefined,
    pbxMs: atMs,
    atMs,
  };
}
