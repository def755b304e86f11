/** One thing that happened to a call and counts, in words; `rule` is the section of the norm that makes it count. */
export interface Reason {
  readonly atMs: number;
  readonly words: string;
  readonly rule: string;
}
