import { readFileSync } from 'node:fs';
import { contextsOf } from './watch-config.ts';
import { MODULES, MUSIC, pjsipGeneral, rtp } from './shared-config.ts';
import type { Names } from './names.ts';
import type { MemberSetup, QueueSetup, Scenario } from './scenario.ts';
import type { AmiPlace, WorldPlace } from './places.ts';

/** A scenario with the names it was given. */
export interface Placed {
  readonly scenario: Scenario;
  readonly names: Names;
}

/** Configuration files of the PBX under watch. */
export function pbxFiles(
  placed: readonly Placed[],
  ami: AmiPlace,
  world: WorldPlace,
): Record<string, string> {
  return {
    'modules.conf': MODULES,
    'musiconhold.conf': MUSIC,
    'rtp.conf': rtp(ami.rtpStart),
    'manager.conf': managerConf(placed, ami),
    'pjsip.conf': pjsipConf(placed, ami, world),
    'extensions.conf': extensionsConf(placed),
    'queues.conf': queuesConf(placed),
    'voicemail.conf': voicemailConf(placed),
    'features.conf': FEATURES,
    'res_parking.conf': parkingConf(placed),
    'cdr.conf': '[general]\nenable=yes\nunanswered=yes\n',
    'cdr_manager.conf': '[general]\nenabled=yes\n',
    'cel.conf': '[general]\nenable=no\n',
  };
}

const FEATURES = `[general]
featuredigittimeout = 1500
transferdigittimeout = 3
atxfernoanswertimeout = 12
[featuremap]
blindxfer => ##
atxfer => *2
`;

/** What the product tells its operators to install: the tests run with it. */
const PRODUCT_USERS = new URL('../../config/asterisk/manager.d/ringside.conf', import.meta.url);

/** The product's own users with a secret and its contexts put in, as the file itself says; and one that sees all. */
function managerConf(placed: readonly Placed[], ami: AmiPlace): string {
  const contexts = placed.flatMap(({ scenario, names }) =>
    Object.values(contextsOf(scenario, names.fill)).flat(),
  );
  const example = ';eventfilter(action(include),name(Newexten),header(Context),method(exact)) = ';
  const [first, ...rest] = readFileSync(PRODUCT_USERS, 'utf8')
    .replaceAll(/^;secret = .*$/gm, `secret = ${ami.secret}`)
    .split(example);
  const filters = contexts.map((context) => `${example.slice(1)}${context}\n`);
  return `[general]
enabled = yes
webenabled = no
bindaddr = ${ami.address}
port = ${ami.amiPort}
[record]
secret = ${ami.secret}
read = all
write = all
writetimeout = 10000
${first ?? ''}${filters.join('')}${rest.map((text) => text.slice(text.indexOf('\n') + 1)).join('')}`;
}

function pjsipConf(placed: readonly Placed[], ami: AmiPlace, world: WorldPlace): string {
  const seats = placed.flatMap(({ scenario, names }) =>
    Object.keys(scenario.seats ?? {}).map((seat) => seatEndpoint(scenario, names, seat, ami, world)),
  );
  return `${pjsipGeneral(ami)}
[carrier]
type = endpoint
transport = udp
context = from-carrier
disallow = all
allow = ulaw
direct_media = no
media_address = ${ami.address}
bind_rtp_to_media_address = yes
aors = carrier
identify_by = ip
moh_suggest = default
[carrier]
type = aor
contact = sip:${world.address}:${world.sipPort}
[carrier]
type = identify
endpoint = carrier
match = ${world.address}
${seats.join('')}`;
}

function seatEndpoint(
  scenario: Scenario,
  names: Names,
  seat: string,
  ami: AmiPlace,
  world: WorldPlace,
): string {
  const setup = scenario.seatSetup?.[seat] ?? {};
  const phone = names.phone(seat);
  return `[${phone}]
type = endpoint
transport = udp
context = seats
disallow = all
allow = ulaw
direct_media = no
media_address = ${ami.address}
bind_rtp_to_media_address = yes
aors = ${phone}
identify_by = username
callerid = Seat ${names.extension(seat)} <${names.extension(seat)}>
${setup.busyAt === undefined ? '' : `device_state_busy_at = ${setup.busyAt}\n`}${
    setup.callGroup === true
      ? `named_call_group = ${scenario.key}\nnamed_pickup_group = ${scenario.key}\n`
      : ''
  }[${phone}]
type = aor
max_contacts = 1
remove_existing = yes
${setup.offline === true || setup.registers === true ? '' : `contact = sip:${phone}@${world.address}:${world.sipPort}\n`}`;
}

/** Colleagues' extensions, pickup, parking places, outside lines, and every scenario's own lines. */
function extensionsConf(placed: readonly Placed[]): string {
  const own = placed.map(
    ({ scenario, names }) => `; ${scenario.key}\n[from-carrier]\n${names.fill(scenario.dialplan)}\n`,
  );
  const includes = placed.map(({ names }) => `include => parking-${names.key}\n`);
  return `[general]
[globals]
TRANSFER_CONTEXT=seats
[seats]
exten => _1XXX,1,Dial(PJSIP/seat\${EXTEN},20,tT)
 same => n,Hangup()
exten => _*81XXX,1,PickupChan(PJSIP/seat\${EXTEN:2},p)
exten => _*91XXX,1,Answer()
 same => n,ChanSpy(PJSIP/seat\${EXTEN:2},q)
exten => _01XXXXXXXXXX,1,Dial(PJSIP/\${EXTEN:1}@carrier,30)
exten => _400XXXXXXX,1,Goto(from-carrier,\${EXTEN},1)
${includes.join('')}[member]
exten => _1XXX,1,Dial(PJSIP/seat\${EXTEN},30)
${own.join('')}`;
}

function queuesConf(placed: readonly Placed[]): string {
  const queues = placed.flatMap(({ scenario, names }) =>
    Object.entries(scenario.queues ?? {}).map(([name, queue]) => oneQueue(names, names.queue(name), queue)),
  );
  return `[general]\npersistentmembers = no\nautofill = yes\n${queues.join('')}`;
}

function oneQueue(names: Names, name: string, queue: QueueSetup): string {
  const members = queue.members.map((member) =>
    memberLine(names, typeof member === 'string' ? { seat: member } : member),
  );
  return `[${name}]
strategy = ${queue.strategy ?? 'rrmemory'}
timeout = ${queue.ringS ?? 30}
retry = 1
wrapuptime = ${queue.wrapupS ?? 0}
${(queue.extra ?? []).map((line) => `${names.fill(line)}\n`).join('')}${members.join('')}`;
}

function memberLine(names: Names, member: MemberSetup): string {
  const seat = names.seat(member.seat);
  const title = names.agent(member.seat);
  const [face, state] =
    member.local === undefined
      ? [seat, seat]
      : [`Local/${names.extension(member.seat)}@member${member.local === 'n' ? '/n' : ''}`, seat];
  return `member => ${face},${member.penalty ?? 0},${title},${state}\n`;
}

function voicemailConf(placed: readonly Placed[]): string {
  const boxes = placed.map(({ names }) => `${names.mailbox} => ,${names.key}\n`);
  return `[general]\nformat = wav\nminsecs = 1\nmaxsilence = 10\n[default]\n${boxes.join('')}`;
}

function parkingConf(placed: readonly Placed[]): string {
  const lots = placed.map(({ names }) => {
    const base = names.parkExtension.slice(0, -1);
    return `[${names.key}]
parkext = ${base}0
parkpos = ${base}1-${base}9
context = parking-${names.key}
parkingtime = 12
parkext_exclusive = yes
`;
  });
  return `[general]\n[default]\nparkext = 700\nparkpos = 701-709\ncontext = parkedcalls\n${lots.join('')}`;
}
