import type { HotlineDefinition } from '../hotlines/definition.ts';

/** What a dialplan context means on a hotline. */
export type ContextRole = 'attendant' | 'voicemail' | 'callback' | 'closed' | 'emergency';

const NONE: readonly ContextRole[] = [];

/**
 * Context -> its meaning, for each hotline as it was defined when the call reached it: a reload does not change what
 * an open call is scored by.
 */
export class ContextRoles {
  readonly #known = new WeakMap<HotlineDefinition, ReadonlyMap<string, readonly ContextRole[]>>();

  of(hotline: HotlineDefinition, context: string): readonly ContextRole[] {
    let roles = this.#known.get(hotline);
    if (!roles) {
      roles = rolesOf(hotline);
      this.#known.set(hotline, roles);
    }
    return roles.get(context) ?? NONE;
  }
}

function rolesOf(hotline: HotlineDefinition): ReadonlyMap<string, readonly ContextRole[]> {
  const named: readonly (readonly [ContextRole, readonly string[]])[] = [
    ['emergency', hotline.emergencyContexts],
    ['attendant', hotline.attendantContexts],
    ['voicemail', hotline.voicemailContexts],
    ['callback', hotline.callbackContexts],
    ['closed', hotline.closedContexts],
  ];
  const roles = new Map<string, ContextRole[]>();
  for (const [role, contexts] of named) {
    for (const context of contexts) {
      const known = roles.get(context);
      if (known) known.push(role);
      else roles.set(context, [role]);
    }
  }
  return roles;
}
