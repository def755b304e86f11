/** What a change carries so that who reads it knows when it was written: an instant, in letters. */
const HEAD = '"pausedReason":"at-';
const LETTERS = 'abcdefghijklmnop';

/** Microseconds of the one clock of all processes of the machine. */
const nowUs = (): number => Number(process.hrtime.bigint() / 1000n);

/** A pause's reason that says now; numbers of 7 digits would be masked. */
export function markOfNow(): string {
  return `at-${[...nowUs().toString(16)].map((digit) => LETTERS[Number.parseInt(digit, 16)]).join('')}`;
}

/** The marks of frames, read once however many get the same frame. */
export class Marks {
  #frame = Buffer.alloc(0);
  #atUs: readonly number[] = [];

  /** Tells how many ms ago each mark in this frame was made. */
  read(frame: Buffer, tell: (ageMs: number) => void): void {
    const now = nowUs();
    if (!frame.equals(this.#frame)) {
      this.#frame = Buffer.from(frame);
      this.#atUs = instantsIn(frame);
    }
    for (const atUs of this.#atUs) tell((now - atUs) / 1000);
  }
}

function instantsIn(frame: Buffer): number[] {
  const instants: number[] = [];
  for (let at = frame.indexOf(HEAD); at >= 0; at = frame.indexOf(HEAD, at + 1)) {
    const from = at + HEAD.length;
    const text = frame.toString('latin1', from, frame.indexOf('"', from));
    const hex = [...text].map((letter) => LETTERS.indexOf(letter).toString(16)).join('');
    instants.push(Number.parseInt(hex, 16));
  }
  return instants;
}
