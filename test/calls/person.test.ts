import { describe, expect, it } from 'vitest';
import { type Channel, Channels } from '../../src/calls/channels.ts';
import { PartyRules } from '../../src/calls/person.ts';
import { somePbx } from '../support/definitions.ts';

const trunk = (name: string, line: string, person = true): ReturnType<typeof somePbx>['trunks'][number] => ({
  name,
  interface: line,
  lines: 1,
  interExchange: false,
  person,
});
const rules = new PartyRules(
  somePbx({
    trunks: [trunk('carrier', 'PJSIP/carrier'), trunk('fax', 'PJSIP/fax', false), trunk('isdn', 'DAHDI/i1')],
    notPersonNumbers: ['95588'],
  }),
);

/** A channel as the exchange makes it: state 4 calls us, state 0 is dialled by us with `dialString`. */
function channel(name: string, state: number, dialString = ''): Channel {
  const channels = new Channels();
  const at = { pbxMs: 0, atMs: 0 };
  const ref = { uniqueid: '1', channel: name };
  const where = { linkedid: '', callerNumber: '', context: '', extension: '' };
  channels.apply({ type: 'channel-created', ...at, ...ref, ...where, state });
  const dialler = { uniqueid: '', channel: '' };
  channels.apply({ type: 'dial-begun', ...at, dialler, dialled: ref, dialString });
  const made = channels.get('1');
  if (!made) throw new Error('the channel was not taken');
  return made;
}

describe('who stands behind a channel', () => {
  it.each<[string, number, string, string]>([
    ['PJSIP/seat1-00000001', 0, '', 'seat'],
    ['PJSIP/seat1-00000001', 4, '', 'seat'],
    ['SIP/302-0a', 0, '', 'seat'],
    ['PJSIP/carrier-00000001', 0, '13600006101@carrier', 'outside'],
    ['PJSIP/carrier-00000001', 4, '', 'nobody'],
    ['PJSIP/carrier-00000001', 0, '95588@carrier', 'nobody'],
    ['PJSIP/carrier-00000001', 0, 'carrier/sip:95588@10.0.0.1', 'nobody'],
    ['PJSIP/carrier-00000001', 0, 'carrier/95588', 'nobody'],
    ['PJSIP/carrier-00000001', 0, 'carrier/195588', 'outside'],
    ['PJSIP/fax-00000001', 0, '4711@fax', 'nobody'],
    ['DAHDI/i1/13600006101-7', 0, 'i1/13600006101', 'outside'],
    ['DAHDI/i1/13600006101-7', 4, '', 'nobody'],
    ['Local/1@seats-00000001;1', 0, '', 'nobody'],
    ['CBAnn/100-00000001;1', 0, '', 'nobody'],
    ['Announcer/ARI-00000001;2', 0, '', 'nobody'],
    ['Snoop/1-00000001', 0, '', 'nobody'],
    ['', 0, '', 'seat'],
  ])('%s in state %s, dialled as "%s": %s', (name, state, dialString, party) => {
    expect(rules.partyOf(channel(name, state, dialString))).toBe(party);
  });

  it.each([
    ['PJSIP/seat1,20,tT', true],
    ['PJSIP/95588@carrier,20', false],
    ['PJSIP/fax/4711', false],
    ['DAHDI/i1/13600006101,60', true],
    ['PJSIP/4711@fax', false],
    ['PJSIP/4711@fax&PJSIP/seat1', true],
    ['Local/1@seats', false],
    ['', false],
  ])('Dial(%s) can lead to a person: %s', (data, person) => {
    expect(rules.dialsPerson(data)).toBe(person);
  });
});
