import type { Row } from '../../src/push/protocol.ts';
import type { Random } from '../../src/simulator/random.ts';

type HotlineRow = Row<'hotlines'>;
type Rate = HotlineRow['targets'][number]['rates'][number];

const WINDOWS = ['5m', '10m', '30m', '1h', '2h', 'shift', 'day', 'month'] as const;
const VERDICTS = ['meeting', 'at-risk', 'missing', 'on-track', 'too-few-calls', 'since'] as const;
const QUARTER_MS = 900_000;

/** A hotline with an attendant (the third with people only), a day old. */
export function generatedHotline(title: string, at: number, nowMs: number, random: Random): HotlineRow {
  const targets = at === 2 ? (['direct'] as const) : (['auto', 'transfer'] as const);
  return {
    key: `main/h${at}`,
    pbx: 'main',
    hotline: `h${at}`,
    title,
    kind: at === 2 ? 'people' : 'attendant',
    open: at !== 2,
    emergency: at === 0,
    zone: 'Asia/Shanghai',
    live: {
      calls: 12,
      waiting: [8, 2, 0][at] ?? 0,
      longestSinceMs: at === 2 ? null : nowMs - 113_000,
      talking: 4,
    },
    reached: 540,
    takenUp: 1,
    transferredIn: 3,
    testCalls: 0,
    lostAfterAnswer: 0,
    outcomes: {
      answered: 400,
      voicemail: 20,
      blocked: 0,
      dropped: 0,
      unanswered: 0,
      abandoned: 40,
      'self-served': 80,
      unknown: 0,
    },
    breaches: {},
    targets: targets.map((target, place) => ({
      target,
      targetRatio: { auto: 0.98, transfer: 0.85, direct: 0.9 }[target],
      formula: 'answered by a person / asked for a person in open hours; under 5 s set aside',
      rates: WINDOWS.map((window, index) => generatedRate(window, index, at * 2 + place, nowMs, random)),
    })),
    figures: WINDOWS.map((window) => ({
      window,
      asked: 240,
      answered: 210,
      abandoned: 24,
      short: 6,
      serviceLevel: 0.812,
      speedOfAnswerMs: 18_400,
      handleTimeMs: 214_000,
      abandonRate: 0.104,
      longestWaitMs: 301_000,
      occupancy: 0.78,
    })),
    serviceLevelS: 20,
    trend: Object.fromEntries(targets.map((target) => [target, generatedTrend(nowMs, random)])),
    callBacks: { open: 4 + at, overdue: at },
  };
}

function generatedRate(
  window: Rate['window'],
  index: number,
  at: number,
  nowMs: number,
  random: Random,
): Rate {
  const calls = (index + 1) ** 2 * 4 + (index === 0 && at === 1 ? -4 : 0);
  const hits = Math.floor(calls * (0.8 + random.next() * 0.19));
  const verdict = calls === 0 ? 'no-data' : (VERDICTS[at % VERDICTS.length] ?? 'meeting');
  return {
    window,
    fromMs: nowMs - 300_000 * (index + 1),
    sinceMs: verdict === 'since' ? nowMs - 3_600_000 : null,
    hits,
    misses: calls - hits,
    setAside: index,
    unknown: 0,
    pending: 2,
    ratio: calls === 0 ? null : hits / calls,
    wilsonLow: calls === 0 ? null : 0.781,
    wilsonHigh: calls === 0 ? null : 0.942,
    guardK: 9,
    verdict,
  };
}

function generatedTrend(nowMs: number, random: Random): HotlineRow['trend'][string] {
  const last = Math.floor(nowMs / QUARTER_MS) * QUARTER_MS;
  return Array.from({ length: 24 }, (_, back) => {
    const calls = 4 + Math.floor(random.next() * 30);
    const misses = Math.floor(calls * random.next() ** 2 * 0.6);
    return { fromMs: last - (23 - back) * QUARTER_MS, hits: calls - misses, misses };
  }).filter((_, place) => place !== 9);
}
