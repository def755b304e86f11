import type { HotlineDefinition } from '../hotlines/definition.ts';
import { type Call, openCall, type OpenStage, type Partner } from './call.ts';
import { type ChannelState, OPEN_CALL_STATE, type WholeCallState } from './call-state.ts';
import type { Calls } from './calls.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';
import type { Fact } from './facts.ts';
import { newChannel } from './new-channel.ts';
import { outboundIn, resumeOutbound, type LeftOutbound } from './outbound-state.ts';
import { loseSight } from './reconcile.ts';
import { NONE, withOne } from './short-list.ts';
import { stateOfFacts, stateOfStay } from './state-of-facts.ts';
import { isOverInside, withTold } from './told-since.ts';

/** What the last run left of a call that was not over. */
export interface LeftCall {
  readonly uniqueid: string;
  /** Made by `stateOf`; anything else is refused. */
  readonly state: unknown;
}

export interface Resumed {
  /** Calls that go on. */
  readonly resumed: number;
  /** Of those, the ones whose state could not be read: known by their facts alone, they end answered or unknown. */
  readonly refused: number;
  /** Calls of hotlines that are watched no more, and those of which not even a fact is left: nothing is said of them. */
  readonly dropped: number;
}

/**
 * Goes on with the calls of the last run as if the link had been lost at `lostAtMs` (our clock): the first snapshot
 * decides what became of them, as after any gap, and nothing is said twice.
 */
export function resume(
  calls: Calls,
  left: readonly LeftCall[],
  { lostAtMs, facts }: { readonly lostAtMs: number; readonly facts: readonly Fact[] },
): Resumed {
  let refused = 0;
  let dropped = 0;
  const { pbx } = calls.context;
  const told = Map.groupBy(facts, (fact) => (fact.pbx === pbx && 'uniqueid' in fact ? fact.uniqueid : ''));
  const known = new Map<string, Known>();
  const outbound = new Map<string, LeftOutbound>();
  for (const { uniqueid, state: kept } of left) {
    const ofSeat = outboundIn(uniqueid, kept);
    if (ofSeat) {
      // The fact of its end may have been kept, and its state once more before it.
      if (!told.get(uniqueid)?.some(({ type }) => type === 'outbound-ended')) outbound.set(uniqueid, ofSeat);
      continue;
    }
    const read = readState(uniqueid, kept);
    if (!read) refused++;
    const state = broughtUp(pbx, read ?? ofFacts(told.get(uniqueid) ?? []), told);
    const hotline = state?.hotline ? calls.hotlineNamed(state.hotline) : undefined;
    if (!state || known.has(uniqueid) || (state.hotline !== '' && !hotline)) dropped++;
    else known.set(uniqueid, { state, hotline });
  }
  for (const [uniqueid, state] of insideByFacts(pbx, told, known))
    known.set(uniqueid, { state, hotline: undefined });
  const strays = facts.filter(({ type }) => type === 'unattributed' || type === 'unknown-origin');
  calls.toldBefore = new Set(strays.map(({ id }) => id));
  const states = [...known.values()];
  takeBackChannels(calls, [
    ...states.flatMap(({ state }) => (isWithoutCaller(state) ? state.channels.slice(1) : state.channels)),
    ...outbound.values().flatMap(({ channels }) => channels),
  ]);
  for (const { state, hotline } of states) takeBackCall(calls, state, hotline);
  const aheadMs = [
    ...outbound.values().map((ofSeat) => resumeOutbound(calls, ofSeat)),
    ...states.map(({ state }) => state.reached[0] - state.reached[1]),
  ];
  const offsetMs = aheadMs.at(-1) ?? 0;
  loseSight(calls, { type: 'link-lost', pbxMs: lostAtMs + offsetMs, atMs: lostAtMs, lastHeardMs: lostAtMs });
  return { resumed: known.size + outbound.size, refused, dropped };
}

interface Known {
  readonly state: WholeCallState;
  readonly hotline: HotlineDefinition | undefined;
}

/** As `stateOf` made it, of this call; undefined for anything else. */
function readState(uniqueid: string, kept: unknown): WholeCallState | undefined {
  const { data } = OPEN_CALL_STATE.safeParse(kept);
  return data?.channels[0]?.id === uniqueid ? data : undefined;
}

function ofFacts(facts: readonly Fact[]): WholeCallState | undefined {
  const opened = facts.find((fact) => fact.type === 'call-opened');
  return opened && OPEN_CALL_STATE.parse(stateOfFacts(opened));
}

/**
 * Callers from inside who stood in a queue, and of whom no state was kept: it was told that they came, so it must be told
 * that they are gone, or the queue's books never close.
 */
function* insideByFacts(
  pbx: string,
  told: ReadonlyMap<string, readonly Fact[]>,
  known: ReadonlyMap<string, Known>,
): Generator<[string, WholeCallState]> {
  const ofKnown = new Set(known.values().flatMap(({ state }) => state.channels.map(({ id }) => id)));
  for (const [uniqueid, facts] of told) {
    if (ofKnown.has(uniqueid)) continue;
    const entered = facts.find((fact) => fact.type === 'queue-entered');
    if (entered?.source !== 'internal' || entered.refused) continue;
    const state = broughtUp(pbx, OPEN_CALL_STATE.parse(stateOfStay(entered)), told);
    if (state && !isOverInside(state)) yield [uniqueid, state];
  }
}

/** With what was told of it, or of a Local half that stands in a queue for it. */
function broughtUp(
  pbx: string,
  state: WholeCallState | undefined,
  told: ReadonlyMap<string, readonly Fact[]>,
): WholeCallState | undefined {
  return (
    state &&
    withTold(
      state,
      pbx,
      state.channels.flatMap(({ id }) => told.get(id) ?? []),
    )
  );
}

/** Its caller's channel is gone, though it is not over. */
const isWithoutCaller = (state: WholeCallState): boolean => state.displaced || state.hungUp !== undefined;

/** In the order in which they began, as an exchange that was watched all the while would have them. */
function takeBackChannels({ context }: Calls, states: readonly ChannelState[]): void {
  const { channels } = context;
  const fresh: (readonly [Channel, ChannelState])[] = [];
  for (const state of states.toSorted((one, other) => one.created[0] - other.created[0])) {
    if (channels.get(state.id)) continue;
    const [pbxMs, atMs] = state.created;
    const channel = channels.takeBack({ uniqueid: state.id, channel: state.name }, { pbxMs, atMs }, state);
    channel.rangSomebody = state.rangSomebody;
    channel.hangupRequested = state.hangupRequested;
    channel.hangupRequestedPbxMs = state.hangupRequestedPbxMs;
    fresh.push([channel, state]);
  }
  for (const [channel, { dialler, dialString }] of fresh) {
    if (dialler !== undefined) channels.takeBackDial(channel, dialler, dialString);
  }
}

function takeBackCall(calls: Calls, state: WholeCallState, hotline: HotlineDefinition | undefined): void {
  const { context } = calls;
  const caller = callerIn(context, state);
  if (!caller) return;
  const { hours, test, takenUp, emergency } = state;
  const call = openCall(caller, { pbx: context.pbx, hotline, hours, test, takenUp, emergency });
  [call.reachedPbxMs, call.reachedAtMs] = state.reached;
  [call.askedPbxMs, call.askedAtMs] = state.asked ?? [undefined, undefined];
  call.seenSincePbxMs = state.seenSincePbxMs ?? -Infinity;
  call.perhapsAnswered = state.perhapsAnswered;
  call.attended = state.attended;
  call.wasUp = state.wasUp;
  call.upPbxMs = state.upPbxMs;
  call.askedSeen = !state.askedUnseen;
  call.beforeWatch = state.beforeWatch;
  call.voicemail = state.voicemail;
  call.voicemailId = state.voicemailId;
  call.message = state.message;
  call.hungUp = state.hungUp;
  call.stages.push(...state.stages.map((stage) => Object.freeze(stage)));
  call.answer = state.answer && Object.freeze({ ...state.answer, waitMs: state.answer.waitMs });
  Object.assign(call.scored, state.scored);
  call.answeringQueue = state.answeringQueue;
  call.talkFromPbxMs = state.talkFromPbxMs;
  call.talkMs = state.talkMs;
  call.holdMs = state.holdMs;
  call.transfers = state.transfers;
  if (state.rangOut.length > 0) call.rangOut = new Set(state.rangOut);
  call.adrift = state.adrift;
  if (state.passedTo.length > 0) call.passedTo = state.passedTo;
  if (state.step) {
    const { at, ...step } = state.step;
    call.step = {
      type: 'dialplan-step',
      channel: '',
      context: '',
      extension: '',
      ...step,
      pbxMs: at[0],
      atMs: at[1],
    };
  }
  calls.takeBack(call, state.displaced);
  call.open = state.open && stageOf(state.open);
  if (call.open && call.open.queue !== '') context.queues.entered(call.open.queue, call);
  call.partners = partnersOf(context, call, state.partners);
  call.parted = partnersOf(context, call, state.parted);
  for (const { queue } of call.partners) context.queues.talks(queue, call);
}

function callerIn({ channels }: CallsContext, state: WholeCallState): Channel | undefined {
  const [first] = state.channels;
  if (!first) return undefined;
  if (!isWithoutCaller(state)) return channels.get(first.id);
  const [pbxMs, atMs] = first.created;
  const gone = newChannel(
    { uniqueid: first.id, channel: first.name },
    { pbxMs, atMs },
    { ...first, callerNumber: '' },
  );
  gone.forgotten = true;
  return gone;
}

function stageOf({
  started,
  leftPbxMs,
  connected,
  ...stage
}: NonNullable<WholeCallState['open']>): OpenStage {
  const [startedPbxMs, startedAtMs] = started;
  return { ...stage, startedPbxMs, startedAtMs, leftPbxMs, connected, touchedPbxMs: -Infinity };
}

function partnersOf(
  { channels }: CallsContext,
  call: Call,
  states: WholeCallState['partners'],
): readonly Partner[] {
  const partners = states.flatMap(({ channel: id, holdFromPbxMs, parted, ...said }): Partner[] => {
    const channel = channels.get(id);
    if (!channel) return [];
    channel.talkers = withOne(channel.talkers, call);
    return [{ ...said, channel, holdFromPbxMs, parted }];
  });
  return partners.length === 0 ? NONE : partners;
}
