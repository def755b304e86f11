import type { HotlineDefinition } from '../hotlines/definition.ts';

/** What a dialplan context means on one hotline. */
export interface ContextRole {
  readonly hotline: HotlineDefinition;
  readonly role: 'attendant' | 'voicemail' | 'callback' | 'closed' | 'emergency';
}

/** Context name -> what it means, and on which hotlines; made once a definition. */
export function rolesOfContexts(
  hotlines: readonly HotlineDefinition[],
): ReadonlyMap<string, readonly ContextRole[]> {
  const roles = new Map<string, ContextRole[]>();
  const add = (hotline: HotlineDefinition, role: ContextRole['role'], contexts: readonly string[]) => {
    for (const context of contexts) {
      const known = roles.get(context);
      if (known) known.push({ hotline, role });
      else roles.set(context, [{ hotline, role }]);
    }
  };
  for (const hotline of hotlines) {
    add(hotline, 'attendant', hotline.attendantContexts);
    add(hotline, 'voicemail', hotline.voicemailContexts);
    add(hotline, 'callback', hotline.callbackContexts);
    add(hotline, 'closed', hotline.closedContexts);
    add(hotline, 'emergency', hotline.emergencyContexts);
  }
  return roles;
}
