/**
 * The gas company whose exchange the practice PBX plays: who sits where, which queue serves what, which number leads
 * where. Every number and name is made up. `practice-config.ts` says the same to the daemon.
 */
export interface PracticeSeat {
  /** `PJSIP/seat101`. */
  readonly interface: string;
  readonly extension: string;
  readonly agent: string;
  /** Takes breaks and goes home at the end of its shift; a phone that is always there does not. */
  readonly keepsShifts: boolean;
}

export interface PracticeQueue {
  readonly name: string;
  readonly strategy: 'rrmemory' | 'ringall';
  readonly seats: readonly string[];
  /** Members are `Local/EXT@seat-ring/n` with the phone as state interface, as remote workers are configured. */
  readonly viaLocal: boolean;
  /** Of those, seats without `/n`: once they talk, the pair gives its place to the phone. */
  readonly optimised: readonly string[];
  /** As queues.conf lists them: no action takes them out. */
  readonly staticMembers: boolean;
  readonly ringS: number;
  readonly timeoutS: number;
  readonly wrapupS: number;
  /** 0: no limit. */
  readonly maxLength: number;
  readonly talkMeanS: number;
  readonly weight: number;
}

export interface PracticeHotline {
  readonly name: string;
  readonly title: string;
  readonly kind: 'attendant' | 'people';
  readonly number: string;
  readonly context: string;
  /** Queues a caller is led to, in this order when one gives up; empty: a ring group. */
  readonly queues: readonly string[];
  readonly ringGroup: readonly string[];
  /** Minutes of the local day it is staffed; undefined: at all hours. */
  readonly staffed: { readonly fromMin: number; readonly untilMin: number } | undefined;
  /** Share of the calls that come in. */
  readonly share: number;
  readonly attendantContext: string;
  readonly voicemailContext: string;
  readonly mailbox: string;
  readonly closedContext: string;
}

export const TRUNK = 'PJSIP/carrier';
export const TRUNK_LINES = 30;
export const BRANCH_TRUNK = 'PJSIP/head-office';
export const MOBILE_ON_DUTY = '13800000119';
export const STRAY_NUMBER = '55500199';
export const INBOUND_CONTEXT = 'from-carrier';
export const SEATS_CONTEXT = 'from-seats';

const shift = (extension: string, agent: string): PracticeSeat => ({
  interface: `PJSIP/seat${extension}`,
  extension,
  agent,
  keepsShifts: true,
});
const fixed = (extension: string, agent: string): PracticeSeat => ({
  interface: `PJSIP/seat${extension}`,
  extension,
  agent,
  keepsShifts: false,
});

export const SEATS: readonly PracticeSeat[] = [
  shift('101', 'Chen Yu'),
  shift('102', 'Lin Hao'),
  shift('103', 'Wu Min'),
  shift('104', 'Zhao Lei'),
  shift('105', 'Sun Jia'),
  shift('106', 'Ma Rui'),
  shift('107', 'Gao Xin'),
  shift('108', 'He Ping'),
  shift('111', 'Luo Dan'),
  shift('112', 'Xie Ning'),
  fixed('201', 'Tang Wei'),
  fixed('202', 'Feng Bo'),
  fixed('203', 'Cao Jing'),
  fixed('301', 'East branch desk 1'),
  fixed('302', 'East branch desk 2'),
  fixed('303', 'East branch desk 3'),
  fixed('401', 'Meter workshop'),
  fixed('402', 'Network control'),
];

export const DESKS: readonly [string, ...string[]] = ['PJSIP/seat401', 'PJSIP/seat402'];

const seatsOf = (...extensions: string[]): readonly string[] => extensions.map((one) => `PJSIP/seat${one}`);

export const QUEUES: readonly PracticeQueue[] = [
  {
    name: 'billing',
    strategy: 'rrmemory',
    seats: seatsOf('101', '102', '103', '104', '105'),
    viaLocal: false,
    optimised: [],
    staticMembers: false,
    ringS: 15,
    timeoutS: 60,
    wrapupS: 10,
    maxLength: 4,
    talkMeanS: 95,
    weight: 5,
  },
  {
    name: 'repairs',
    strategy: 'rrmemory',
    seats: seatsOf('104', '105', '106', '107', '108'),
    viaLocal: false,
    optimised: [],
    staticMembers: false,
    ringS: 15,
    timeoutS: 50,
    wrapupS: 12,
    maxLength: 4,
    talkMeanS: 110,
    weight: 4,
  },
  {
    name: 'key-accounts',
    strategy: 'rrmemory',
    seats: seatsOf('111', '112'),
    viaLocal: true,
    optimised: seatsOf('112'),
    staticMembers: false,
    ringS: 12,
    timeoutS: 40,
    wrapupS: 15,
    maxLength: 2,
    talkMeanS: 130,
    weight: 1,
  },
  {
    name: 'emergency',
    strategy: 'ringall',
    seats: seatsOf('201', '202', '203'),
    viaLocal: false,
    optimised: [],
    staticMembers: true,
    ringS: 20,
    timeoutS: 90,
    wrapupS: 5,
    maxLength: 0,
    talkMeanS: 70,
    weight: 0,
  },
];

export const HOTLINES: readonly [PracticeHotline, ...PracticeHotline[]] = [
  {
    name: 'service',
    title: 'Customer service',
    kind: 'attendant',
    number: '55500100',
    context: INBOUND_CONTEXT,
    queues: ['billing', 'repairs', 'key-accounts'],
    ringGroup: [],
    staffed: { fromMin: 8 * 60, untilMin: 20 * 60 },
    share: 0.66,
    attendantContext: 'service-menu',
    voicemailContext: 'service-voicemail',
    mailbox: '100',
    closedContext: 'service-closed',
  },
  {
    name: 'emergency',
    title: 'Gas leak emergency',
    kind: 'people',
    number: '55500119',
    context: INBOUND_CONTEXT,
    queues: ['emergency'],
    ringGroup: [],
    staffed: undefined,
    share: 0.16,
    attendantContext: '',
    voicemailContext: '',
    mailbox: '',
    closedContext: '',
  },
  {
    name: 'east-branch',
    title: 'East branch office',
    kind: 'people',
    number: '55500300',
    context: INBOUND_CONTEXT,
    queues: [],
    ringGroup: seatsOf('301', '302', '303'),
    staffed: { fromMin: 8 * 60, untilMin: 18 * 60 },
    share: 0.18,
    attendantContext: '',
    voicemailContext: 'branch-voicemail',
    mailbox: '300',
    closedContext: 'branch-closed',
  },
];

const seatByInterface = new Map(SEATS.map((seat) => [seat.interface, seat]));
const queueByName = new Map(QUEUES.map((queue) => [queue.name, queue]));

/** The seat of an interface of this file; throws on a name that is not here, which is a mistake in this folder. */
export function seatOf(seatInterface: string): PracticeSeat {
  const seat = seatByInterface.get(seatInterface);
  if (!seat) throw new Error(`no practice seat ${seatInterface}`);
  return seat;
}

/** The queue of that name; throws on a name that is not here, which is a mistake in this folder. */
export function queueOf(name: string): PracticeQueue {
  const queue = queueByName.get(name);
  if (!queue) throw new Error(`no practice queue ${name}`);
  return queue;
}
