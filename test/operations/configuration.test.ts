import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { run } from './promtool.ts';

const FOLDER = join(import.meta.dirname, '../../dashboards');
const ALERTMANAGER = join(FOLDER, 'alertmanager/alertmanager.yml');
const fine = { code: 0, output: expect.stringContaining('SUCCESS') as string };

describe('the files for Prometheus', () => {
  it.each(['recording.rules.yml', 'alerts.rules.yml'])('%s is as promtool would have it', async (file) => {
    const rules = join(FOLDER, 'prometheus', file);
    expect(await run(inject('tools').promtool, ['check', 'rules', '--lint-fatal', rules])).toEqual(fine);
  });

  it('prometheus.yml finds the rules beside it', async () => {
    const config = join(FOLDER, 'prometheus/prometheus.yml');
    const { code, output } = await run(inject('tools').promtool, ['check', 'config', '--lint-fatal', config]);
    expect({ code, output }).toEqual(fine);
    expect(output).toContain('2 rule files found');
  });
});

describe('the example for Alertmanager', () => {
  it('is as amtool would have it', async () => {
    expect(await run(inject('tools').amtool, ['check-config', ALERTMANAGER])).toEqual(fine);
  });

  it.each([
    ['page', ['alertname=AnswerRateFalling', 'severity=page', 'hotline=gas']],
    ['notice', ['alertname=AnswerRateFalling', 'severity=notice', 'hotline=gas']],
    ['page', ['alertname=EmergencyNotAnswered', 'severity=page', 'hotline=gas', 'count=7']],
    ['page', ['alertname=RingsideDown', 'severity=page']],
    ['notice', ['alertname=BlindTime', 'severity=notice', 'pbx=north']],
    // Of a severity that nobody thought of somebody hears all the same.
    ['notice', ['alertname=Other', 'severity=other']],
  ])('sends a %s to whom it is for: %j', async (receiver, labels) => {
    const asked = ['config', 'routes', 'test', `--config.file=${ALERTMANAGER}`, ...labels];
    const { code, output } = await run(inject('tools').amtool, [...asked, `--verify.receivers=${receiver}`]);
    expect(output.trim().split('\n').at(-1)).toBe(receiver);
    expect(code).toBe(0);
  });
});
