import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCommand } from '../../src/command-line.ts';
import { runJournalCommand } from '../../src/journal-commands.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { call } from '../attempts/calls.ts';
import { someFolder, someJournal } from '../store/journals.ts';
import { keyLine, NUMBERS, putKeys } from '../store/keys.ts';
import { factsOfCall, hotlines } from '../store/told-callers.ts';
import { someWatch } from '../support/definitions.ts';
import { MemoryLog } from '../support/memory-log.ts';

const ANN = '13800000001';

it('who is owed a call is listed and closed beside the daemon, numbers masked', async () => {
  const folder = someFolder();
  const [file, keyFile, config] = ['journal.db', 'numbers.keys', 'ringside.yaml'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  putKeys(keyFile, keyLine('k1', 1));
  writeFileSync(
    config,
    `company: { zone: Asia/Shanghai }
pbxs:
  - name: hq
    ami: { host: 127.0.0.1, user: ringside, secretEnv: NOT_SET_HERE }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
hotlines:
  - { name: gas, kind: people, numbers: ['4001'], hours: { week: { mon-sun: '08:00-20:00' } } }
numbers: { countryCode: '86' }
journal: { file: journal.db, keyFile: numbers.keys }
`,
    { mode: 0o600 },
  );
  const module = new URL('../../src/store/number-vault.ts', import.meta.url).href;
  const vault = { module, options: { keyFile, numbers: NUMBERS } };
  const { journal } = await someJournal(file, { definition: someWatch({ hotlines }), vault });
  const lost = call(Date.now() - 7_200_000, 'abandoned', { caller: ANN });
  for (const { fact } of factsOfCall(lost)) journal.append(fact);
  await journal.flush();
  const run = async (...words: string[]) => {
    let [said, complained] = ['', ''];
    const command = readCommand(['call-back', ...words, '--config', config]);
    if (command.name !== 'call-back-list' && command.name !== 'call-back-close')
      throw new Error(command.name);
    const code = await runJournalCommand(command, {
      write: (text) => void (said += text),
      complain: (text) => void (complained += text),
      clock: systemClock,
      log: new MemoryLog(),
      environment: {},
      input: (async function* () {})(),
    });
    return { code, said, complained };
  };
  const list = await run('list');
  expect(list).toMatchObject({ code: 0, complained: '' });
  expect(list.said).toMatch(/^ID +CALLER[^]*\n\d+ +138\*{4}0001 +hq\/gas .* 1 h .*\n1 open, 0 overdue\n$/);
  const { callBacks } = JSON.parse((await run('list', '--json')).said) as { callBacks: { id: string }[] };
  const id = callBacks[0]?.id ?? '';
  const closed = await run('close', id, '--reason', 'reached-otherwise', '--by', 'Wang Fang');
  expect(closed).toEqual({ code: 0, said: `call-back ${id} is closed: reached-otherwise\n`, complained: '' });
  expect(await run('list')).toEqual({ code: 0, said: 'nobody is owed a call back\n', complained: '' });
  expect(await run('close', id, '--reason', 'not-wanted', '--by', 'Wang Fang')).toEqual({
    code: 1,
    said: '',
    complained: 'nothing was closed: It is closed already.\n',
  });
});
