/** Asterisk's own numbers for the state of a queue member's device (`AST_DEVICE_…`), in the field's words. */
export const MEMBER_STATUSES = [
  'unknown',
  'not_in_use',
  'in_use',
  'busy',
  'invalid',
  'unavailable',
  'ringing',
  'ring_in_use',
  'on_hold',
] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

/** A number no release has sent yet is `unknown`. */
export function memberStatusOf(status: number): MemberStatus {
  return MEMBER_STATUSES[status] ?? 'unknown';
}
