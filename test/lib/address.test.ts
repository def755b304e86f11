import { describe, expect, it } from 'vitest';
import { addressKey, isLoopback, isPrivateAddress } from '../../src/lib/address.ts';

describe('an address', () => {
  it.each(['127.0.0.1', '127.9.9.9', 'localhost', 'LOCALHOST', '::1', '[::1]', '::ffff:127.0.0.1'])(
    '%s is this machine',
    (host) => {
      expect([isLoopback(host)]).toEqual([true]);
    },
  );

  it.each([
    '127.0.0.1.example.net',
    '127.0.0.256',
    '0.0.0.0',
    '::',
    'localhost.example.net',
    '10.0.0.1',
    '',
    '1270.0.1',
  ])('%s is not this machine', (host) => {
    expect(isLoopback(host)).toBe(false);
  });

  it.each([
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.1',
    '192.168.1.1',
    '100.64.0.1',
    'fd00::1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '127.0.0.1',
  ])('%s is of nobody else', (host) => {
    expect(isPrivateAddress(host)).toBe(true);
  });

  it.each([
    '172.15.0.1',
    '172.32.0.1',
    '192.0.2.7',
    '8.8.8.8',
    '100.128.0.1',
    '2001:db8::1',
    '10.example.net',
    'fd.example.net',
    '0.0.0.0',
    '::ffff:8.8.8.8',
  ])('%s may be anybody', (host) => {
    expect(isPrivateAddress(host)).toBe(false);
  });

  it('counts as itself, or as its network', () => {
    expect(addressKey('192.0.2.7')).toBe('192.0.2.7');
    expect(addressKey('::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressKey('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64');
    expect(addressKey('2001:db8::9')).toBe('2001:db8:0:0::/64');
    expect(addressKey('::1')).toBe('0:0:0:0::/64');
  });
});
