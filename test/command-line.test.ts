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
    for (const name of ['check', 'doctor', 'init', 'record', 'replay', '--config', '--version'])
      expect(USAGE).toContain(name);
  });
});
