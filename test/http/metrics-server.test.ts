import { expect, it } from 'vitest';
import { createMetricsServer } from '../../src/http/metrics-server.ts';
import { someToken } from '../access/some-users.ts';
import { someDoor } from './some-server.ts';

const server = (host: string) =>
  createMetricsServer({
    host,
    door: someDoor(),
    tls: undefined,
    metrics: () => Promise.resolve({ text: 'ringside_ami_up 1\n', contentType: 'text/plain' }),
  });

it.each([
  ['10.0.0.9', 200],
  ['192.168.7.1', 200],
  ['127.0.0.1', 200],
  ['::ffff:172.20.0.3', 200],
  ['fd00::9', 200],
  ['8.8.8.8', 403],
  ['2001:db8::1', 403],
])('without TLS answers private addresses alone: %s', async (remoteAddress, status) => {
  const answer = await server('0.0.0.0').inject({ url: '/metrics', remoteAddress });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

it.each([
  ['127.0.0.1:9811', 200],
  ['localhost:9811', 200],
  ['[::1]:9811', 200],
  ['evil.example.net', 421],
])('on loopback is opened by names of this machine alone: %s', async (host, status) => {
  expect((await server('127.0.0.1').inject({ url: '/metrics', headers: { host } })).statusCode).toBe(status);
});

it('keeps what went wrong inside to itself', async () => {
  const failing = createMetricsServer({
    host: '127.0.0.1',
    door: someDoor({ tokens: [someToken()] }),
    tls: undefined,
    metrics: () => Promise.reject(new Error('secret')),
  });
  const answer = await failing.inject('/metrics');
  expect([answer.statusCode, answer.json()]).toEqual([500, { error: 'internal error' }]);
});
