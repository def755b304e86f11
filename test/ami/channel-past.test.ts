import { expect, it } from 'vitest';
import { PAST_VARIABLES, statusLine } from '../../src/ami/list-lines.ts';
import { AmiMessage } from '../../src/ami/message.ts';

const status = (...variables: readonly string[]) => {
  const lines = ['Event: Status', 'Uniqueid: 1.1', ...variables.map((text) => `Variable: ${text}`)];
  const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
  return statusLine(new AmiMessage(bytes, 0, bytes.length)).past;
};

it('reads what Status tells of the variables that it is asked for, as a real exchange writes them', () => {
  const past = status(
    'BLINDTRANSFER=PJSIP/seat1131-0000000a',
    'ATTENDEDTRANSFER=(null)',
    'DIALSTATUS=',
    'QUEUESTATUS=(null)',
    'QUEUEPOSITION=1',
  );
  expect(past).toEqual({
    passedOnBy: 'PJSIP/seat1131-0000000a',
    dialStatus: '',
    queueStatus: '',
    hasLeftQueue: true,
  });
});

it('takes the first of a variable, and nothing out of what is none', () => {
  expect(status('DIALSTATUS=BUSY', 'DIALSTATUS=ANSWER', '=x', 'QUEUEPOSITION')).toEqual({
    passedOnBy: '',
    dialStatus: 'BUSY',
    queueStatus: '',
    hasLeftQueue: false,
  });
});

it('says nothing where Status tells of no variables', () => {
  expect(status()).toBeUndefined();
});

it('asks for names alone: functions of the dialplan do not belong there', () => {
  expect(PAST_VARIABLES).toMatch(/^[A-Z]+(,[A-Z]+)*$/);
});
