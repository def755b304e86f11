import type {
  AccessDefinition,
  GroupDefinition,
  TokenDefinition,
  UserDefinition,
} from './access-definition.ts';
import type { Admission } from './sessions.ts';
import { EVERYTHING, type Role, type Sight, type Who } from './who.ts';

/** A user of the configuration, however they proved who they are. */
export function admitUser(user: UserDefinition, access: AccessDefinition): Admission {
  const { name, title, role, sees } = user;
  return admission({ name, title, role, sees }, access, user);
}

/** Somebody the sign-in elsewhere knows and the configuration does not, by a group of theirs. */
export function admitMember(name: string, group: GroupDefinition, access: AccessDefinition): Admission {
  const { role, sees } = group;
  return admission({ name, title: name, role, sees }, access, { ...group, name, oidc: access.oidc?.issuer });
}

/** A display on a wall: looks, and never at a number. */
export function admitMachine({ name, sees }: TokenDefinition): Who {
  return Object.freeze({ name, title: name, role: 'viewer', sees, mayUnmask: false, kind: 'machine' });
}

/** Whoever is on this machine, where nobody has to sign in. */
export function admitLocal({ local }: AccessDefinition): Who {
  return Object.freeze({
    name: 'local',
    title: '',
    role: local,
    sees: EVERYTHING,
    mayUnmask: false,
    kind: 'local',
  });
}

/** Whether what let somebody in would let them in again, and as the same. */
export function isStillGranted({ who, grant }: Admission, access: AccessDefinition): boolean {
  const user = access.users.find(({ name }) => name === who.name);
  if (user !== undefined) return admitUser(user, access).grant === grant;
  return access.oidc?.groups.some((group) => admitMember(who.name, group, access).grant === grant) ?? false;
}

function admission(
  person: { readonly name: string; readonly title: string; readonly role: Role; readonly sees: Sight },
  { unmask }: AccessDefinition,
  by: object,
): Admission {
  const mayUnmask = unmask.includes(person.role);
  const who: Who = Object.freeze({ ...person, mayUnmask, kind: 'person' });
  return { who, grant: JSON.stringify([by, mayUnmask]) };
}
