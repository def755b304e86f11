import { describe, expect, it } from 'vitest';
import type { InboundPlan, ParkingPlan } from '../../src/simulator/plan.ts';
import { PracticePbx } from '../../src/simulator/practice-pbx.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import { type Block, blocksOf } from './event-order.ts';
import { STORIES, STORY_START_MS } from './stories.ts';

const SECOND = 'PJSIP/seat102';

function parkedCaller(seat: string, parking: Partial<ParkingPlan>): InboundPlan {
  const plan = STORIES.find(({ recording }) => recording === 'parked-given-up')?.plan;
  const { talk } = plan ?? {};
  if (!plan || !talk?.parking) throw new Error('no story of a parked caller');
  const stages = plan.stages.map((stage) => ({
    ...stage,
    rounds: stage.rounds.map((round) => ({ ...round, seats: [seat], winner: seat })),
  }));
  return {
    ...plan,
    stages,
    talk: { ...talk, seat, member: seat, parking: { ...talk.parking, ...parking } },
  };
}

function exchange(): { readonly pbx: PracticePbx; readonly told: (name: string) => Block[] } {
  let text = '';
  const pbx = new PracticePbx({
    seed: 1,
    callsPerHour: 0,
    site: SHANGHAI,
    startMs: STORY_START_MS,
    systemName: '',
    onEvent: (_, block) => (text += block),
  });
  return { pbx, told: (name) => blocksOf(text).filter((block) => block.get('Event') === name) };
}

describe('the parking lot', () => {
  it('gives every caller a place of its own in one bridge, and a free place to the next', () => {
    const { pbx, told } = exchange();
    pbx.begin(parkedCaller('PJSIP/seat101', { parkedMs: 8000 }));
    pbx.begin(parkedCaller(SECOND, { parkedMs: 20_000 }));
    pbx.advanceTo(STORY_START_MS + 60_000);
    pbx.begin(parkedCaller(SECOND, { parkedMs: 8000 }));
    pbx.advanceTo(STORY_START_MS + 120_000);
    expect(told('ParkedCall').map((event) => event.get('ParkingSpace'))).toEqual(['701', '702', '701']);
    const lots = told('BridgeEnter').filter((event) => event.get('BridgeType') === 'parking');
    expect(new Set(lots.map((event) => event.get('BridgeUniqueid'))).size).toBe(1);
    expect(pbx.floor.exchange.channels.size).toBe(0);
  });

  it('is empty after a restart, with a bridge of its own', () => {
    const { pbx, told } = exchange();
    pbx.begin(parkedCaller('PJSIP/seat101', { parkedMs: 60_000 }));
    pbx.advanceTo(STORY_START_MS + 30_000);
    pbx.goDown(STORY_START_MS + 31_000, false);
    pbx.advanceTo(STORY_START_MS + 60_000);
    pbx.begin(parkedCaller(SECOND, { parkedMs: 8000 }));
    pbx.advanceTo(STORY_START_MS + 120_000);
    expect(told('ParkedCall').map((event) => event.get('ParkingSpace'))).toEqual(['701', '701']);
    const lots = told('BridgeEnter').filter((event) => event.get('BridgeType') === 'parking');
    expect(new Set(lots.map((event) => event.get('BridgeUniqueid'))).size).toBe(2);
    expect(told('ParkedCallGiveUp')).toHaveLength(1);
  });
});
