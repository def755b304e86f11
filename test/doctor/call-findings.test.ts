import { describe, expect, it } from 'vitest';
import { someHotline, someWatch } from '../support/definitions.ts';
import { found, lines, worse } from './judged.ts';
import { channelLine, created, memberLine, picture, someTraffic } from './observations.ts';

describe('calls', () => {
  it('says which hotline was called, live and before', () => {
    const traffic = someTraffic();
    traffic.take(picture({ channels: [channelLine({})] }));
    traffic.take(created({ uniqueid: '1700000000.2' }));
    const said = lines(found({ traffic, known: new Map([['Newchannel', 1]]) }));
    expect(said).toContain('right | Hotline gas: 1 call came in, 1 call in progress at the start.');
    expect(said.join('\n')).not.toContain('No channel was seen');
  });

  it('counts a call once, in however many pictures it is', () => {
    const traffic = someTraffic();
    traffic.take(created({ uniqueid: '1700000000.2' }));
    const channels = [channelLine({}), channelLine({ uniqueid: '1700000000.2' })];
    traffic.take(picture({ channels }));
    traffic.take(picture({ channels, purpose: 'check' }));
    expect(lines(found({ traffic, known: new Map([['Newchannel', 1]]) }))).toContain(
      'right | Hotline gas: 1 call came in, 1 call in progress at the start.',
    );
  });

  it('names a dialled number that is no hotline, never the caller', () => {
    const traffic = someTraffic();
    traffic.take(created({ extension: '199' }));
    traffic.take(created({ uniqueid: '1700000000.2', extension: '199' }));
    traffic.take(created({ uniqueid: '1700000000.3', extension: 's' }));
    const findings = found({ traffic, known: new Map([['Newchannel', 3]]) });
    expect(worse(findings)).toEqual([
      'warning | 2 calls on carrier for 199: no hotline names it. | It is in no figure but "unattributed". | If it is a hotline, write the number exactly as the trunk delivers it under numbers.',
      'warning | 1 call on carrier without a number: no hotline names it. | It is in no figure but "unattributed". | Have the trunk deliver the dialled number, or name the context under contexts of a hotline.',
    ]);
    expect(JSON.stringify(findings)).not.toContain('13900001000');
  });

  it('masks what was dialled in a context, where it may be a phone that calls a customer', () => {
    const watch = someWatch({ hotlines: [someHotline({ trunks: [], contexts: ['office'] })] });
    const traffic = someTraffic(watch);
    traffic.take(created({ channel: 'PJSIP/301-00000001', context: 'office', extension: '13911112222' }));
    const findings = found({ traffic, known: new Map([['Newchannel', 1]]) }, watch);
    expect(worse(findings).join('\n')).toContain('1 call on office for 139****2222: no hotline names it.');
    expect(JSON.stringify(findings)).not.toContain('13911112222');
  });

  it('leaves calls that go out over a trunk, and phones, out of the count', () => {
    const traffic = someTraffic();
    traffic.take(created({ state: 0, extension: '13911112222' }));
    traffic.take(
      created({ uniqueid: '1700000000.2', channel: 'PJSIP/301-00000001', extension: '13911112222' }),
    );
    expect(worse(found({ traffic, known: new Map([['Newchannel', 2]]) }))).toEqual([]);
  });

  it("names an interface that is neither trunk nor phone where a hotline's number came in", () => {
    const traffic = someTraffic();
    for (const channel of ['PJSIP/new-carrier-00000001', 'PJSIP/new-carrier-00000002', 'SIP/13800000001-3']) {
      traffic.take(created({ uniqueid: `1700000000.${channel}`, channel }));
    }
    traffic.take(created({ uniqueid: '1700000000.9', channel: 'PJSIP/101-00000001' }));
    const first = picture({ members: [memberLine({ interface: 'PJSIP/101' })] });
    const why = 'It is taken for a call from inside, and is in no figure of the hotline.';
    const change =
      'If it is a trunk, name it under trunks. If it is a phone, name it under seats, or let it be.';
    expect(worse(found({ traffic, first, known: new Map([['Newchannel', 4]]) }))).toEqual([
      `warning | 2 calls to hotline number 100 on PJSIP/new-carrier, which is no configured trunk or seat. | ${why} | ${change}`,
      `warning | 1 call to hotline number 100 on SIP/138****0001, which is no configured trunk or seat. | ${why} | ${change}`,
    ]);
  });

  it('warns of an attendant never seen in several calls', () => {
    const traffic = someTraffic();
    for (let i = 0; i < 3; i++) traffic.take(created({ uniqueid: `1700000000.${i}` }));
    expect(worse(found({ traffic, known: new Map([['Newchannel', 3]]) }))).toEqual([
      'warning | Hotline gas: its attendant (ivr) was not seen in 3 calls. | The name is mistyped, or the event filter keeps the steps in that context away. | Add eventfilter(action(include),name(Newexten),header(Context),method(exact)) = ivr',
    ]);
  });
});
