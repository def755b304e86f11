import type { Rate } from '../rates/report.ts';

/** How figures are written for people: never a ratio where there were no calls. */
export const percent = (ratio: number | null): string =>
  ratio === null ? 'no calls' : `${(Math.floor(ratio * 1000) / 10).toFixed(1)} %`;

export function duration(ms: number | null): string {
  if (ms === null) return '–';
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** norm.md section 1, verdicts: a sign beside the word, so that colour is never the only one. */
export const VERDICT_WORDS: Readonly<Record<Rate['verdict'], { sign: string; words: string }>> = {
  blind: { sign: '◌', words: 'blind' },
  since: { sign: '…', words: 'began before we watched' },
  'no-data': { sign: '–', words: 'no calls' },
  'too-few-calls': { sign: '·', words: 'too few calls' },
  missing: { sign: '▼', words: 'missing the target' },
  meeting: { sign: '▲', words: 'meeting the target' },
  'on-track': { sign: '●', words: 'on track' },
  'at-risk': { sign: '◆', words: 'at risk' },
};

export const TARGET_WORDS: Readonly<Record<string, string>> = {
  auto: 'Attendant picks up',
  transfer: 'A person answers those passed on',
  direct: 'A person answers',
  'after-hours': 'After hours: something takes it',
};
