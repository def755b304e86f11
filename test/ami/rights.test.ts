import { describe, expect, it } from 'vitest';
import {
  allowedActions,
  judgeRights,
  missingReadClasses,
  READING_RIGHTS,
  rightsWarnings,
} from '../../src/ami/rights.ts';

const answer: [string, string][] = [
  ['Response', 'Success'],
  ['ActionID', '1'],
  ['CoreShowChannels', 'List currently active channels.  (Priv: system,reporting,all)'],
  ['Status', 'List channel status.  (Priv: system,call,reporting,all)'],
  ['CoreStatus', 'Show PBX core status variables.  (Priv: system,reporting,all)'],
  ['Ping', 'Keepalive command.  (Priv: <none>)'],
];
const judge = (lines: [string, string][]): ReturnType<typeof judgeRights> =>
  judgeRights(allowedActions(lines), READING_RIGHTS);

describe('rights', () => {
  it('finds nothing to say of a login that may do what it needs', () => {
    expect(judge(answer)).toEqual({ excess: [], missing: [] });
    expect(rightsWarnings('ringside', judge(answer), 'reporting')).toEqual([]);
  });

  it('names each class to take away with what it allows, the most dangerous first', () => {
    const wide: [string, string][] = [
      ...answer,
      ['Redirect', 'Redirect (transfer) a call.  (Priv: call,all)'],
      ['UpdateConfig', 'Update basic configuration.  (Priv: config,all)'],
      ['Originate', 'Originate a call.  (Priv: originate,all)'],
      ['Strange', 'New in a later release.  (Priv: strange,all)'],
    ];
    expect(rightsWarnings('ringside', judge(wide), 'reporting')).toEqual([
      'AMI user ringside has too many rights. Take out of its write= line in manager.conf: ' +
        '"originate" (place calls and run programs (CVE-2024-42365)), ' +
        '"config" (rewrite Asterisk\'s configuration files), ' +
        '"call" (hang up, redirect and take over calls), "strange" (Strange); "reporting" alone is enough.',
    ]);
  });

  it('names what is missing and the class that brings it', () => {
    const verdict = judge(answer.filter(([name]) => name !== 'CoreShowChannels' && name !== 'CoreStatus'));
    expect(verdict.missing).toEqual(['CoreShowChannels', 'CoreStatus']);
    expect(rightsWarnings('ringside', verdict, 'reporting')[0]).toMatch(
      /may not do CoreShowChannels, CoreStatus/,
    );
  });
});

describe('missingReadClasses', () => {
  const seen = (byName: Record<string, number>, channelsCame = true, queuesMoved = true): string[] =>
    missingReadClasses({ byName: new Map(Object.entries(byName)), channelsCame, queuesMoved });

  it('says nothing where nothing happened, or where events of each class came', () => {
    expect(seen({}, false, false)).toEqual([]);
    expect(seen({ Newchannel: 9, QueueCallerJoin: 3, Newexten: 3 })).toEqual([]);
  });

  it('names the class whose events should have come', () => {
    expect(seen({ QueueCallerJoin: 1 })).toEqual(['call']);
    expect(seen({ Newchannel: 9 })).toEqual(['agent']);
    expect(seen({ Newchannel: 9, QueueCallerJoin: 3 })).toEqual(['dialplan']);
  });
});
