import { stringify } from 'yaml';
import type { CompiledConfig } from '../../src/config/compile.ts';
import { loadConfigText } from '../../src/config/load.ts';
import type { Placed } from './pbx-config.ts';
import type { AmiPlace } from './places.ts';
import type { Scenario } from './scenario.ts';

export const PBX_NAME = 'asterisk';
/** Numbers of the norm's inspectors, in every scenario. */
const TEST_NUMBERS = ['13800000001'];

/** The daemon's configuration for the scenarios, as its operator would write it. */
export function configText(
  placed: readonly Placed[],
  ami: Pick<AmiPlace, 'address' | 'amiPort' | 'secret'>,
): string {
  return stringify({
    company: { zone: 'Asia/Shanghai' },
    http: { port: 0 },
    pbxs: [
      {
        name: PBX_NAME,
        ami: { host: ami.address, port: ami.amiPort, user: 'ringside', secret: ami.secret },
        trunks: [{ name: 'carrier', interface: 'PJSIP/carrier' }],
        queues: placed.flatMap(({ scenario, names }) =>
          Object.entries(scenario.queues ?? {}).map(([name, queue]) => ({
            name: names.queue(name),
            wrapupS: queue.wrapupS ?? 0,
            emergency: scenario.emergency === true,
          })),
        ),
        seats: placed.flatMap(({ scenario, names }) =>
          Object.keys(scenario.seats ?? {}).map((seat) => ({
            interface: names.seat(seat),
            name: names.agent(seat),
          })),
        ),
      },
    ],
    hotlines: placed.filter(({ scenario }) => scenario.unlisted !== true).flatMap(hotlines),
  });
}

/** The same, read by the product's own loader. Throws with its words if it finds a mistake. */
export async function compiledConfig(
  placed: readonly Placed[],
  ami: Pick<AmiPlace, 'address' | 'amiPort' | 'secret'>,
): Promise<CompiledConfig> {
  const loaded = await loadConfigText(configText(placed, ami), { file: 'scenarios.yaml', environment: {} });
  if (loaded.ok) return loaded.config;
  throw new Error(loaded.mistakes.map(({ path, message }) => `${path}: ${message}`).join('\n'));
}

function hotlines({ scenario, names }: Placed): object[] {
  const hotline = {
    name: scenario.key,
    title: scenario.title,
    kind: scenario.kind,
    numbers: [names.number],
    trunks: ['carrier'],
    ...contextsOf(scenario, names.fill),
    queues: Object.keys(scenario.queues ?? {}).map(names.queue),
    emergency: scenario.emergency === true,
    hours: { week: { 'mon-sun': scenario.hours === 'closed' ? 'closed' : '24h' } },
    testNumbers: TEST_NUMBERS,
  };
  if (scenario.second === undefined) return [hotline];
  const second = { name: `${scenario.key}-second`, kind: scenario.second, numbers: [names.secondNumber] };
  return [hotline, { ...second, hours: hotline.hours }];
}

/** What the configuration and the AMI user's filter both have to name. */
export function contextsOf(
  scenario: Scenario,
  fill: (text: string) => string,
): Readonly<
  Record<'attendantContexts' | 'voicemailContexts' | 'callbackContexts' | 'closedContexts', string[]>
> {
  const named = (context: string | undefined): string[] => (context === undefined ? [] : [fill(context)]);
  return {
    attendantContexts:
      scenario.kind === 'attendant' && scenario.dialplan.includes('[ivr-') ? [`ivr-${scenario.key}`] : [],
    voicemailContexts: named(scenario.voicemailContext),
    callbackContexts: named(scenario.callbackContext),
    closedContexts: named(scenario.closedContext),
  };
}
