import { z } from 'zod';
import { TARGETS, type Target } from '../calls/facts.ts';
import type { HotlineDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { formulaOf } from '../rates/formula.ts';
import { targetsOf } from '../rates/hotline-tally.ts';
import { settingsText } from '../store/definition-text.ts';
import type { DefinitionInForce } from '../store/ports.ts';
import { isoOf } from './iso.ts';

/** What figures are made by: formulas and settings as in force, and when that changed. It holds nobody's number. */
export const definitionSchema = z
  .object({
    hash: z.string().describe('as in the metric ringside_definition_info'),
    since: z.string().nullable().describe('null where there is no journal'),
    sinceMs: z.number().nullable(),
    hotlines: z
      .array(
        z
          .object({
            pbx: z.string(),
            hotline: z.string(),
            title: z.string(),
            formulas: z
              .array(
                z
                  .object({
                    target: z.enum(TARGETS),
                    targetRatio: z.number().nullable().describe('null: nothing may be missed'),
                    formula: z.string(),
                  })
                  .readonly(),
              )
              .readonly(),
          })
          .readonly(),
      )
      .readonly(),
    settings: z.unknown().describe("everything a figure of calls and seats depends on, but people's numbers"),
    changes: z
      .array(z.object({ at: z.string().nullable(), atMs: z.number(), hash: z.string() }).readonly())
      .readonly()
      .nullable()
      .describe('from each instant on, the newest last; null where there is no journal'),
  })
  .readonly();
export type DefinitionDocument = z.infer<typeof definitionSchema>;

/** @param changes as the journal has them; undefined where there is none. */
export function definitionDocument(
  definition: WatchDefinition,
  changes: readonly DefinitionInForce[] | undefined,
): DefinitionDocument {
  const last = changes?.at(-1);
  const sinceMs = last?.hash === definition.hash ? last.atMs : null;
  return {
    hash: definition.hash,
    since: isoOf(sinceMs),
    sinceMs,
    hotlines: definition.hotlines.map((hotline) => ({
      pbx: hotline.pbx,
      hotline: hotline.name,
      title: hotline.title,
      formulas: targetsOf(hotline).map((target) => ({
        target,
        targetRatio: ratioOf(target, hotline),
        formula: formulaOf(target, hotline),
      })),
    })),
    settings: JSON.parse(settingsText(definition)),
    changes: changes?.map(({ atMs, hash }) => ({ at: isoOf(atMs), atMs, hash })) ?? null,
  };
}

const ratioOf = (target: Target, hotline: HotlineDefinition): number | null =>
  target === 'after-hours' ? null : hotline.targets[target];
