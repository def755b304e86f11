import { describe, expect, it } from 'vitest';
import { PasswordDesk } from '../../src/access/password-desk.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { PASSWORD, someUser } from './some-users.ts';

const users = [someUser(), someUser({ name: 'elsewhere', password: undefined })];
/** Knows the password at once. */
const desk = () => new PasswordDesk(new VirtualClock(), (password) => Promise.resolve(password === PASSWORD));

describe('a password', () => {
  it('is right for its user alone', async () => {
    const one = new PasswordDesk(new VirtualClock());
    const look = (name: string, password: string) => one.look({ name, password, address: '10.0.0.1' }, users);
    expect(await look('li.na', PASSWORD)).toEqual({ ok: true, user: users[0] });
    expect(await look('li.na', 'wrong')).toEqual({ ok: false, why: 'refused', known: 'li.na' });
    expect(await look('nobody', PASSWORD)).toEqual({ ok: false, why: 'refused', known: undefined });
    expect(await look('elsewhere', PASSWORD)).toEqual({ ok: false, why: 'refused', known: 'elsewhere' });
  });

  it('that many try at once is looked at for so many, and the rest is told to come again', async () => {
    const one = desk();
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        one.look({ name: `nobody ${i}`, password: 'x', address: `10.0.0.${i}` }, users),
      ),
    );
    expect(all.filter((verdict) => !verdict.ok && verdict.why === 'refused')).toHaveLength(30);
    expect(all.at(-1)).toEqual({ ok: false, why: 'too-many', waitMs: 5000 });
    expect(await one.look({ name: 'li.na', password: PASSWORD, address: '10.0.0.1' }, users)).toMatchObject({
      ok: true,
    });
  });

  it('tried by one name from many addresses is stopped, and others are not', async () => {
    const one = desk();
    for (let i = 0; i < 10; i++) {
      await one.look({ name: 'li.na', password: 'x', address: `10.0.1.${i}` }, users);
    }
    expect(await one.look({ name: 'li.na', password: PASSWORD, address: '10.0.2.1' }, users)).toEqual({
      ok: false,
      why: 'too-many',
      waitMs: 60_000,
    });
    expect((await one.look({ name: 'elsewhere', password: 'x', address: '10.0.2.1' }, users)).ok).toBe(false);
  });

  it('tried from one IPv6 network is one address', async () => {
    const one = desk();
    for (let i = 0; i < 20; i++) {
      await one.look({ name: `nobody ${i}`, password: 'x', address: `2001:db8::${i}` }, users);
    }
    expect(await one.look({ name: 'other', password: 'x', address: '2001:db8::ffff' }, users)).toMatchObject({
      why: 'too-many',
    });
  });
});
