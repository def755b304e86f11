import type { Header } from './ami-block.ts';

/** `ChannelState` as Asterisk numbers it. */
export const STATE = { down: 0, ring: 4, ringing: 5, up: 6, busy: 7 } as const;
const STATE_WORDS: Readonly<Record<number, string>> = {
  0: 'Down',
  4: 'Ring',
  5: 'Ringing',
  6: 'Up',
  7: 'Busy',
};

export interface Bridge {
  readonly id: string;
  readonly type: 'basic' | 'parking';
  readonly technology: string;
  /** Of a parking lot; empty for others. */
  readonly name: string;
  readonly members: Set<Channel>;
}

export interface Channel {
  readonly name: string;
  readonly uniqueid: string;
  linkedid: string;
  state: number;
  callerNumber: string;
  callerName: string;
  connectedNumber: string;
  connectedName: string;
  context: string;
  extension: string;
  priority: number;
  application: string;
  data: string;
  /** What the caller dialled; empty on channels made by the exchange. */
  readonly dialled: string;
  /** Name up to the last `-`. */
  readonly device: string;
  readonly createdMs: number;
  readonly runsDialplan: boolean;
  bridge: Bridge | undefined;
  held: boolean;
  /** SIP code it was asked to end with; empty for none. */
  techCause: string;
  readonly variables: Map<string, string>;
}

/** The snapshot of a channel as `ast_manager_build_channel_state_string_prefix` writes it. */
export function channelHeaders(channel: Channel, prefix = ''): readonly Header[] {
  return [
    [`${prefix}Channel`, channel.name],
    [`${prefix}ChannelState`, channel.state],
    [`${prefix}ChannelStateDesc`, STATE_WORDS[channel.state] ?? 'Unknown'],
    [`${prefix}CallerIDNum`, channel.callerNumber || '<unknown>'],
    [`${prefix}CallerIDName`, channel.callerName || '<unknown>'],
    [`${prefix}ConnectedLineNum`, channel.connectedNumber || '<unknown>'],
    [`${prefix}ConnectedLineName`, channel.connectedName || '<unknown>'],
    [`${prefix}Language`, 'en'],
    [`${prefix}AccountCode`, ''],
    [`${prefix}Context`, channel.context],
    [`${prefix}Exten`, channel.extension],
    [`${prefix}Priority`, channel.priority],
    [`${prefix}Uniqueid`, channel.uniqueid],
    [`${prefix}Linkedid`, channel.linkedid],
  ];
}

/** The snapshot of a bridge as `ast_manager_build_bridge_state_string_prefix` writes it. */
export function bridgeHeaders(bridge: Bridge, prefix = ''): readonly Header[] {
  return [
    [`${prefix}BridgeUniqueid`, bridge.id],
    [`${prefix}BridgeType`, bridge.type],
    [`${prefix}BridgeTechnology`, bridge.technology],
    [`${prefix}BridgeCreator`, bridge.type === 'parking' ? 'Parking' : '<unknown>'],
    [`${prefix}BridgeName`, bridge.name || '<unknown>'],
    [`${prefix}BridgeNumChannels`, bridge.members.size],
    [`${prefix}BridgeVideoSourceMode`, 'none'],
  ];
}
