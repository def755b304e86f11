import { describe, expect, it } from 'vitest';
import { overlayEnvironment } from '../../src/config/environment.ts';

const file = {
  pbxs: [
    { name: 'head-office', ami: { host: 'a', secretFile: 'f' }, seats: [{ interface: 'PJSIP/1' }] },
    { name: '0', ami: { host: 'b' } },
  ],
  hotlines: [{ name: 'service', numbers: ['1'], hours: { week: { 'mon-fri': '24h' } } }],
};

function after(environment: Record<string, string>) {
  const { value, findings } = overlayEnvironment(file, environment, new Set());
  expect(findings).toEqual([]);
  return value;
}

describe('overlayEnvironment', () => {
  it('sets what the path says, making groups that are not there', () => {
    expect(after({ RINGSIDE_HTTP__PORT: '9000', RINGSIDE_NORM__TARGETS__AUTO: '0.9' })).toEqual({
      ...file,
      http: { port: 9000 },
      norm: { targets: { auto: 0.9 } },
    });
    expect(after({ RINGSIDE_NORM__SHORT_ABANDON_S: '3', RINGSIDE_METRICS__PER_SEAT: 'true' })).toMatchObject({
      norm: { shortAbandonS: 3 },
      metrics: { perSeat: true },
    });
  });

  it('tells elements by name, by number, and a name before a number', () => {
    expect(after({ RINGSIDE_PBXS__HEAD_OFFICE__AMI__HOST: 'x' })).toMatchObject({
      pbxs: [{ ami: { host: 'x' } }, {}],
    });
    expect(after({ RINGSIDE_PBXS__1__AMI__HOST: 'x' })).toMatchObject({ pbxs: [{}, { ami: { host: 'x' } }] });
    expect(after({ RINGSIDE_PBXS__0__AMI__HOST: 'x' })).toMatchObject({ pbxs: [{}, { ami: { host: 'x' } }] });
    expect(after({ RINGSIDE_PBXS__HEAD_OFFICE__SEATS__0__NAME: 'Desk' })).toMatchObject({
      pbxs: [{ seats: [{ name: 'Desk' }] }, {}],
    });
    expect(after({ RINGSIDE_HOTLINES__SERVICE__HOURS__WEEK__MON_FRI: '08:00-20:00' })).toMatchObject({
      hotlines: [{ hours: { week: { 'mon-fri': '08:00-20:00' } } }],
    });
  });

  it('takes text letter for letter, and lists of text as written', () => {
    expect(after({ RINGSIDE_PBXS__HEAD_OFFICE__AMI__USER: '0123' })).toMatchObject({
      pbxs: [{ ami: { user: '0123' } }, {}],
    });
    expect(after({ RINGSIDE_PBXS__HEAD_OFFICE__AMI__USER: '[a: ' })).toMatchObject({
      pbxs: [{ ami: { user: '[a: ' } }, {}],
    });
    expect(after({ RINGSIDE_HOTLINES__SERVICE__NUMBERS: '[0123, 95598]' })).toMatchObject({
      hotlines: [{ numbers: ['0123', '95598'] }],
    });
  });

  it('lets a secret replace the file’s, whichever way that gives it', () => {
    const value = after({ RINGSIDE_PBXS__HEAD_OFFICE__AMI__SECRET: '007' });
    expect((value as typeof file).pbxs[0]?.ami).toEqual({ host: 'a', secret: '007' });
  });

  it('leaves other variables alone, and does not touch the file’s values', () => {
    const environment = { RINGSIDE_PORT: 'tcp://10.0.0.1', RINGSIDE_HQ_SECRET: 'x', OTHER__PORT: '1' };
    const overlay = overlayEnvironment(file, environment, new Set());
    expect(overlay).toMatchObject({ value: file, findings: [] });
    after({ RINGSIDE_PBXS__HEAD_OFFICE__AMI__HOST: 'x' });
    expect(file.pbxs[0]?.ami.host).toBe('a');
  });

  it('leaves variables alone that hold a secret the file asks for', () => {
    const environment = { RINGSIDE_HQ__SECRET: 'xyzzy' };
    expect(overlayEnvironment(file, environment, new Set(['RINGSIDE_HQ__SECRET'])).findings).toEqual([]);
    expect(overlayEnvironment(file, environment, new Set()).findings).toHaveLength(1);
  });

  it.each([
    ['RINGSIDE_HTTP__PROT', '"PROT" is no setting (did you mean "PORT"?)'],
    ['RINGSIDE_HTPT__PORT', '"HTPT" is no setting (did you mean "HTTP"?)'],
    [
      'RINGSIDE_PBXS__HEAD_OFICE__AMI__HOST',
      '"HEAD_OFICE" is the name or number of no element in the file (did you mean "HEAD_OFFICE"?)',
    ],
    ['RINGSIDE_PBXS__7__AMI__HOST', '"7" is the name or number of no element in the file'],
    ['RINGSIDE_PBXS__HEAD_OFFICE__AMI', 'names a group of settings; name one setting of it'],
    ['RINGSIDE_HTTP__PORT__LOW', '"LOW" is no setting'],
  ])('%s: %s', (variable, message) => {
    const overlay = overlayEnvironment(file, { [variable]: 'xyzzy' }, new Set());
    expect(overlay.findings).toEqual([{ level: 'error', path: [], message, variable }]);
  });
});
