import { z } from 'zod';
import type { DefinitionInForce } from '../store/ports.ts';

const hotlineTermsSchema = z.object({
  pbx: z.string(),
  name: z.string(),
  emergency: z.boolean(),
  ringOutS: z.number(),
  shortAbandonS: z.number(),
  setAsideShort: z.boolean(),
  serviceLevelS: z.number(),
  targets: z.object({ auto: z.number(), transfer: z.number(), direct: z.number() }),
});
/** The settings of a hotline that its rates hang on, as they were. */
export type HotlineTerms = z.infer<typeof hotlineTermsSchema>;

const settingsSchema = z.object({ hotlines: z.array(hotlineTermsSchema) });

/**
 * The definition that a call was judged by: the one in force when it reached the hotline, or, of a call that was there
 * before the first one, when it ended. Undefined for one from before both (a past that was brought in).
 */
export function definitionOfCall(
  definitions: readonly DefinitionInForce[],
  call: { readonly reachedAtMs: number; readonly closedAtMs: number | null },
): DefinitionInForce | undefined {
  const at = (atMs: number): DefinitionInForce | undefined =>
    definitions.findLast((definition) => definition.atMs <= atMs);
  return at(call.reachedAtMs) ?? at(call.closedAtMs ?? Infinity);
}

/** What a definition said of a hotline; undefined where it had none such, or its settings are of a form we do not know. */
export function termsOf(
  definition: DefinitionInForce | undefined,
  pbx: string,
  hotline: string,
): HotlineTerms | undefined {
  if (definition === undefined) return undefined;
  return settingsSchema
    .safeParse(jsonOf(definition.settings))
    .data?.hotlines.find((terms) => terms.pbx === pbx && terms.name === hotline);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
