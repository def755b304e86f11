import { MODULES, MUSIC, pjsipGeneral, rtp } from './shared-config.ts';
import type { Placed } from './pbx-config.ts';
import type { AmiPlace } from './places.ts';
import type { PhoneScript } from './scenario.ts';

/** Configuration files of the outside world: carrier, callers, mobiles and the seats' phones. */
export function worldFiles(
  placed: readonly Placed[],
  world: AmiPlace,
  pbx: AmiPlace,
): Record<string, string> {
  return {
    'modules.conf': MODULES,
    'musiconhold.conf': MUSIC,
    'rtp.conf': rtp(world.rtpStart),
    'manager.conf': managerConf(world),
    'pjsip.conf': pjsipConf(placed, world, pbx),
    'extensions.conf': extensionsConf(placed),
    'queues.conf': '[general]\n',
    'voicemail.conf': '[general]\nformat = wav\n',
    'cdr.conf': '[general]\nenable=no\n',
    'cel.conf': '[general]\nenable=no\n',
  };
}

function managerConf(world: AmiPlace): string {
  return `[general]
enabled = yes
webenabled = no
bindaddr = ${world.address}
port = ${world.amiPort}
timestampevents = yes
[driver]
secret = ${world.secret}
read = call,user,system
write = all
writetimeout = 10000
`;
}

/** `moh_passthrough` lets a hold in here go out as the re-INVITE a phone would send. */
function pjsipConf(placed: readonly Placed[], world: AmiPlace, pbx: AmiPlace): string {
  const registrations = placed.flatMap(({ scenario, names }) =>
    Object.entries(scenario.seatSetup ?? {}).flatMap(([seat, setup]) =>
      setup.registers === true ? [registration(names.phone(seat), pbx)] : [],
    ),
  );
  return `${pjsipGeneral(world)}
[pbx]
type = endpoint
transport = udp
context = phones
disallow = all
allow = ulaw
direct_media = no
media_address = ${world.address}
bind_rtp_to_media_address = yes
moh_passthrough = yes
aors = pbx
identify_by = ip
[pbx]
type = aor
contact = sip:${pbx.address}:${pbx.sipPort}
[pbx]
type = identify
endpoint = pbx
match = ${pbx.address}
${registrations.join('')}`;
}

/** A phone that says to the exchange where it is, and can take it back. */
function registration(phone: string, pbx: AmiPlace): string {
  return `[${phone}]
type = registration
transport = udp
server_uri = sip:${pbx.address}:${pbx.sipPort}
client_uri = sip:${phone}@${pbx.address}
contact_user = ${phone}
expiration = 3600
retry_interval = 1
`;
}

function extensionsConf(placed: readonly Placed[]): string {
  const phones = placed.flatMap(({ scenario, names }) => [
    ...Object.entries(scenario.seats ?? {}).map(([seat, scripts]) =>
      phone(names.phone(seat), scripts, names.fill),
    ),
    ...Object.entries(scenario.mobiles ?? {}).map(([mobile, scripts]) =>
      phone(names.mobile(mobile), scripts, names.fill),
    ),
  ]);
  const callers = placed.flatMap(({ scenario, names }) =>
    scenario.callers.map((caller, index) =>
      section(`caller-${names.key}-${index}`, caller.script ?? ['Wait(600)'], names.fill),
    ),
  );
  return `[general]\n[phones]\n${phones.join('')}${callers.join('')}`;
}

/** Its calls are counted; the n-th goes through the n-th script, further ones through the last. */
function phone(user: string, scripts: readonly PhoneScript[], fill: (text: string) => string): string {
  const last = scripts.length;
  return `[phones]
exten => ${user},1,Set(GLOBAL(CALLS_${user})=$[0\${GLOBAL(CALLS_${user})} + 1])
 same => n,Set(NTH=$[\${GLOBAL(CALLS_${user})} > ${last} ? ${last} :: \${GLOBAL(CALLS_${user})}])
 same => n,Goto(phone-${user}-\${NTH},s,1)
${scripts.map((script, index) => section(`phone-${user}-${index + 1}`, script, fill)).join('')}`;
}

function section(context: string, script: PhoneScript, fill: (text: string) => string): string {
  const lines = script.map((step, index) => (index === 0 ? `exten => s,1,${step}` : ` same => n,${step}`));
  return `[${context}]\n${fill(lines.join('\n'))}\n same => n,Hangup()\n`;
}
