import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const EXAMPLE = path('../../config/example.yaml');

async function check(file: string, environment: Record<string, string> = {}) {
  const { text, exitCode } = await checkConfig(file, environment);
  return { text: text.replaceAll(file, 'FILE'), exitCode };
}

describe('ringside check', () => {
  it('finds the example right, without a warning', async () => {
    expect(await check(EXAMPLE, { RINGSIDE_HQ_SECRET: 'xyzzy' })).toEqual({
      exitCode: 0,
      text: `FILE: right
  exchange hq: 127.0.0.1:5038, 3 trunks, 3 queues, 7 configured seats
    hotline service: attendant, 2 numbers, 84 h a week, Asia/Shanghai
    hotline emergency: people, 1 number, emergency, all hours, Asia/Shanghai
    hotline east: people, 1 number, 86.5 h a week, Asia/Shanghai
    hotline west: people, 1 number, 84 h a week, Asia/Shanghai
`,
    });
  });

  it('speaks of one as one', async () => {
    const { text } = await check(path('one-of-each.yaml'));
    expect(text).toContain('exchange hq: 127.0.0.1:5038, 1 trunk, 1 queue, 1 configured seat\n');
    expect(text).toContain('hotline service: people, 1 number, ');
  });

  it('only warns of a secret that the daemon will have and this place has not', async () => {
    const { text, exitCode } = await check(EXAMPLE);
    expect(exitCode).toBe(0);
    expect(text).toContain(
      'FILE:17:18: warning: pbxs[0].ami.secretEnv: names a variable that is not set here: the daemon must have it\nFILE: usable: 1 warning\n',
    );
  });

  it('tells every mistake and how many there are', async () => {
    const { text, exitCode } = await check(path('fixtures/unknown-setting.yaml'));
    expect(exitCode).toBe(1);
    expect(text).toContain('FILE:16:5: error: hotlines[0].titel: is no setting (did you mean "title"?)\n');
    expect(text).toMatch(/\nFILE: not usable: 3 errors(?:, 1 warning)?\n$/);
  });
});
