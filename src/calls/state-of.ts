import { maskDigitRuns } from '../lib/mask.ts';
import { brief } from './brief.ts';
import type { Call, OpenStage, Partner } from './call.ts';
import type { OpenCallState } from './call-state.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';

/** Of a queue that rings all its members at once, no more legs are kept. */
const MOST_CHANNELS = 24;

/** All that is needed to go on with a call after a restart (see `resume`); `displaced`: it waits without a channel. */
export function stateOf(context: CallsContext, call: Call, displaced = false): OpenCallState {
  const { askedPbxMs, askedAtMs, seenSincePbxMs } = call;
  return brief({
    version: 1,
    hotline: call.hotline?.name ?? '',
    hours: call.hours,
    test: call.test,
    takenUp: call.takenUp,
    emergency: call.emergency,
    reached: [call.reachedPbxMs, call.reachedAtMs],
    seenSincePbxMs: Number.isFinite(seenSincePbxMs) ? seenSincePbxMs : undefined,
    perhapsAnswered: call.perhapsAnswered,
    attended: call.attended,
    wasUp: call.wasUp,
    upPbxMs: call.upPbxMs,
    asked: askedPbxMs === undefined || askedAtMs === undefined ? undefined : [askedPbxMs, askedAtMs],
    askedUnseen: !call.askedSeen,
    beforeWatch: call.beforeWatch,
    voicemail: call.voicemail,
    voicemailId: call.voicemailId,
    message: call.message,
    hungUp: call.hungUp,
    displaced,
    stages: [...call.stages],
    open: call.open && stateOfStage(call.open),
    step: stateOfStep(context, call),
    answer: call.answer,
    scored: { ...call.scored },
    partners: call.partners.map(stateOfPartner),
    parted: call.parted.map(stateOfPartner),
    answeringQueue: call.answeringQueue,
    talkFromPbxMs: call.talkFromPbxMs,
    talkMs: call.talkMs,
    holdMs: call.holdMs,
    transfers: call.transfers,
    rangOut: call.rangOut && [...call.rangOut],
    adrift: call.adrift,
    passedTo: [...call.passedTo],
    channels: channelsOf(context, call).map((channel) => stateOfChannel(context, channel)),
  });
}

function stateOfStage(stage: OpenStage) {
  const { startedPbxMs, startedAtMs, queue, enteredAs, takenUp, source } = stage;
  return brief({
    queue,
    enteredAs,
    started: [startedPbxMs, startedAtMs] as [number, number],
    takenUp,
    source,
    leftPbxMs: stage.leftPbxMs,
    gaveUp: stage.gaveUp,
    connected: stage.connected,
    legAnswered: stage.legAnswered,
    legStatus: stage.legStatus,
  });
}

/** What an outside number was dialled by stays unsaid: all that counts of a Dial is whether it led to a person. */
function stateOfStep({ parties }: CallsContext, { step }: Call) {
  if (!step || (step.application !== 'Queue' && step.application !== 'Dial')) return undefined;
  const { uniqueid, application, data, pbxMs, atMs } = step;
  const queue = data.split(',', 1)[0] ?? '';
  const said = application === 'Queue' ? queue : parties.dialsPerson(data) ? A_PERSON : '';
  return { uniqueid, application, data: said, at: [pbxMs, atMs] as [number, number] };
}

/** Dial data that leads to a person by any configuration (`PartyRules.dialsPerson`). */
const A_PERSON = 'person';

function stateOfPartner({ channel, ...partner }: Partner) {
  return brief({ ...partner, channel: channel.uniqueid });
}

/** With digits in its name that may be somebody's number masked. */
export function stateOfChannel({ parties }: CallsContext, channel: Channel) {
  const { isLocal, inbound, name, interface: line } = channel;
  const tells =
    parties.partyOf(channel) !== parties.partyOf({ isLocal, inbound, name, interface: line, dialString: '' });
  return brief({
    id: channel.uniqueid,
    name: maskDigitRuns(name),
    state: channel.state,
    created: [channel.createdPbxMs, channel.createdAtMs] as [number, number],
    inbound,
    dialler: channel.diallerId,
    dialString: tells ? channel.dialString : '',
    rangSomebody: channel.rangSomebody,
    hangupRequested: channel.hangupRequested,
    hangupRequestedPbxMs: channel.hangupRequestedPbxMs,
  });
}

/** The caller's, all that is dialled for it, through Local halves, and those of the persons in its talk. */
function channelsOf({ channels }: CallsContext, call: Call): readonly Channel[] {
  const found = [call.caller];
  const add = (channel: Channel | undefined): void => {
    if (channel && found.length < MOST_CHANNELS && !found.includes(channel)) found.push(channel);
  };
  for (const { channel } of call.partners) add(channel);
  for (const { channel } of call.parted) add(channel);
  if (call.voicemailId !== '') add(channels.get(call.voicemailId));
  if (call.open) add(channels.get(call.open.enteredAs));
  // Grows while it is gone through.
  for (const channel of found) {
    if (channel.isLocal) add(channels.otherHalfOf(channel));
    for (const leg of channel.legs ?? []) add(leg);
  }
  return found;
}
