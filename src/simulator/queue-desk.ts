import type { Header } from './ami-block.ts';
import type { PracticeQueue } from './company.ts';
import { type Channel, channelHeaders } from './channel.ts';
import { DEVICE } from './device.ts';
import type { Exchange } from './exchange.ts';

export interface Member {
  readonly queue: Queue;
  readonly interface: string;
  readonly stateInterface: string;
  readonly name: string;
  readonly isStatic: boolean;
  penalty: number;
  callsTaken: number;
  lastCallMs: number;
  lastPauseMs: number;
  readonly loginMs: number;
  inCall: boolean;
  paused: boolean;
  pausedReason: string;
}

export interface Entry {
  readonly channel: Channel;
  readonly joinedMs: number;
}

export interface Queue {
  readonly settings: PracticeQueue;
  readonly members: Member[];
  readonly entries: Entry[];
  completed: number;
  abandoned: number;
  /** Moving averages in s, as app_queue keeps them for QueueParams. */
  holdS: number;
  talkS: number;
  /** What `Queue:NAME` and `Queue:NAME_avail` were last told to be; 0 before the first time. */
  waitingState: number;
  availableState: number;
}

/** What a member is called in a queue, as `QueueAdd` was told. */
export interface NewMember {
  readonly interface: string;
  readonly stateInterface: string;
  readonly name: string;
  readonly isStatic?: boolean;
  readonly penalty?: number;
  readonly paused?: boolean;
  readonly reason?: string;
}

/** `app_queue` of the practice exchange: members and waiting callers, and the events of both. */
export class QueueDesk {
  readonly queues = new Map<string, Queue>();
  readonly #exchange: Exchange;
  readonly #membersOf = new Map<string, Member[]>();
  /** Members that were taken out, by queue and phone: a call that was decided before is led to them all the same. */
  readonly #former = new Map<string, Member>();

  constructor(exchange: Exchange, queues: readonly PracticeQueue[]) {
    this.#exchange = exchange;
    for (const settings of queues) {
      this.queues.set(settings.name, {
        settings,
        members: [],
        entries: [],
        completed: 0,
        abandoned: 0,
        holdS: 0,
        talkS: 0,
        waitingState: DEVICE.idle,
        availableState: 0,
      });
    }
    // app_queue.c device_state_cb: a device's new state is told once for each queue it is a member of.
    exchange.onDevice = (device) => {
      for (const member of this.membersOf(device)) {
        this.#tell('QueueMemberStatus', member);
        this.#tellAvailable(member.queue);
      }
    };
  }

  /** Throws on a queue that is not in the practice company: a mistake in this folder. */
  queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`no practice queue ${name}`);
    return queue;
  }

  membersOf(seat: string): readonly Member[] {
    return this.#membersOf.get(seat) ?? [];
  }

  /** The member of this queue behind that phone; undefined when it is not logged in there. */
  memberAt(queue: string, seat: string): Member | undefined {
    return this.membersOf(seat).find((member) => member.queue.settings.name === queue);
  }

  /** The same, also where it was one when the call was decided. */
  memberToRing(queue: string, seat: string): Member | undefined {
    return this.memberAt(queue, seat) ?? this.#former.get(`${queue}\n${seat}`);
  }

  add(queueName: string, wish: NewMember): void {
    const queue = this.queue(queueName);
    if (this.memberAt(queueName, wish.stateInterface)) return;
    const member: Member = {
      interface: wish.interface,
      stateInterface: wish.stateInterface,
      name: wish.name,
      isStatic: wish.isStatic ?? false,
      penalty: wish.penalty ?? 0,
      queue,
      callsTaken: 0,
      lastCallMs: 0,
      lastPauseMs: wish.paused === true ? this.#exchange.clockMs : 0,
      loginMs: this.#exchange.clockMs,
      inCall: false,
      paused: wish.paused ?? false,
      pausedReason: wish.reason ?? '',
    };
    queue.members.push(member);
    this.#membersOf.set(wish.stateInterface, [...this.membersOf(wish.stateInterface), member]);
    this.#tell('QueueMemberAdded', member);
  }

  remove(member: Member): void {
    const { members } = member.queue;
    const place = members.indexOf(member);
    if (place < 0) return;
    members.splice(place, 1);
    this.#former.set(`${member.queue.settings.name}\n${member.stateInterface}`, member);
    this.#membersOf.set(
      member.stateInterface,
      this.membersOf(member.stateInterface).filter((one) => one !== member),
    );
    this.#tell('QueueMemberRemoved', member);
  }

  pause(member: Member, paused: boolean, reason: string): void {
    member.paused = paused;
    member.pausedReason = reason;
    if (paused) member.lastPauseMs = this.#exchange.clockMs;
    const { name } = member.queue.settings;
    this.#exchange.tellDevice(`Queue:${name}_pause_${member.interface}`, paused ? DEVICE.inUse : DEVICE.idle);
    this.#tell('QueueMemberPause', member);
    // A reason given when the pause ends is told this once and not kept (recorded).
    if (!paused) member.pausedReason = '';
    this.#tellAvailable(member.queue);
  }

  setPenalty(member: Member, penalty: number): void {
    member.penalty = penalty;
    this.#tell('QueueMemberPenalty', member);
  }

  /** `count` member states at once, as after a reload of the queues: each tells what is so already. */
  repeatStates(count: number): void {
    const members = [...this.queues.values()].flatMap((queue) => queue.members);
    for (let told = 0; told < count && members.length > 0; told += 1) {
      const member = members[told % members.length];
      if (member) this.#tell('QueueMemberStatus', member);
    }
  }

  /** The exchange came up again: members and their pauses are persistent, callers and counters are not. */
  reboot(): void {
    for (const queue of this.queues.values()) {
      queue.entries.length = 0;
      Object.assign(queue, { completed: 0, abandoned: 0, holdS: 0, talkS: 0, waitingState: DEVICE.idle });
      for (const member of queue.members)
        Object.assign(member, { inCall: false, callsTaken: 0, lastCallMs: 0, lastPauseMs: 0 });
    }
  }

  join(queueName: string, channel: Channel): Entry {
    const queue = this.queue(queueName);
    const entry: Entry = { channel, joinedMs: this.#exchange.clockMs };
    queue.entries.push(entry);
    this.#tellWaiting(queue);
    this.#exchange.emit('agent', 'QueueCallerJoin', [
      ...channelHeaders(channel),
      ['Queue', queueName],
      ['Position', queue.entries.length],
      ['Count', queue.entries.length],
    ]);
    return entry;
  }

  /** Also sent when the queue gives the caller up, not only when the caller does (app_queue.c leave paths). */
  abandon(queueName: string, entry: Entry): void {
    const queue = this.queue(queueName);
    const position = queue.entries.indexOf(entry) + 1;
    queue.abandoned += 1;
    this.#exchange.setVariable(entry.channel, 'ABANDONED', 'TRUE');
    this.#exchange.emit('agent', 'QueueCallerAbandon', [
      ...channelHeaders(entry.channel),
      ['Queue', queueName],
      ['Position', position],
      ['OriginalPosition', position],
      ['HoldTime', this.#waitS(entry)],
    ]);
  }

  leave(queueName: string, entry: Entry): void {
    const queue = this.queue(queueName);
    const place = queue.entries.indexOf(entry);
    if (place < 0) return;
    queue.entries.splice(place, 1);
    // Not told: no filter lets it through.
    entry.channel.variables.set('QUEUEPOSITION', String(place + 1));
    this.#tellWaiting(queue);
    this.#exchange.emit('agent', 'QueueCallerLeave', [
      ...channelHeaders(entry.channel),
      ['Queue', queueName],
      ['Position', place + 1],
      ['Count', queue.entries.length],
    ]);
  }

  agentCalled(member: Member, caller: Channel, seat: Channel): void {
    this.#tellAgent('AgentCalled', member, caller, seat, []);
  }

  agentConnect(member: Member, entry: Entry, seat: Channel, ringMs: number): void {
    member.inCall = true;
    this.#tellAgent('AgentConnect', member, entry.channel, seat, [
      ['HoldTime', this.#waitS(entry)],
      ['RingTime', Math.round(ringMs / 1000)],
    ]);
  }

  /** `RingTime` is milliseconds here and seconds in AgentConnect (asterisk-facts 1.7). */
  agentRingNoAnswer(member: Member, caller: Channel, seat: Channel, ringMs: number): void {
    this.#tellAgent('AgentRingNoAnswer', member, caller, seat, [['RingTime', Math.round(ringMs)]]);
  }

  /** `caller` is undefined when its channel is gone already. */
  agentComplete(
    member: Member,
    caller: Channel | undefined,
    seat: Channel,
    talk: {
      readonly holdS: number;
      readonly talkMs: number;
      readonly reason: 'caller' | 'agent' | 'transfer';
    },
  ): void {
    member.inCall = false;
    member.callsTaken += 1;
    member.lastCallMs = this.#exchange.clockMs;
    const { queue } = member;
    queue.completed += 1;
    // app_queue.c recalc_holdtime: the mean of three parts old and one part new.
    queue.holdS = Math.floor((queue.holdS * 3 + talk.holdS) / 4);
    queue.talkS = Math.floor((queue.talkS * 3 + talk.talkMs / 1000) / 4);
    this.#tellAgent('AgentComplete', member, caller, seat, [
      ['HoldTime', talk.holdS],
      ['TalkTime', Math.round(talk.talkMs / 1000)],
      ['Reason', talk.reason],
    ]);
  }

  /** `Queue:NAME` rings while callers wait. */
  #tellWaiting(queue: Queue): void {
    const state = queue.entries.length > 0 ? DEVICE.ringing : DEVICE.idle;
    if (state === queue.waitingState) return;
    queue.waitingState = state;
    this.#exchange.tellDevice(`Queue:${queue.settings.name}`, state);
  }

  /** app_queue.c is_member_available: `Queue:NAME_avail` is in use when no member could take a call. */
  #tellAvailable(queue: Queue): void {
    const state = queue.members.some((member) => this.#isAvailable(member)) ? DEVICE.idle : DEVICE.inUse;
    if (state === queue.availableState) return;
    queue.availableState = state;
    this.#exchange.tellDevice(`Queue:${queue.settings.name}_avail`, state);
  }

  #isAvailable(member: Member): boolean {
    const wrapsUp = this.#exchange.clockMs < member.lastCallMs + member.queue.settings.wrapupS * 1000;
    return !member.paused && !wrapsUp && this.#exchange.deviceState(member.stateInterface) === DEVICE.idle;
  }

  #waitS(entry: Entry): number {
    return Math.floor(this.#exchange.clockMs / 1000) - Math.floor(entry.joinedMs / 1000);
  }

  #tellAgent(
    name: string,
    member: Member,
    caller: Channel | undefined,
    seat: Channel,
    more: readonly Header[],
  ): void {
    this.#exchange.emit('agent', name, [
      ...(caller ? channelHeaders(caller) : []),
      ...channelHeaders(seat, 'Dest'),
      ['Queue', member.queue.settings.name],
      ['Interface', member.interface],
      ['MemberName', member.name],
      ...more,
    ]);
  }

  #tell(name: string, member: Member): void {
    this.#exchange.emit('agent', name, [
      ['Queue', member.queue.settings.name],
      ['MemberName', member.name],
      ['Interface', member.interface],
      ...this.memberHeaders(member),
      ['Ringinuse', 0],
      ['Wrapuptime', 0],
    ]);
  }

  /** What the events of a member and the lines of QueueStatus have in common, in the order of both. */
  memberHeaders(member: Member): readonly Header[] {
    const seconds = (ms: number): number => Math.floor(ms / 1000);
    return [
      ['StateInterface', member.stateInterface],
      ['Membership', member.isStatic ? 'static' : 'dynamic'],
      ['Penalty', member.penalty],
      ['CallsTaken', member.callsTaken],
      ['LastCall', seconds(member.lastCallMs)],
      ['LastPause', seconds(member.lastPauseMs)],
      ['LoginTime', seconds(member.loginMs)],
      ['InCall', member.inCall ? 1 : 0],
      ['Status', this.#exchange.deviceState(member.stateInterface)],
      ['Paused', member.paused ? 1 : 0],
      ['PausedReason', member.pausedReason],
    ];
  }
}
