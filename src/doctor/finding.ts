export const FINDING_LEVELS = ['wrong', 'warning', 'right', 'note'] as const;
/** `note`: neither right nor wrong, such as what was not seen yet and so could not be judged. */
export type FindingLevel = (typeof FINDING_LEVELS)[number];

/** One thing the doctor looked at, in plain words. Never holds a secret or a caller's number. */
export interface Finding {
  readonly level: FindingLevel;
  readonly what: string;
  /** What it comes from or leads to; empty where `what` says it all. */
  readonly why: string;
  /** What to change, and where; empty where there is nothing to change. */
  readonly change: string;
}

export const right = (what: string): Finding => ({ level: 'right', what, why: '', change: '' });
export const note = (what: string, change = ''): Finding => ({ level: 'note', what, why: '', change });
export const warning = (what: string, why: string, change: string): Finding => {
  return { level: 'warning', what, why, change };
};
export const wrong = (what: string, why: string, change: string): Finding => {
  return { level: 'wrong', what, why, change };
};

/** What was found at one exchange. */
export interface ExchangeFindings {
  readonly pbx: string;
  /** `127.0.0.1:5038` */
  readonly address: string;
  readonly findings: readonly Finding[];
}
