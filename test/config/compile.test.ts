import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CompiledConfig } from '../../src/config/compile.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { planReload } from '../../src/config/reload.ts';

const example = readFileSync(new URL('../../config/example.yaml', import.meta.url), 'utf8');

async function compiled(text: string, environment: Record<string, string> = {}): Promise<CompiledConfig> {
  const result = await loadConfigText(text, {
    file: 'example.yaml',
    environment: { RINGSIDE_HQ_SECRET: 'xyzzy', ...environment },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.config;
}

const SMALL = `company: { zone: Asia/Shanghai, shifts: { night: '22:00', early: '06:00' } }
norm: { ringOutS: 25, targets: { direct: 0.8 } }
pbxs:
  - name: hq
    ami: { host: 127.0.0.1, user: ringside, secret: xyzzy }
    trunks: [{ name: carrier, interface: PJSIP/carrier-a }]
    queues: [{ name: service, wrapupS: 10 }]
    seats: [{ interface: PJSIP/101 }]
hotlines:
  - name: service
    kind: people
    numbers: [0215550100]
    trunks: [carrier]
    queues: [service]
    hours: { week: { mon: '22:00-06:00' }, exceptions: { 2026-10-01: closed } }
    norm: { shortAbandonS: 0, targets: { auto: 0.5 } }
  - { name: leak, title: Gas leak, kind: people, numbers: ['96777'], emergency: true }
`;

describe('compile', () => {
  it('fills every default in and resolves every name', async () => {
    const { definition } = await compiled(SMALL);
    expect(definition.pbxs).toEqual([
      {
        name: 'hq',
        trunks: [
          {
            name: 'carrier',
            interface: 'PJSIP/carrier-a',
            lines: undefined,
            interExchange: false,
            person: true,
          },
        ],
        queues: [{ name: 'service', wrapupS: 10, emergency: false }],
        seats: [{ interface: 'PJSIP/101', name: 'PJSIP/101' }],
        notPersonNumbers: [],
      },
    ]);
    expect(definition.hotlines[0]).toEqual({
      name: 'service',
      title: 'service',
      pbx: 'hq',
      kind: 'people',
      numbers: ['0215550100'],
      trunks: ['PJSIP/carrier-a'],
      contexts: [],
      attendantContexts: [],
      voicemailContexts: [],
      callbackContexts: [],
      closedContexts: [],
      queues: ['service'],
      emergency: false,
      emergencyContexts: [],
      hours: {
        zone: 'Asia/Shanghai',
        week: {
          mon: [{ fromMin: 1320, untilMin: 1440 }],
          tue: [{ fromMin: 0, untilMin: 360 }],
          wed: [],
          thu: [],
          fri: [],
          sat: [],
          sun: [],
        },
        exceptions: new Map([
          ['2026-10-01', []],
          ['2026-10-02', []],
        ]),
        shifts: [
          { name: 'early', fromMin: 360 },
          { name: 'night', fromMin: 1320 },
        ],
      },
      testNumbers: [],
      shortAbandonS: 0,
      setAsideShort: true,
      ringOutS: 25,
      serviceLevelS: 20,
      targets: { auto: 0.5, transfer: 0.85, direct: 0.8 },
    });
  });

  it('opens an emergency hotline at all hours', async () => {
    const leak = (await compiled(SMALL)).definition.hotlines[1];
    expect(leak).toMatchObject({ title: 'Gas leak', shortAbandonS: 5, ringOutS: 25 });
    expect(leak?.hours.week.sun).toEqual([{ fromMin: 0, untilMin: 1440 }]);
  });

  it('is frozen all the way down', async () => {
    const config = await compiled(example);
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      (value instanceof Map ? [...value.values()] : Object.values(value)).forEach(visit);
    };
    visit(config);
  });
});

describe('the hash of a definition', () => {
  it('is 12 hex digits and the same for the same figures', async () => {
    const { hash } = (await compiled(SMALL)).definition;
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect((await compiled(SMALL.replace('Gas leak', 'Leaks'))).definition.hash).toBe(hash);
    expect((await compiled(SMALL.replace('xyzzy', 'plugh'))).definition.hash).toBe(hash);
    const lines = SMALL.split('\n');
    const swapped = [...lines.slice(0, 9), lines[16], ...lines.slice(9, 16)].join('\n');
    expect((await compiled(swapped)).definition.hash).toBe(hash);
  });

  it.each([
    ['shortAbandonS: 0', 'shortAbandonS: 1'],
    ['ringOutS: 25', 'ringOutS: 26'],
    ['0215550100', '0215550101'],
    ['2026-10-01: closed', '2026-10-01: 24h'],
    ["early: '06:00'", "early: '06:30'"],
    ['PJSIP/carrier-a', 'PJSIP/carrier-b'],
    ['wrapupS: 10', 'wrapupS: 11'],
    ['Asia/Shanghai', 'Asia/Urumqi'],
  ])('changes with %s -> %s', async (before, after) => {
    const { hash } = (await compiled(SMALL)).definition;
    expect((await compiled(SMALL.replace(before, after))).definition.hash).not.toBe(hash);
  });
});

describe('planReload', () => {
  it('finds nothing where nothing changed', async () => {
    expect(planReload(await compiled(example), await compiled(example))).toEqual({
      definitionChanged: false,
      connections: { added: [], removed: [], changed: [] },
      logLevelChanged: false,
      needsRestart: [],
    });
  });

  it('says what changed and what needs a restart', async () => {
    const before = await compiled(SMALL);
    const after = await compiled(SMALL.replace('xyzzy', 'plugh').replace('ringOutS: 25', 'ringOutS: 20'), {
      RINGSIDE_HTTP__PORT: '9811',
      RINGSIDE_METRICS__PER_SEAT: 'true',
      RINGSIDE_LOG__LEVEL: 'debug',
    });
    expect(planReload(before, after)).toEqual({
      definitionChanged: true,
      connections: { added: [], removed: [], changed: ['hq'] },
      logLevelChanged: true,
      needsRestart: ['http.port', 'metrics.perSeat'],
    });
  });

  it('tells exchanges that come and go', async () => {
    const before = await compiled(SMALL);
    const after = await compiled(SMALL.replace('name: hq', 'name: north'));
    expect(planReload(before, after).connections).toEqual({ added: ['north'], removed: ['hq'], changed: [] });
  });
});
