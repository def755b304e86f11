import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Front, type FrontSettings } from '../../src/http/front.ts';
import type { AuditEntry } from '../../src/store/ports.ts';
import { PASSWORD, someToken, someUser } from '../access/some-users.ts';
import { selfSigned } from '../support/certificate.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someAccess, someServerPorts } from './some-server.ts';

class Running {
  readonly clock = new VirtualClock(Date.now());
  readonly log = new MemoryLog();
  readonly audit: AuditEntry[] = [];
  readonly front: Front;
  readonly settings: FrontSettings;

  constructor(changes: Partial<FrontSettings> = {}) {
    const { report, metrics, readiness, definition, version, board } = someServerPorts();
    this.settings = {
      access: someAccess(),
      http: { host: '127.0.0.1', port: 0 },
      metrics: { host: '127.0.0.1', allowPlain: false },
      ...changes,
    };
    this.front = new Front({
      report,
      metrics,
      readiness,
      definition,
      version,
      board,
      settings: this.settings,
      clock: this.clock,
      log: this.log,
      audit: {
        record: (entry) => Promise.resolve(void this.audit.push(entry)),
        entries: () => Promise.resolve(this.audit),
      },
    });
  }

  async listen(): Promise<this> {
    onTestFinished(() => this.front.stop());
    await this.front.listen();
    return this;
  }
}

class Files {
  readonly folder = mkdtempSync(join(tmpdir(), 'ringside-tls-'));
  readonly certFile = join(this.folder, 'a.crt');
  readonly keyFile = join(this.folder, 'a.key');
  #stamp = 1_700_000_000;

  constructor() {
    onTestFinished(() => rmSync(this.folder, { recursive: true }));
  }

  write(pair: { readonly cert: string; readonly key: string }): void {
    writeFileSync(this.certFile, pair.cert);
    writeFileSync(this.keyFile, pair.key, { mode: 0o600 });
    this.#stamp += 10;
    for (const file of [this.certFile, this.keyFile]) utimesSync(file, this.#stamp, this.#stamp);
  }
}

function certificateAt(url: string): Promise<PeerCertificate> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

function statusOver(url: string, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { ca }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

const ACCESS = someAccess({ users: [someUser()], tokens: [someToken({ name: 'prom', for: 'metrics' })] });

describe('TLS', () => {
  it('is answered by the certificate of the files, and by another once they have changed', async () => {
    const files = new Files();
    const [first, second] = [await selfSigned(), await selfSigned()];
    files.write(first);
    const { certFile, keyFile } = files;
    const running = await new Running({
      access: ACCESS,
      http: { host: '127.0.0.1', port: 0, tls: { certFile, keyFile } },
    }).listen();
    const { url } = running.front;
    expect(url).toMatch(/^https:/);
    expect(await statusOver(`${url}/healthz`, first.cert)).toBe(200);
    const before = await certificateAt(url);

    files.write({ cert: second.cert, key: first.key });
    await vi.waitFor(() => {
      running.clock.advance(5000);
      expect(running.log.lines.at(-1)?.line).toBe('the new certificate cannot be used: the one before stays');
    });
    expect(running.log.lines.at(-1)).toMatchObject({
      level: 'error',
      facts: { fault: `${keyFile} is a file whose key is not that of the certificate` },
    });
    expect((await certificateAt(url)).fingerprint256).toBe(before.fingerprint256);
    const said = running.log.lines.length;

    files.write(second);
    await vi.waitFor(() => {
      running.clock.advance(5000);
      expect(running.log.lines.at(-1)?.line).toBe('certificate taken into use');
    });
    // What was broken was said once.
    expect(running.log.lines.length).toBe(said + 1);
    expect((await certificateAt(url)).fingerprint256).not.toBe(before.fingerprint256);
    expect(await statusOver(`${url}/healthz`, second.cert)).toBe(200);
    expect(JSON.stringify(running.log.lines)).not.toContain('PRIVATE KEY');
  });

  it('that cannot be begun is said in a sentence', async () => {
    const files = new Files();
    const { certFile, keyFile } = files;
    const running = new Running({ http: { host: '127.0.0.1', port: 0, tls: { certFile, keyFile } } });
    await expect(running.front.listen()).rejects.toThrow(`${certFile} cannot be read (ENOENT)`);
    await running.front.stop();
  });
});

describe('/metrics on a port of its own', () => {
  const own = { host: '127.0.0.1', port: 0, allowPlain: false };

  it('is answered there and nowhere else, with nothing beside it', async () => {
    const { front } = await new Running({ metrics: own }).listen();
    expect((await fetch(`${front.metricsUrl}/metrics`)).status).toBe(200);
    expect((await fetch(`${front.metricsUrl}/api/report`)).status).toBe(404);
    expect((await fetch(`${front.url}/metrics`)).status).toBe(404);
  });

  it('asks for a token where there is one for it', async () => {
    const { front } = await new Running({ metrics: own, access: ACCESS }).listen();
    const url = `${front.metricsUrl}/metrics`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: 'Bearer the-token-of-wall' } })).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: 'Bearer the-token-of-prom' } })).status).toBe(200);
  });

  it('is open on every address where that is allowed, to private ones', async () => {
    const metrics = { host: '0.0.0.0', port: 0, allowPlain: true };
    const { front } = await new Running({ metrics }).listen();
    const { port } = new URL(front.metricsUrl ?? '');
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
  });
});

describe('who comes and goes', () => {
  it('is written down, without a password or a session', async () => {
    const { front, audit, log, clock } = await new Running({ access: ACCESS }).listen();
    const headers = { origin: front.url, 'content-type': 'application/json' };
    const send = (path: string, body: object, cookie = ''): Promise<Response> =>
      fetch(`${front.url}${path}`, {
        method: 'POST',
        headers: { ...headers, cookie },
        body: JSON.stringify(body),
      });
    await send('/sign-in', { name: 'li.na', password: 'xyzzy-wrong' });
    const answer = await send('/sign-in', { name: 'li.na', password: PASSWORD });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await send('/sign-out', {}, cookie);
    const entry = { atMs: clock.nowMs(), who: 'li.na', about: '' };
    expect(audit).toEqual([
      { ...entry, what: 'sign-in-refused', detail: 'password' },
      { ...entry, what: 'sign-in', detail: 'password' },
      { ...entry, what: 'sign-out', detail: '' },
    ]);
    const written = JSON.stringify([audit, log.lines]);
    for (const secret of ['xyzzy', PASSWORD, cookie.split('=')[1] ?? '?', '$scrypt$']) {
      expect(written).not.toContain(secret);
    }
  });

  it('is out at once when a reload removes the user', async () => {
    const running = await new Running({ access: ACCESS }).listen();
    const { front, settings } = running;
    const ended: string[] = [];
    front.gate.onSessionEnd(({ name }) => ended.push(name));
    const answer = await fetch(`${front.url}/sign-in`, {
      method: 'POST',
      headers: { origin: front.url, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'li.na', password: PASSWORD }),
    });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await fetch(`${front.url}/api/me`, { headers: { cookie } })).status).toBe(200);
    front.redefine({ ...settings, access: someAccess({ users: [someUser({ name: 'wang' })] }) });
    expect(ended).toEqual(['li.na']);
    expect((await fetch(`${front.url}/api/me`, { headers: { cookie } })).status).toBe(401);
  });
});
