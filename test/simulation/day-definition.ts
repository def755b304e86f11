import { loadConfigText } from '../../src/config/load.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { practiceConfigText } from '../../src/simulator/practice-config.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';

export const LOGIN = { user: 'ringside', secret: 'a secret of the simulation' } as const;

/** The practice company as the daemon reads it out of its configuration file. */
export async function practiceDefinition(): Promise<WatchDefinition> {
  const text = practiceConfigText({ ...LOGIN, port: 5038, zone: SHANGHAI.zone });
  const loaded = await loadConfigText(text, { file: 'practice.yaml', environment: {} });
  if (!loaded.ok) throw new Error(`the practice configuration is wrong: ${JSON.stringify(loaded.mistakes)}`);
  return loaded.config.definition;
}
