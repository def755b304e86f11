/** Cuts bytes into pieces of chance lengths, many of them short; the same seed cuts the same bytes the same way. */
export function piecesOf(bytes: Buffer, seed: number): Buffer[] {
  const pieces: Buffer[] = [];
  let state = seed + 1;
  for (let at = 0; at < bytes.length;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const chance = state >>> 16;
    const length = seed === 0 ? 1 : 1 + (chance % (chance % 7 === 0 ? 64 : 5));
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}
