import { maskDigitRuns } from '../lib/mask.ts';
import { CLOSING_REASONS, type ClosingReason } from './call-back-closing.ts';

export type ReadReason =
  | { readonly ok: true; readonly reason: ClosingReason; readonly note: string }
  /** What is wrong, and what would be right. */
  | { readonly ok: false; readonly message: string };

const MOST_LETTERS = 500;
/** Written like one of ours: a slip in it must not become words that nobody judges. */
const LIKE_A_REASON = /^[a-z]+([-_][a-z]+)*$/i;

/**
 * Why a call-back is closed, as a person writes it: one of our reasons (`not-wanted`, `could not be reached`), alone or
 * with words behind it (`not-wanted: has gas again`), or words alone, which are `other`. What begins like a reason is
 * that reason: "could not be reached" may only be said after tries on two days (norm.md section 4), in whatever words.
 */
export function readClosingReason(text: string): ReadReason {
  const words = text.trim();
  const list = CLOSING_REASONS.join(', ');
  if (words === '') return { ok: false, message: `a reason is needed: one of ${list}, or your own words` };
  if (words.length > MOST_LETTERS || /\p{Cc}/u.test(words))
    return { ok: false, message: `a reason is one line of at most ${MOST_LETTERS} letters` };
  if (maskDigitRuns(words.replaceAll(/(?<=\d)[ -](?=\d)/g, '')).includes('*'))
    return { ok: false, message: "a reason holds no number: it is read by more people than the caller's is" };
  const plain = words.toLowerCase().replaceAll(/[\s_]/g, '-');
  const reason = CLOSING_REASONS.find(
    (one) => plain.startsWith(one) && !/^[a-z]/.test(plain.slice(one.length)),
  );
  if (reason !== undefined) {
    return { ok: true, reason, note: words.slice(reason.length).replace(/^[\s:,;.-]+/, '') };
  }
  if (LIKE_A_REASON.test(words)) {
    return { ok: false, message: `"${words}" is no reason: it is one of ${list}, or your own words` };
  }
  return { ok: true, reason: 'other', note: words };
}
