import { describe, expect, it } from 'vitest';
import { readCommand, USAGE } from '../src/command-line.ts';

const TRY = '\nTry "ringside --help".';

describe('the command line', () => {
  it.each([
    [[], { name: 'run', config: undefined, seed: undefined }],
    [['--config', 'a.yaml'], { name: 'run', config: 'a.yaml', seed: undefined }],
    [['--seed', '7'], { name: 'run', config: undefined, seed: 7 }],
    [['check', 'a.yaml'], { name: 'check', file: 'a.yaml' }],
    [['doctor', '-c', 'a.yaml'], { name: 'doctor', config: 'a.yaml', seconds: undefined, json: false }],
    [
      ['doctor', '-c', 'a.yaml', '--seconds', '5', '--json'],
      { name: 'doctor', config: 'a.yaml', seconds: 5, json: true },
    ],
    [
      ['init', '--host', 'pbx', '--user', 'u', '--secret-file', 's', '--port', '5039', '--out', 'o'],
      {
        name: 'init',
        host: 'pbx',
        port: 5039,
        user: 'u',
        secretFile: 's',
        tls: false,
        caFile: undefined,
        seconds: undefined,
        out: 'o',
      },
    ],
    [
      ['init', '--host', 'pbx', '--user', 'u', '--secret-file', 's', '--tls', '--ca', 'ca.pem'],
      {
        name: 'init',
        host: 'pbx',
        port: undefined,
        user: 'u',
        secretFile: 's',
        tls: true,
        caFile: 'ca.pem',
        seconds: undefined,
        out: undefined,
      },
    ],
    [
      ['record', '-c', 'a.yaml', '--out', 'o.ami', '--pbx', 'hq', '--seconds', '60'],
      { name: 'record', config: 'a.yaml', out: 'o.ami', pbx: 'hq', seconds: 60 },
    ],
    [
      ['replay', 'o.ami', '-c', 'a.yaml'],
      { name: 'replay', file: 'o.ami', config: 'a.yaml', pbx: undefined, json: false },
    ],
    [
      ['replay', 'o.ami', '-c', 'a.yaml', '--json', '--pbx', 'hq'],
      { name: 'replay', file: 'o.ami', config: 'a.yaml', pbx: 'hq', json: true },
    ],
    [
      ['report', 'shift', '2026-11-21', 'early', '-c', 'a.yaml', '--format', 'csv'],
      {
        name: 'report',
        config: 'a.yaml',
        words: ['shift', '2026-11-21', 'early'],
        format: 'csv',
        language: undefined,
        out: undefined,
      },
    ],
    [
      ['export', '-c', 'a.yaml', '--from', '2026-10-01', '--out', 'o'],
      { name: 'export', config: 'a.yaml', from: '2026-10-01', until: undefined, out: 'o' },
    ],
    [
      ['import', 'queue_log', 'q', '-c', 'a.yaml', '--pbx', 'hq'],
      {
        name: 'import',
        config: 'a.yaml',
        file: 'q',
        pbx: 'hq',
        hotline: undefined,
        from: undefined,
        until: undefined,
      },
    ],
    [['forget', '-c', 'a.yaml'], { name: 'forget', config: 'a.yaml' }],
    [
      ['call-back', 'list', '-c', 'a.yaml', '--json'],
      { name: 'call-back-list', config: 'a.yaml', json: true },
    ],
    [
      ['call-back', 'close', '17', '-c', 'a.yaml', '--reason', 'not-wanted', '--by', 'Wang Fang'],
      { name: 'call-back-close', config: 'a.yaml', id: '17', reason: 'not-wanted', by: 'Wang Fang' },
    ],
    [['backup', 'b.db', '-c', 'a.yaml'], { name: 'backup', config: 'a.yaml', file: 'b.db' }],
    [
      ['restore', 'b.db', '-c', 'a.yaml', '--force'],
      { name: 'restore', config: 'a.yaml', file: 'b.db', force: true },
    ],
    [['key', 'new', 'k'], { name: 'key', keyFile: 'k' }],
    [['user', 'password'], { name: 'user-password' }],
    [['token', 'new'], { name: 'token-new' }],
    [['--help'], { name: 'help' }],
    [['--version'], { name: 'version' }],
  ])('%j', (words, command) => {
    expect(readCommand(words)).toEqual(command);
  });

  it.each([
    [['wach'], 'There is no command "wach".'],
    [['check'], '"ringside check" needs one FILE.'],
    [['check', 'a', 'b'], '"ringside check" needs one FILE.'],
    [['doctor'], '"ringside doctor" needs --config.'],
    [['init', '--user', 'u'], '"ringside init" needs --host.'],
    [['record', '-c', 'a'], '"ringside record" needs --out.'],
    [['replay', '-c', 'a'], '"ringside replay" needs one FILE.'],
    [['replay', 'o.ami'], '"ringside replay" needs --config.'],
    [['report', 'month'], '"ringside report" needs --config.'],
    [['import', 'cdr', 'f', '-c', 'a'], 'It is "ringside import queue_log FILE --config FILE".'],
    [['forget', '138', '-c', 'a'], 'It is "ringside forget --config FILE".'],
    [['call-back', '-c', 'a'], 'It is "ringside call-back list --config FILE" or'],
    [['call-back', 'list', '1', '-c', 'a'], 'It is "ringside call-back list --config FILE" or'],
    [['call-back', 'close', '1', '2', '-c', 'a'], 'close ID --reason TEXT --by NAME --config FILE".'],
    [['call-back', 'close', '1'], '"ringside call-back" needs --config.'],
    [['call-back', 'close', '1', '-c', 'a', '--by', 'W'], '"ringside call-back close" needs --reason.'],
    [['call-back', 'close', '1', '-c', 'a', '--reason', 'r'], '"ringside call-back close" needs --by.'],
    [['key', 'old', 'k'], 'It is "ringside key new FILE".'],
    [['user', 'password', 'secret-in-arguments'], 'It is "ringside user password".'],
    [['token', 'old'], 'It is "ringside token new".'],
    [['doctor', '-c', 'a', '--seconds', '1.5'], '--seconds takes a whole number from 1 to 86400.'],
    [['--seed', '-1'], "Option '--seed' argument is ambiguous."],
    [['--colour'], "Unknown option '--colour'"],
  ])('%j is a mistake that says what would be right', (words, message) => {
    const command = readCommand(words);
    expect(command.name).toBe('mistake');
    if (command.name !== 'mistake') return;
    expect(command.message).toContain(message);
    expect(command.message.endsWith(TRY)).toBe(true);
  });

  it('help names every command', () => {
    const commands =
      'check doctor init record replay report import export backup restore forget call-back key';
    for (const name of [...commands.split(' '), '--config', '--version']) expect(USAGE).toContain(name);
  });
});
