import { describe, expect, it } from 'vitest';
import type { AccessDefinition } from '../../src/access/access-definition.ts';
import { admitMember, admitUser } from '../../src/access/admission.ts';
import { Door } from '../../src/access/door.ts';
import type { Asking } from '../../src/access/gate.ts';
import type { Who } from '../../src/access/who.ts';
import { someAccess } from '../http/some-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someToken, someUser } from './some-users.ts';

const HOUR_MS = 3_600_000;
const asking = (headers: Asking['headers']): Asking => ({ headers: { host: '127.0.0.1:9810', ...headers } });

class SomeDoor {
  readonly clock = new VirtualClock();
  readonly ended: string[] = [];
  readonly door: Door;

  constructor(
    access: Partial<AccessDefinition> = {},
    more: { scheme?: 'http' | 'https'; url?: string } = {},
  ) {
    this.door = new Door({ access: someAccess(access), clock: this.clock, scheme: 'http', ...more });
    this.door.onSessionEnd((who) => this.ended.push(who.name));
  }

  /** Signs a user in; the answer is what the browser sends from then on. */
  signIn(user = someUser()): Asking {
    const id = this.door.begin(admitUser(user, this.door.access));
    return asking({ cookie: `other=1; ${this.door.cookieNames.person}=${id}` });
  }

  redefine(access: Partial<AccessDefinition>): void {
    this.door.redefine(someAccess(access));
  }
}

describe('where nobody signs in', () => {
  it.each(['127.0.0.1:9810', 'localhost:9810', '[::1]:9810', 'localhost', '127.0.0.1'])(
    'whoever is on this machine is let in: %s',
    (host) => {
      expect(new SomeDoor().door.whoOf({ headers: { host } })).toMatchObject({
        name: 'local',
        kind: 'local',
        role: 'viewer',
        mayUnmask: false,
      });
    },
  );

  it.each([
    'evil.example.net',
    'evil.example.net:9810',
    '127.0.0.1.evil.example.net',
    '192.168.0.4',
    undefined,
  ])('a name that is not of this machine is not: %s', (host) => {
    const { door } = new SomeDoor();
    const origin = `http://${host}`;
    expect(door.whoOf({ headers: { host } })).toBeUndefined();
    expect(door.isOurs({ headers: { host, origin } })).toBe(false);
  });

  it('the name people open it by is one of ours', () => {
    const { door } = new SomeDoor({}, { url: 'https://ringside.example.net' });
    const headers = { host: 'ringside.example.net', origin: 'https://ringside.example.net' };
    expect(door.whoOf({ headers })?.kind).toBe('local');
    expect(door.isOurs({ headers })).toBe(true);
  });

  it('the configured role is theirs, and is never a number in clear', () => {
    const { door } = new SomeDoor({ local: 'admin', unmask: ['admin'] });
    expect(door.whoOf(asking({}))).toMatchObject({ role: 'admin', mayUnmask: false });
  });

  it('they are out when users come in', () => {
    const here = new SomeDoor();
    here.redefine({ users: [someUser()] });
    expect([here.ended, here.door.whoOf(asking({}))]).toEqual([['local'], undefined]);
  });
});

describe('a session', () => {
  it('is who signed in, and one object as long as it lasts', () => {
    const here = new SomeDoor({ users: [someUser()] });
    const [one, another] = [here.signIn(), here.signIn()];
    const who = here.door.whoOf(one);
    expect(who).toEqual<Who>({
      name: 'li.na',
      title: 'Li Na',
      role: 'leader',
      sees: { hotlines: 'all', queues: 'all', seats: [] },
      mayUnmask: true,
      kind: 'person',
    });
    expect(here.door.whoOf(one)).toBe(who);
    expect(here.door.whoOf(another)).not.toBe(who);
    expect(Object.isFrozen(who)).toBe(true);
  });

  it.each(['', 'ringside=', 'ringside=x', 'ringside', '=;=', `ringside=${'x'.repeat(5000)}`])(
    'is not had by a cookie nobody gave: %s',
    (cookie) => {
      expect(new SomeDoor({ users: [someUser()] }).door.whoOf(asking({ cookie }))).toBeUndefined();
    },
  );

  it('is not had where its cookie is there twice', () => {
    const here = new SomeDoor({ users: [someUser()] });
    const { cookie } = here.signIn().headers;
    expect(here.door.whoOf(asking({ cookie: `${cookie}; ringside=x` }))).toBeUndefined();
  });

  it('ends with its time, and whoever listens is told', () => {
    const here = new SomeDoor({ users: [someUser()], sessionMs: HOUR_MS });
    const me = here.signIn();
    here.clock.advance(HOUR_MS - 1);
    expect(here.door.whoOf(me)?.name).toBe('li.na');
    here.clock.advance(1);
    expect([here.door.whoOf(me), here.ended]).toEqual([undefined, ['li.na']]);
  });

  it('ends when its user signs out, and only that one', () => {
    const here = new SomeDoor({ users: [someUser()] });
    const [one, another] = [here.signIn(), here.signIn()];
    here.door.signOut(one);
    expect([here.door.whoOf(one), here.door.whoOf(another)?.name, here.ended]).toEqual([
      undefined,
      'li.na',
      ['li.na'],
    ]);
    expect(here.clock.pending).toBe(1);
  });

  it.each([
    ['is removed', []],
    ['has another role', [someUser({ role: 'viewer' })]],
    ['sees something else', [someUser({ sees: { hotlines: ['gas'], queues: 'all', seats: [] } })]],
    ['may only sign in elsewhere', [someUser({ password: undefined })]],
  ])('ends when its user %s', (_what, users) => {
    const other = someUser({ name: 'wang' });
    const here = new SomeDoor({ users: [someUser(), other] });
    const [me, they] = [here.signIn(), here.signIn(other)];
    here.redefine({ users: [...users, other] });
    expect([here.door.whoOf(me), here.door.whoOf(they)?.name, here.ended]).toEqual([
      undefined,
      'wang',
      ['li.na'],
    ]);
  });

  it('ends when what may be unmasked changes for its role', () => {
    const here = new SomeDoor({ users: [someUser()] });
    here.signIn();
    here.redefine({ users: [someUser()], unmask: ['admin'] });
    expect(here.ended).toEqual(['li.na']);
  });

  it('goes on through a reload that changes nothing of it', () => {
    const here = new SomeDoor({ users: [someUser()] });
    const me = here.signIn();
    const who = here.door.whoOf(me);
    here.redefine({ users: [someUser({ name: 'new' }), someUser()], sessionMs: 5 });
    expect([here.door.whoOf(me), here.ended]).toEqual([who, []]);
  });

  it('of a group ends when the group is taken out', () => {
    const group = { group: 'leaders', role: 'leader' as const, sees: someUser().sees };
    const oidc = {
      issuer: 'https://login.example.net',
      clientId: 'r',
      clientSecret: 's',
      title: '',
      scope: '',
      nameClaim: 'sub',
      groupsClaim: 'groups',
      groups: [group],
    };
    const here = new SomeDoor({ oidc });
    here.door.begin(admitMember('somebody', group, here.door.access));
    here.redefine({ oidc, users: [someUser()] });
    expect(here.ended).toEqual([]);
    here.redefine({ oidc: { ...oidc, groups: [{ ...group, role: 'viewer' }] } });
    expect(here.ended).toEqual(['somebody']);
  });

  it('is one of twenty of a user: with one more the oldest ends', () => {
    const here = new SomeDoor({ users: [someUser()] });
    const first = here.signIn();
    for (let i = 0; i < 19; i++) here.signIn();
    expect(here.ended).toEqual([]);
    here.signIn();
    expect([here.ended, here.door.whoOf(first)]).toEqual([['li.na'], undefined]);
  });

  it('ends with the daemon, and leaves no timer', () => {
    const here = new SomeDoor({ users: [someUser()] });
    here.signIn();
    here.door.close();
    expect([here.ended, here.clock.pending]).toEqual([['li.na'], 0]);
  });
});

describe('a machine', () => {
  const access = { users: [someUser()], tokens: [someToken(), someToken({ name: 'prom', for: 'metrics' })] };

  it('is known by its token, as a viewer that sees no number', () => {
    const { door } = new SomeDoor({ ...access, unmask: ['viewer'] });
    const wall = { name: 'wall', role: 'viewer', kind: 'machine', mayUnmask: false };
    expect(door.whoOf(asking({ authorization: 'Bearer the-token-of-wall' }))).toMatchObject(wall);
    const cookie = `${door.cookieNames.machine}=the-token-of-wall`;
    expect(door.whoOf(asking({ cookie }))).toMatchObject(wall);
  });

  it('that reads metrics reads nothing else', () => {
    const { door } = new SomeDoor(access);
    const prom = asking({ authorization: 'Bearer the-token-of-prom' });
    expect([door.whoOf(prom), door.mayReadMetrics(prom)]).toEqual([undefined, true]);
    expect(door.mayReadMetrics(asking({ authorization: 'Bearer the-token-of-nobody' }))).toBe(false);
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Basic dGhlLXRva2VuLW9mLXdhbGw=',
    'Bearer the-token-of-wall x',
    'Bearer 密',
  ])('is not known by %j', (authorization) => {
    expect(new SomeDoor(access).door.whoOf(asking({ authorization }))).toBeUndefined();
  });

  it('is out when its token is, and not before', () => {
    const here = new SomeDoor(access);
    const wall = asking({ authorization: 'Bearer the-token-of-wall' });
    const who = here.door.whoOf(wall);
    here.redefine({ ...access, users: [someUser({ name: 'other' })] });
    expect([here.door.whoOf(wall), here.ended]).toEqual([who, []]);
    here.redefine({ users: [someUser()] });
    expect([here.door.whoOf(wall), here.ended]).toEqual([undefined, ['wall']]);
  });
});

describe('an Origin', () => {
  const users = [someUser()];
  it.each([
    ['http', undefined, '127.0.0.1:9810', 'http://127.0.0.1:9810', true],
    ['http', undefined, '127.0.0.1:9810', 'https://127.0.0.1:9810', false],
    ['http', undefined, '127.0.0.1:9810', 'http://127.0.0.1:9811', false],
    ['http', undefined, '127.0.0.1:9810', 'null', false],
    ['http', undefined, '127.0.0.1:9810', undefined, false],
    ['https', undefined, 'ringside.example.net', 'https://ringside.example.net', true],
    ['https', undefined, 'ringside.example.net', 'https://evil.example.net', false],
    ['http', 'https://ringside.example.net', '127.0.0.1:9810', 'https://ringside.example.net', true],
    ['http', undefined, '127.0.0.1:9810', 'https://wall.example.net', true],
    ['http', undefined, '127.0.0.1:9810', 'https://wall.example.net.evil.example', false],
  ] as const)('over %s, opened as %s, asked as %s: %s is ours: %s', (scheme, url, host, origin, isOurs) => {
    const more = url === undefined ? { scheme } : { scheme, url };
    const { door } = new SomeDoor({ users, origins: ['https://wall.example.net'] }, more);
    expect(door.isOurs({ headers: { host, origin } })).toBe(isOurs);
  });
});
