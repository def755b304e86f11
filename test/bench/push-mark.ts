/** What a change carries so that who reads it knows when it was written: an instant, in letters. */
const HEAD = '"pausedReason":"at-';
const LETTERS = 'abcdefghijklmnop';

/** A pause's reason that says now; numbers of 7 digits would be masked. */
export function markOfNow(): string {
  const hex = process.hrtime.bigint().toString(16);
  return `at-${[...hex].map((digit) => LETTERS[Number.parseInt(digit, 16)]).join('')}`;
}

/** Ms since each mark in these bytes was made; the clock is one for all processes of the machine. */
export function agesOf(frame: Buffer, tell: (ageMs: number) => void): void {
  const now = process.hrtime.bigint();
  for (let at = frame.indexOf(HEAD); at >= 0; at = frame.indexOf(HEAD, at + 1)) {
    const from = at + HEAD.length;
    const text = frame.toString('latin1', from, frame.indexOf('"', from));
    const hex = [...text].map((letter) => LETTERS.indexOf(letter).toString(16)).join('');
    tell(Number(now - BigInt(`0x${hex}`)) / 1e6);
  }
}
