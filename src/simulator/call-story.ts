import { TRUNK } from './company.ts';
import type { InboundPlan, ParkingPlan, StageEnding, StagePlan, TalkPlan } from './plan.ts';
import { ALERT_MS, BLIND_DIAL_MS, CONSULT_DIAL_MS, OPTIMISE_MS, STAGE_GAP_MS } from './timing.ts';

/** One thing that happens to a caller, at its instant (true time, unix ms). */
export type Moment =
  | {
      readonly what: 'reached' | 'up' | 'announced' | 'attended' | 'voicemail' | 'message';
      readonly atMs: number;
    }
  /** A phone rings that the caller hears, or would hear. */
  | { readonly what: 'joined'; readonly atMs: number; readonly queue: string }
  | {
      readonly what: 'left';
      readonly atMs: number;
      readonly queue: string;
      readonly end: StageEnding;
      readonly seat: string;
    }
  | {
      readonly what: 'answered';
      readonly atMs: number;
      readonly by: 'seat' | 'outside';
      readonly seat: string;
      readonly queue: string;
    }
  /** Caller and a person hear each other from here on, or no longer do. */
  | { readonly what: 'talk-begins' | 'talk-ends' | 'held' | 'unheld'; readonly atMs: number }
  | { readonly what: 'passed-on'; readonly atMs: number }
  | {
      readonly what: 'ended';
      readonly atMs: number;
      readonly by: 'caller' | 'exchange';
      readonly blocked: boolean;
    };

/** What a caller will live through, as planned, in order: written before anything of it happens. */
export function storyOf(plan: InboundPlan): readonly Moment[] {
  const teller = new Teller(plan.atMs);
  tellCall(teller, plan);
  return teller.moments;
}

class Teller {
  readonly moments: Moment[] = [];
  atMs: number;

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  pass(ms: number): void {
    this.atMs += ms;
  }

  tell(what: Exclude<Moment['what'], 'joined' | 'left' | 'answered' | 'ended'>): void {
    this.moments.push({ what, atMs: this.atMs });
  }

  end(by: 'caller' | 'exchange', blocked = false): void {
    this.moments.push({ what: 'ended', atMs: this.atMs, by, blocked });
  }

  answer(by: 'seat' | 'outside', seat: string, queue: string): void {
    const { atMs } = this;
    this.moments.push(
      { what: 'left', atMs, queue, end: 'answered', seat },
      { what: 'answered', atMs, by, seat, queue },
      { what: 'talk-begins', atMs },
    );
  }
}

function tellCall(teller: Teller, plan: InboundPlan): void {
  teller.tell('reached');
  if (plan.blockedCause !== 0) {
    teller.pass(1);
    return teller.end('exchange', true);
  }
  teller.pass(plan.ringsOutMs);
  if (plan.closedMs > 0) {
    teller.tell('announced');
    teller.tell('up');
    teller.pass(plan.closedMs);
  }
  if (plan.attendant) {
    teller.pass(plan.attendant.pickupMs);
    teller.tell('attended');
    teller.tell('up');
    teller.pass(plan.attendant.menuMs);
  }
  for (const stage of plan.stages) {
    if (tellStage(teller, stage) && plan.talk) return tellTalk(teller, plan.talk);
  }
  if (plan.stages.at(-1)?.end === 'hang-up') return teller.end('caller');
  if (plan.outside && tellForward(teller, plan.outside)) return;
  if (plan.voicemail) return tellVoicemail(teller, plan);
  teller.end(plan.endedBy);
}

/** Whether a person answered. */
function tellStage(teller: Teller, stage: StagePlan): boolean {
  const { queue, end } = stage;
  teller.moments.push({ what: 'joined', atMs: teller.atMs, queue });
  teller.pass(stage.waitMs);
  if (end === 'answered') {
    const winner = stage.rounds.at(-1);
    teller.tell('up');
    teller.answer('seat', winner?.pickedUpBy ?? winner?.winner ?? '', queue);
    return true;
  }
  teller.moments.push({ what: 'left', atMs: teller.atMs, queue, end, seat: '' });
  teller.pass(end === 'hang-up' ? 0 : STAGE_GAP_MS);
  return false;
}

/** Whether the person outside answered. */
function tellForward(teller: Teller, outside: NonNullable<InboundPlan['outside']>): boolean {
  teller.moments.push({ what: 'joined', atMs: teller.atMs, queue: '' });
  teller.pass(ALERT_MS + outside.ringMs);
  if (!outside.answered) {
    teller.moments.push({ what: 'left', atMs: teller.atMs, queue: '', end: 'timeout', seat: '' });
    return false;
  }
  teller.tell('up');
  teller.answer('outside', TRUNK, '');
  teller.pass(outside.talkMs);
  teller.tell('talk-ends');
  teller.end(outside.endedBy === 'caller' ? 'caller' : 'exchange');
  return true;
}

function tellVoicemail(teller: Teller, plan: InboundPlan): void {
  const { voicemail } = plan;
  if (!voicemail) return;
  if (voicemail.announcementMs > 0) teller.tell('up');
  teller.pass(voicemail.announcementMs);
  if (voicemail.leavesBefore) return teller.end(plan.endedBy);
  teller.tell('voicemail');
  teller.tell('up');
  teller.pass(voicemail.greetingMs + voicemail.messageMs);
  if (voicemail.messageMs > 0) teller.tell('message');
  teller.end('caller');
}

function tellTalk(teller: Teller, talk: TalkPlan): void {
  const startMs = teller.atMs;
  for (const hold of talk.holds) {
    teller.atMs = startMs + hold.afterMs;
    teller.tell('held');
    teller.pass(hold.holdMs);
    teller.tell('unheld');
  }
  teller.atMs = Math.max(startMs + talk.talkMs, teller.atMs);
  const { transfer, parking } = talk;
  if (parking) return tellParking(teller, parking);
  if (!transfer) {
    teller.tell('talk-ends');
    return teller.end(talk.endedBy === 'caller' ? 'caller' : 'exchange');
  }
  teller.tell('held');
  if (transfer.kind === 'blind') {
    teller.pass(BLIND_DIAL_MS);
    teller.tell('unheld');
    teller.tell('talk-ends');
    teller.tell('passed-on');
    tellSecondSeat(teller, transfer.to, transfer.ringMs);
  } else {
    teller.pass(CONSULT_DIAL_MS);
    // Who consults has left the caller's bridge.
    teller.tell('unheld');
    teller.tell('talk-ends');
    teller.pass(ALERT_MS + transfer.ringMs + transfer.consultMs);
    teller.tell('passed-on');
    teller.tell('talk-begins');
    teller.pass(OPTIMISE_MS);
  }
  teller.pass(transfer.talkMs);
  teller.tell('talk-ends');
  teller.end(transfer.endedBy === 'caller' ? 'caller' : 'exchange');
}

/** The dialplan dials another seat for the caller: one more try at a person. */
function tellSecondSeat(teller: Teller, seat: string, ringMs: number): void {
  teller.moments.push({ what: 'joined', atMs: teller.atMs, queue: '' });
  teller.pass(ALERT_MS + ringMs);
  teller.moments.push({ what: 'left', atMs: teller.atMs, queue: '', end: 'answered', seat });
  teller.tell('talk-begins');
}

/** In a parking place nobody talks; whoever fetches the caller is no new try at a person, it was asked for by nobody. */
function tellParking(teller: Teller, parking: ParkingPlan): void {
  teller.tell('held');
  teller.pass(BLIND_DIAL_MS);
  teller.tell('unheld');
  teller.tell('talk-ends');
  teller.tell('passed-on');
  teller.pass(parking.parkedMs);
  if (parking.end === 'given-up') return teller.end('caller');
  if (parking.end === 'timed-out') tellSecondSeat(teller, parking.by, parking.ringMs);
  else teller.tell('talk-begins');
  teller.pass(parking.talkMs);
  teller.tell('talk-ends');
  teller.end(parking.endedBy === 'caller' ? 'caller' : 'exchange');
}
