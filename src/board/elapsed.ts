/** `0:05`, `12:05`, `2:01:05`, `3 d 04:05`: lines up in a column, and is read alike in every language. Whole seconds that have passed. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h >= 48) return `${Math.floor(h / 24)} d ${twoDigits(h % 24)}:${twoDigits(m)}`;
  return h > 0 ? `${h}:${twoDigits(m)}:${twoDigits(s)}` : `${m}:${twoDigits(s)}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
