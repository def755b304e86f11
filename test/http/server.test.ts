import { describe, expect, it } from 'vitest';
import { readinessOf } from '../../src/http/readiness.ts';
import { reportSchema } from '../../src/rates/report.ts';
import { someLink } from '../support/picture.ts';
import { someReport } from '../support/report.ts';
import { someServer as serve } from './some-server.ts';

describe('the server', () => {
  it('says that the process is alive, whatever it sees', async () => {
    const answer = await serve({ readiness: () => readinessOf([]) }).inject('/healthz');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'alive', version: '0.1.0' }]);
  });

  it('has nothing to show for the icon that every browser asks for, and that is no fault', async () => {
    const answer = await serve().inject('/favicon.ico');
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
  });

  it('is ready when every exchange is, and only then', async () => {
    const ready = await serve().inject('/readyz');
    expect(ready.statusCode).toBe(200);
    const failure = { code: 'login-refused', message: 'login of user watch refused', atMs: 7 } as const;
    const links = [someLink(), someLink({ pbx: 'south', state: 'waiting-to-retry', sinceMs: 9, failure })];
    const answer = await serve({ readiness: () => readinessOf(links) }).inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({
      ready: false,
      pbxs: [
        { pbx: 'north', ready: true, state: 'ready', sinceMs: 0, warnings: [] },
        { pbx: 'south', ready: false, state: 'waiting-to-retry', sinceMs: 9, failure, warnings: [] },
      ],
    });
  });

  it('is not ready before it has looked for an exchange, nor while the first picture is read', () => {
    expect(readinessOf([]).ready).toBe(false);
    expect(readinessOf([someLink({ state: 'reading-snapshot' })]).ready).toBe(false);
  });

  it('forgets the failure of an exchange that is seen again, and tells what is not as it should be', () => {
    const failure = { code: 'silent', message: 'no answer to a Ping', atMs: 7 } as const;
    const [pbx] = readinessOf([someLink({ failure, warnings: ['plain login over a network'] })]).pbxs;
    expect([pbx?.failure, pbx?.warnings]).toEqual([undefined, ['plain login over a network']]);
  });

  it('hands Prometheus its page as it is', async () => {
    const answer = await serve().inject('/metrics');
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      200,
      'text/plain; version=0.0.4',
      'ringside_ami_up 1\n',
    ]);
  });

  it('tells the Report, which is what the published schema says', async () => {
    const report = await serve().inject('/api/report');
    expect(reportSchema.parse(report.json())).toEqual(someReport());
    const schema = await serve().inject('/api/report/schema');
    expect(schema.headers['content-type']).toContain('application/schema+json');
    expect(schema.json()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { seq: { type: 'integer' }, hotlines: { type: 'array' } },
    });
  });

  it.each([
    '/',
    '/status',
    '/sign-in',
    '/api/me',
    '/page.css',
    '/page.js',
    '/metrics',
    '/healthz',
    '/readyz',
    '/api/report',
    '/nowhere',
    '/%zz',
  ])('sends %s with a strict policy and nothing for others to keep', async (url) => {
    const { headers } = await serve().inject(url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it.each([
    ['GET', '/nowhere', 404],
    ['GET', '/etc/../../passwd', 404],
    ['POST', '/api/report', 404],
    ['GET', '/%zz', 400],
  ] as const)('answers %s %s as JSON that tells nothing of the inside', async (method, url, status) => {
    const answer = await serve().inject({ method, url });
    expect(answer.statusCode).toBe(status);
    expect(Object.keys(answer.json<Record<string, unknown>>())).toContain('error');
    expect(answer.body).not.toContain('Route');
  });

  it('keeps what went wrong inside to itself', async () => {
    const fails = (): never => {
      throw new Error('secret of /etc/asterisk');
    };
    for (const url of ['/status', '/api/report', '/metrics']) {
      const answer = await serve({
        report: fails,
        metrics: () => Promise.reject(new Error('secret')),
      }).inject(url);
      expect([answer.statusCode, answer.json()]).toEqual([500, { error: 'internal error' }]);
    }
  });
});
