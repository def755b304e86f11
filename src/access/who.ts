/** What one may do, from least to most: look; move seats, acknowledge, close call-backs; see the audit and everything. */
export const ROLES = ['viewer', 'leader', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What is theirs, by name; `'all'` leaves nothing out. A seat is theirs by its own name or by a queue it is a member of. */
export interface Sight {
  readonly hotlines: 'all' | readonly string[];
  readonly queues: 'all' | readonly string[];
  /** Interfaces or configured names, beside the members of their queues. */
  readonly seats: readonly string[];
}

/** Who asks, after it was proven who it is. Everything that is refused or allowed goes by this. */
export interface Who {
  /** What the audit names; unique. */
  readonly name: string;
  /** How people call them: the name, where nothing else is known. '' for whoever is on this machine. */
  readonly title: string;
  readonly role: Role;
  readonly sees: Sight;
  /** Caller numbers in clear, one at a time, each look recorded. Never for a machine, nor where nobody had to sign in. */
  readonly mayUnmask: boolean;
  /** A person who signed in, a token of a machine, or whoever is on this machine while there are no users. */
  readonly kind: 'person' | 'machine' | 'local';
}

export const EVERYTHING: Sight = { hotlines: 'all', queues: 'all', seats: [] };

export function isAtLeast(who: Who, role: Role): boolean {
  return ROLES.indexOf(who.role) >= ROLES.indexOf(role);
}
