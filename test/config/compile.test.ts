import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CompiledConfig } from '../../src/config/compile.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { planReload } from '../../src/config/reload.ts';

const example = readFileSync(new URL('../../config/example.yaml', import.meta.url), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'ringside-compile-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keyFile = join(folder, 'journal.keys');
const NEWEST = Buffer.alloc(32, 1).toString('base64');
const OLDER = Buffer.alloc(32, 2).toString('base64');
const olderFile = join(folder, 'older.keys');
writeFileSync(olderFile, `k1:${OLDER}\n`, { mode: 0o600 });
writeFileSync(keyFile, `k2:${NEWEST}\nk1:${OLDER}\n`, { mode: 0o600 });

async function compiled(text: string, environment: Record<string, string> = {}): Promise<CompiledConfig> {
  const result = await loadConfigText(text, {
    file: join(folder, 'example.yaml'),
    environment: { RINGSIDE_HQ_SECRET: 'xyzzy', RINGSIDE_JOURNAL__KEY_FILE: keyFile, ...environment },
    keeps: true,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.config;
}

const SMALL = `company: { zone: Asia/Shanghai, shifts: { night: '22:00', early: '06:00' } }
norm: { ringOutS: 25, targets: { direct: 0.8 } }
numbers: { countryCode: '86', outsideLinePrefixes: ['9', '0'] }
callBacks: { reachWithinH: 48, shortAbandons: false }
reports: { folder: reports, languages: [es, en, es], formats: [csv] }
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

  it('has neither journal nor roster where none is configured', async () => {
    expect(await compiled(SMALL)).toMatchObject({
      roster: undefined,
      journal: { file: undefined, keys: [], retention: { numbersDays: 90, callsMonths: 25 } },
      numbers: { countryCode: '86', trunkPrefix: '0' },
      callBacks: { leastTalkS: 10, reachWithinH: 48, shortAbandons: false },
      queueLogs: [],
      reports: { language: 'en', folder: undefined, languages: ['es', 'en'], formats: ['csv'] },
    });
    const { reports } = await compiled(`${SMALL}journal: { file: journal.db }\n`);
    expect(reports.folder).toBe(join(folder, 'reports'));
  });

  it('finds the journal, its keys and the queue log beside the configuration', async () => {
    const text = SMALL.replace('trunks:', 'queueLog: { path: queue_log, rotated: false }\n    trunks:');
    const { journal, queueLogs } = await compiled(text, { RINGSIDE_JOURNAL__FILE: 'data/journal.db' });
    expect(journal).toEqual({
      file: join(folder, 'data/journal.db'),
      keyFile: join(folder, 'journal.keys'),
      keys: [
        { id: 'k2', base64: NEWEST },
        { id: 'k1', base64: OLDER },
      ],
      retention: { numbersDays: 90, callsMonths: 25 },
    });
    expect(queueLogs).toEqual([{ pbx: 'hq', path: join(folder, 'queue_log'), rotated: false }]);
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
    const leak = lines.findIndex((line) => line.includes('name: leak'));
    const first = lines.indexOf('hotlines:') + 1;
    const swapped = lines
      .toSpliced(leak, 1)
      .toSpliced(first, 0, lines[leak] ?? '')
      .join('\n');
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
    ['countryCode', 'areaCode'],
    ["['9', '0']", "['0', '9']"],
    ['reachWithinH: 48', 'reachWithinH: 72'],
    ['shortAbandons: false', 'shortAbandons: true'],
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

  it('takes a new roster over as it is, and the journal only at a restart', async () => {
    const before = await compiled(example);
    const after = await compiled(
      example.replace('Wang Fang', 'Ma Li').replace('/var/lib/', '/srv/').replace('Days: 90', 'Days: 60'),
      {
        RINGSIDE_JOURNAL__KEY_FILE: olderFile,
        RINGSIDE_CALL_BACKS__LEAST_TALK_S: '20',
        RINGSIDE_NUMBERS__AREA_CODE: '10',
      },
    );
    expect(after.roster?.hash).not.toBe(before.roster?.hash);
    const { needsRestart, definitionChanged } = planReload(before, after);
    expect(needsRestart).toEqual(['journal.file', 'journal.keyFile', 'journal.retention', 'numbers']);
    expect(definitionChanged).toBe(true);
  });

  it('reads a queue log that is new only after a restart', async () => {
    const after = await compiled(SMALL.replace('trunks:', 'queueLog: { path: queue_log }\n    trunks:'));
    expect(planReload(await compiled(SMALL), after).needsRestart).toEqual(['pbxs[].queueLog']);
  });

  it('takes users over, and not where and how it is answered', async () => {
    const hash = `$scrypt$ln=15,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`;
    const users = `access: { users: [{ name: ann, password: '${hash}', role: admin }], sessionHours: 1 }\n`;
    const withUsers = await compiled(`${SMALL}${users}`);
    expect(withUsers.access).toMatchObject({
      users: [
        { name: 'ann', title: 'ann', role: 'admin', sees: { hotlines: 'all', queues: 'all', seats: [] } },
      ],
      sessionMs: 3_600_000,
      unmask: ['leader', 'admin'],
    });
    expect(planReload(await compiled(SMALL), withUsers).needsRestart).toEqual([]);
    const elsewhere =
      'http: { url: https://r.example.net }\nmetrics: { host: 10.0.0.5, port: 9811, allowPlain: true }\n';
    expect(planReload(await compiled(SMALL), await compiled(`${SMALL}${elsewhere}`)).needsRestart).toEqual([
      'http.url',
      'metrics.host',
      'metrics.port',
      'metrics.allowPlain',
    ]);
  });

  it('tells exchanges that come and go', async () => {
    const before = await compiled(SMALL);
    const after = await compiled(SMALL.replace('name: hq', 'name: north'));
    expect(planReload(before, after).connections).toEqual({ added: ['north'], removed: ['hq'], changed: [] });
  });
});
