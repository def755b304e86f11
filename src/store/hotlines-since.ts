import { z } from 'zod';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { HotlineSince } from '../rates/kept-sums.ts';
import type { DefinitionInForce } from './ports.ts';

type HotlineName = Pick<HotlineSince, 'pbx' | 'name'>;

const settingsSchema = z.object({ hotlines: z.array(z.object({ pbx: z.string(), name: z.string() })) });

/**
 * Since when each hotline of `definition`, in force since `atMs`, is in force without a break: its calls were not
 * counted before (norm.md section 1, "since"). `history`: what was in force before, the first one first.
 */
export function hotlinesSince(
  history: readonly DefinitionInForce[],
  definition: WatchDefinition,
  atMs: number,
): readonly HotlineSince[] {
  let running = new Map<string, HotlineSince>();
  const all = [
    ...history.map((then) => ({ atMs: then.atMs, hotlines: hotlinesOf(then.settings) })),
    { atMs, hotlines: definition.hotlines },
  ];
  for (const then of all) {
    const before = running;
    running = new Map(
      then.hotlines.map(({ pbx, name }) => {
        const key = JSON.stringify([pbx, name]);
        return [key, before.get(key) ?? { pbx, name, sinceMs: then.atMs }];
      }),
    );
  }
  return [...running.values()];
}

/** None of settings that cannot be read: nobody can say then that it was one of them. */
function hotlinesOf(settings: string): readonly HotlineName[] {
  try {
    return settingsSchema.safeParse(JSON.parse(settings)).data?.hotlines ?? [];
  } catch {
    return [];
  }
}
