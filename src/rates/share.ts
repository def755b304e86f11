/** No calls is no data, never 0 % and never 100 %. */
export function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
