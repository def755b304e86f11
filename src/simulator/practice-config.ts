import { stringify } from 'yaml';
import {
  BRANCH_TRUNK,
  HOTLINES,
  type PracticeHotline,
  QUEUES,
  SEATS,
  TRUNK,
  TRUNK_LINES,
} from './company.ts';
import { TEST_CALLER } from './planner.ts';
import type { PracticeLogin } from './ami-client.ts';

/** The name of the practice exchange in the configuration and so in every metric. */
export const PRACTICE_PBX = 'practice';

/**
 * The configuration that watches the practice exchange, as the YAML text of a config file: it goes the way of any
 * other file (config/load.ts), so that the demo proves that way too.
 */
export function practiceConfigText(
  at: PracticeLogin & { readonly port: number; readonly zone: string },
): string {
  return stringify({
    company: {
      households: 60_000,
      zone: at.zone,
      shifts: { early: '08:00', late: '14:00', night: '20:00' },
    },
    pbxs: [
      {
        name: PRACTICE_PBX,
        ami: {
          host: '127.0.0.1',
          port: at.port,
          user: at.user,
          secret: at.secret,
          ...(at.acting && { acting: at.acting }),
        },
        trunks: [
          { name: 'carrier', interface: TRUNK, lines: TRUNK_LINES },
          { name: 'head-office', interface: BRANCH_TRUNK, interExchange: true },
        ],
        queues: QUEUES.map(({ name, wrapupS }) => ({ name, wrapupS, emergency: name === 'emergency' })),
        seats: SEATS.map((seat) => ({ interface: seat.interface, name: `Seat ${seat.extension}` })),
      },
    ],
    hotlines: HOTLINES.map(hotlineSettings),
  });
}

function hotlineSettings(hotline: PracticeHotline): object {
  const list = (context: string): string[] => (context === '' ? [] : [context]);
  return {
    name: hotline.name,
    title: hotline.title,
    kind: hotline.kind,
    numbers: [hotline.number],
    trunks: ['carrier'],
    queues: hotline.queues,
    attendantContexts: list(hotline.attendantContext),
    voicemailContexts: list(hotline.voicemailContext),
    closedContexts: list(hotline.closedContext),
    testNumbers: [TEST_CALLER],
    ...(hotline.staffed
      ? {
          hours: {
            week: { 'mon-sun': `${clock(hotline.staffed.fromMin)}-${clock(hotline.staffed.untilMin)}` },
          },
        }
      : { emergency: true }),
  };
}

function clock(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
