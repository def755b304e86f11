import { describe, expect, it } from 'vitest';
import { CallerScript, CLOSED_MS, hotline, type Told } from './caller-script.ts';

interface Row {
  readonly row: string;
  readonly told: Told;
  readonly outcome: string;
  /** How the stages ended, in order. */
  readonly stages?: readonly string[];
  readonly scores: Readonly<Record<string, string>>;
  readonly breaches?: readonly string[];
}

const attendant = (fromMs?: number) => new CallerScript(hotline(), fromMs).arrives();
const people = (fromMs?: number, over = {}) =>
  new CallerScript(hotline({ kind: 'people', ...over }), fromMs).arrives();
const inQueue = () => attendant().pickedUp(1).joins(3, 'sales');

function answeredInQueue(script: CallerScript, atS: number): string {
  const phone = script.dials(atS - 2, 'PJSIP/seat1');
  script.answers(atS, phone).bridged(atS, phone);
  return phone;
}

/** Every row of the worked examples of norm.md section 2, told as an exchange tells it. */
const ROWS: readonly Row[] = [
  {
    row: 'attendant: picked up, caller leaves in the menu',
    told: attendant().pickedUp(1).hangsUp(9),
    outcome: 'self-served',
    scores: { auto: 'hit' },
  },
  {
    row: 'attendant: the menu throws the caller out',
    told: attendant().pickedUp(1).cleared(30),
    outcome: 'self-served',
    scores: { auto: 'hit' },
  },
  {
    row: 'attendant: picked up, queue, a seat answers',
    told: (() => {
      const script = inQueue();
      answeredInQueue(script, 8);
      return script.hangsUp(60);
    })(),
    outcome: 'answered',
    stages: ['answered'],
    scores: { auto: 'hit', transfer: 'hit' },
  },
  {
    row: 'attendant: picked up, queue, caller hangs up after 30 s',
    told: inQueue().gaveUp(33).hangsUp(33),
    outcome: 'abandoned',
    stages: ['hang-up'],
    scores: { auto: 'hit', transfer: 'miss' },
  },
  {
    row: 'attendant: the same after 3 s',
    told: inQueue().gaveUp(6).hangsUp(6),
    outcome: 'abandoned',
    stages: ['hang-up'],
    scores: { auto: 'hit', transfer: 'set_aside' },
  },
  {
    row: 'attendant: queue times out, voicemail, a message',
    told: inQueue().timesOut(33).voicemail(34).message(60).hangsUp(60),
    outcome: 'voicemail',
    stages: ['timeout'],
    scores: { auto: 'hit', transfer: 'miss' },
  },
  {
    row: 'attendant: queue times out, caller hangs up in the announcement before the voicemail',
    told: inQueue().timesOut(33).step(33, 'menu', 'Playback', 'sorry').hangsUp(36),
    outcome: 'abandoned',
    stages: ['timeout'],
    scores: { auto: 'hit', transfer: 'miss' },
  },
  {
    row: 'attendant: straight to voicemail by choice',
    told: attendant().pickedUp(1).voicemail(5).hangsUp(20),
    outcome: 'voicemail',
    stages: [],
    scores: { auto: 'hit' },
  },
  {
    row: 'attendant: first queue times out, second answers',
    told: (() => {
      const script = inQueue().timesOut(33).joins(34, 'overflow');
      answeredInQueue(script, 40);
      return script.hangsUp(90);
    })(),
    outcome: 'answered',
    stages: ['timeout', 'answered'],
    scores: { auto: 'hit', transfer: 'hit' },
  },
  {
    row: 'attendant: presses 0 in the queue, voicemail',
    told: inQueue().left(20).voicemail(20).hangsUp(40),
    outcome: 'voicemail',
    stages: ['key'],
    scores: { auto: 'hit', transfer: 'miss' },
  },
  {
    row: 'attendant: queue full, voicemail',
    told: attendant().pickedUp(1).refused(3, 'sales', 'FULL').voicemail(4).hangsUp(20),
    outcome: 'voicemail',
    stages: ['full'],
    scores: { auto: 'hit', transfer: 'miss' },
  },
  {
    row: 'attendant: queue empty, voicemail',
    told: attendant().pickedUp(1).refused(3, 'sales', 'JOINEMPTY').voicemail(4).hangsUp(20),
    outcome: 'voicemail',
    stages: ['join-empty'],
    scores: { auto: 'hit', transfer: 'miss' },
  },
  {
    row: 'attendant: passed to a phone, nobody, the exchange hangs up',
    told: (() => {
      const script = attendant().pickedUp(1).step(3, 'menu', 'Dial', 'PJSIP/seat1,8');
      const phone = script.dials(3, 'PJSIP/seat1');
      return script.legEnds(11, phone, 'NOANSWER').variable(11, 'DIALSTATUS', 'NOANSWER').cleared(11);
    })(),
    outcome: 'dropped',
    stages: ['timeout'],
    scores: { auto: 'hit', transfer: 'miss' },
  },
  ...[17, 34, 42].map((cause) => ({
    row: `attendant: busy, congestion, refused (cause ${cause})`,
    told: attendant().cleared(0.1, cause),
    outcome: 'blocked',
    stages: [],
    scores: { auto: 'miss' },
  })),
  {
    row: 'attendant: never picked up, caller hangs up after 10 s',
    told: attendant().hangsUp(10),
    outcome: 'abandoned',
    scores: { auto: 'miss' },
  },
  {
    row: 'people: a seat answers',
    told: (() => {
      const script = people();
      const phone = script.dials(0.2, 'PJSIP/seat1');
      script.answers(6, phone).pickedUp(6).bridged(6, phone);
      return script.hangsUp(60);
    })(),
    outcome: 'answered',
    stages: ['answered'],
    scores: { direct: 'hit' },
  },
  {
    row: 'people: a forwarded mobile answers',
    told: (() => {
      const script = people();
      const leg = script.dials(0.2, 'PJSIP/carrier', '13600006101@carrier');
      script.answers(9, leg).pickedUp(9).bridged(9, leg);
      return script.hangsUp(60);
    })(),
    outcome: 'answered',
    stages: ['answered'],
    scores: { direct: 'hit' },
  },
  {
    row: 'people: caller hangs up after 8 s of ringing',
    told: (() => {
      const script = people();
      script.dials(0.2, 'PJSIP/seat1');
      return script.variable(8, 'DIALSTATUS', 'CANCEL').hangsUp(8);
    })(),
    outcome: 'abandoned',
    stages: ['hang-up'],
    scores: { direct: 'miss' },
  },
  {
    row: 'people: caller hangs up after 40 s of queue music',
    told: people().pickedUp(0.5).joins(0.5, 'sales').gaveUp(40).hangsUp(40),
    outcome: 'abandoned',
    stages: ['hang-up'],
    scores: { direct: 'miss' },
  },
  {
    row: 'people: caller rings 25 s and hangs up',
    told: (() => {
      const script = people();
      script.dials(0.2, 'PJSIP/seat1');
      return script.variable(25, 'DIALSTATUS', 'CANCEL').hangsUp(25);
    })(),
    outcome: 'unanswered',
    stages: ['hang-up'],
    scores: { direct: 'miss' },
    breaches: ['unanswered'],
  },
  {
    row: 'people: the exchange gives up at 20 s',
    told: (() => {
      const script = people();
      const phone = script.dials(0.2, 'PJSIP/seat1');
      return script.legEnds(20, phone, 'NOANSWER').variable(20, 'DIALSTATUS', 'NOANSWER').cleared(20);
    })(),
    outcome: 'unanswered',
    stages: ['timeout'],
    scores: { direct: 'miss' },
    breaches: ['unanswered'],
  },
  {
    row: 'people: nobody, voicemail takes it',
    told: (() => {
      const script = people();
      const phone = script.dials(0.2, 'PJSIP/seat1');
      script.legEnds(20, phone, 'NOANSWER').variable(20, 'DIALSTATUS', 'NOANSWER');
      return script.voicemail(20).pickedUp(20).hangsUp(40);
    })(),
    outcome: 'voicemail',
    stages: ['timeout'],
    scores: { direct: 'miss' },
  },
  {
    row: 'people: every phone busy',
    told: (() => {
      const script = people();
      const phone = script.dials(0.2, 'PJSIP/seat1', 'seat1', false);
      return script.legEnds(0.4, phone, 'BUSY').variable(0.4, 'DIALSTATUS', 'BUSY').cleared(0.5, 17);
    })(),
    outcome: 'blocked',
    stages: ['busy'],
    scores: { direct: 'miss' },
  },
  {
    row: 'after hours: an attendant takes it',
    told: attendant(CLOSED_MS).pickedUp(1).hangsUp(12),
    outcome: 'self-served',
    scores: { 'after-hours': 'hit' },
  },
  {
    row: 'after hours: a voicemail takes it',
    told: people(CLOSED_MS).voicemail(2).pickedUp(2).message(20).hangsUp(20),
    outcome: 'voicemail',
    scores: { 'after-hours': 'hit' },
  },
  {
    row: 'after hours: a configured closed announcement takes it',
    told: people(CLOSED_MS).step(1, 'closed', 'Playback', 'hours').pickedUp(1).cleared(15),
    outcome: 'self-served',
    scores: { 'after-hours': 'hit' },
  },
  {
    row: 'after hours: a person takes it',
    told: (() => {
      const script = people(CLOSED_MS);
      const phone = script.dials(0.2, 'PJSIP/seat1');
      script.answers(6, phone).pickedUp(6).bridged(6, phone);
      return script.hangsUp(60);
    })(),
    outcome: 'answered',
    scores: { 'after-hours': 'hit' },
  },
  {
    row: 'after hours: nothing takes it',
    told: people(CLOSED_MS).cleared(30),
    outcome: 'unanswered',
    scores: { 'after-hours': 'miss' },
    breaches: ['after-hours-not-taken'],
  },
  {
    row: 'after hours: rang under 20 s and hung up',
    told: people(CLOSED_MS).hangsUp(12),
    outcome: 'abandoned',
    scores: { 'after-hours': 'set_aside' },
  },
  {
    row: 'emergency: at any hour, asked for a person, none answered',
    told: people(CLOSED_MS, { emergency: true }).pickedUp(1).joins(1, 'leaks').gaveUp(12).hangsUp(12),
    outcome: 'abandoned',
    scores: { direct: 'miss' },
    breaches: ['emergency-not-answered'],
  },
];

describe('the worked examples of norm.md section 2', () => {
  it.each(ROWS)('$row', ({ told, outcome, stages, scores, breaches = [] }) => {
    expect(told.record.outcome).toBe(outcome);
    expect(told.scores).toEqual(scores);
    expect(told.breaches).toEqual(breaches);
    const ends = told.record.stages.map((stage) => stage.end);
    expect(stages ? ends : []).toEqual(stages ?? []);
  });
});
