/** One block of AMI, headers by name; a repeated header keeps its first value. */
export type Block = ReadonlyMap<string, string>;

/** The blocks of AMI text, answers and list lines included. */
export function blocksOf(text: string): Block[] {
  return text
    .split('\r\n\r\n')
    .filter((block) => block !== '')
    .map((block) => {
      const headers = new Map<string, string>();
      for (const line of block.split('\r\n')) {
        const colon = line.indexOf(':');
        const name = line.slice(0, colon);
        if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trimStart());
      }
      return headers;
    });
}

const LIST_LINES = new Set([
  'CoreShowChannel',
  'Status',
  'QueueParams',
  'QueueMember',
  'QueueEntry',
  'FullyBooted',
]);
/** Applications that the event filter of asterisk-facts section 5 lets through; contexts are not told apart here. */
const APPLICATIONS = new Set(['Queue', 'VoiceMail', 'Dial', 'Busy', 'Congestion']);
const DETAILS = [
  'ChannelState',
  'Application',
  'Variable',
  'Value',
  'DialStatus',
  'Cause',
  'Reason',
  'DestType',
  'LastApplication',
  'Disposition',
];

/** Events of a call, without lists, answers, and steps of the dialplan that the filter leaves out. */
export function eventsOf(text: string): Block[] {
  return blocksOf(text).filter((block) => {
    const name = block.get('Event') ?? '';
    if (name === '' || LIST_LINES.has(name) || block.has('ListItems')) return false;
    if (
      name === 'VarSet' &&
      !/^(QUEUESTATUS|VMSTATUS|DIALSTATUS|ABANDONED)$/.test(block.get('Variable') ?? '')
    ) {
      return false;
    }
    return name !== 'Newexten' || APPLICATIONS.has(block.get('Application') ?? '');
  });
}

/**
 * What each channel and each device goes through, in its own order: Asterisk keeps no order between the threads of
 * two channels, but keeps it within one. What is said of a channel as another's destination, and AgentComplete, come
 * from threads of their own (asterisk-facts 1.17). Channels are named by their kind and the order they came in
 * (`carrier 1`, `seat 2`, `local 1`), so that two recordings can be compared.
 */
export function orderByActor(events: readonly Block[]): Record<string, string[]> {
  const roles = new Map<string, string>();
  const counts = new Map<string, number>();
  const orders: Record<string, string[]> = {};
  const roleOf = (channel: string): string => {
    const kind = channel.startsWith('Local/')
      ? 'local'
      : channel.startsWith('PJSIP/carrier')
        ? 'carrier'
        : 'seat';
    const known = roles.get(channel);
    if (known !== undefined) return known;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const role = `${kind} ${counts.get(kind)}`;
    roles.set(channel, role);
    return role;
  };
  const note = (actor: string, what: string): void => {
    (orders[actor] ??= []).push(what);
  };
  for (const event of events) {
    const name = event.get('Event') ?? '';
    const device = event.get('Device');
    if (device !== undefined) {
      if (device.startsWith('PJSIP/')) note(`device ${deviceRole(device, roles)}`, event.get('State') ?? '');
      continue;
    }
    const channel = event.get('Channel');
    const dest = event.get('DestChannel');
    const detail = DETAILS.filter((one) => event.has(one) && (one !== 'ChannelState' || name === 'Newstate'))
      .map((one) => event.get(one))
      .join(' ');
    const lane = name === 'AgentComplete' ? ' completed' : name === 'Cdr' ? ' in the records' : '';
    const parkee = event.get('ParkeeChannel');
    if (parkee !== undefined) note(`${roleOf(parkee)} in the parking lot`, name);
    if (channel !== undefined) note(roleOf(channel) + lane, `${name} ${detail}`.trim());
    if (dest !== undefined) note(`${roleOf(dest)} as destination${lane}`, `${name} ${detail}`.trim());
  }
  return orders;
}

function deviceRole(device: string, roles: ReadonlyMap<string, string>): string {
  for (const [channel, role] of roles) {
    if (channel.startsWith(`${device}-`)) return device === 'PJSIP/carrier' ? 'carrier' : role;
  }
  return device;
}
