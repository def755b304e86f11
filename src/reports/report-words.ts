import { type Language, LOCALES } from '../lib/languages.ts';
import { ES } from './messages-es.ts';
import { EN, type MessageKey, type Messages } from './messages-en.ts';
import { ZH_HANS } from './messages-zh-hans.ts';
import { ZH_HANT } from './messages-zh-hant.ts';
import type { ReportDocument } from './report-document.ts';

const MESSAGES: Readonly<Record<Language, Messages>> = {
  en: EN,
  'zh-Hans': ZH_HANS,
  'zh-Hant': ZH_HANT,
  es: ES,
};
const DASH = '–';

/** How a report is said in one language and one zone: messages, numbers, dates. */
export class ReportWords {
  readonly language: Language;
  readonly #messages: Messages;
  readonly #locale: string;
  readonly #zone: string;
  readonly #formats = new Map<string, Intl.NumberFormat>();
  readonly #instants: Intl.DateTimeFormat;

  constructor(language: Language, zone: string) {
    this.language = language;
    this.#messages = MESSAGES[language];
    this.#locale = LOCALES[language];
    this.#zone = zone;
    this.#instants = this.#instantFormat(zone);
  }

  say(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
    return this.#messages[key].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));
  }

  count(value: number): string {
    return this.#number('count', { maximumFractionDigits: 0 }).format(value);
  }

  /** One decimal, never rounded up to a target; no calls is said, never 0 % and never 100 %. */
  percent(ratio: number | null): string {
    return ratio === null ? this.say('no-calls') : this.percentOrDash(ratio);
  }

  /** For figures whose absence is plain from beside them. */
  percentOrDash(ratio: number | null): string {
    if (ratio === null) return DASH;
    // 0.29 * 1000 is 290 less a hair: the tenth it stands for must not be lost to that.
    return this.#number('percent', {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }).format(Math.floor(ratio * 1000 + 1e-9) / 1000);
  }

  /** A target as it is set: 98 %, 99.5 %. */
  target(ratio: number): string {
    return this.#number('target', { style: 'percent', maximumFractionDigits: 2 }).format(ratio);
  }

  score(value: number | null): string {
    if (value === null) return DASH;
    const format = this.#number('score', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return format.format(Math.floor(value * 10 + 1e-9) / 10);
  }

  /** `1:05`, `2:01:05`: lines up in a column, and is read alike everywhere. */
  clock(ms: number | null): string {
    if (ms === null) return DASH;
    const seconds = Math.round(ms / 1000);
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return h > 0 ? `${h}:${twoDigits(m)}:${twoDigits(s)}` : `${m}:${twoDigits(s)}`;
  }

  /** The two largest units: for text. */
  duration(ms: number | null): string {
    if (ms === null) return DASH;
    const seconds = Math.round(ms / 1000);
    const [d, h, m] = [
      Math.floor(seconds / 86_400),
      Math.floor(seconds / 3600) % 24,
      Math.floor(seconds / 60) % 60,
    ];
    const units = [
      [d, 'day'],
      [h, 'hour'],
      [m, 'minute'],
      [seconds % 60, 'second'],
    ] as const;
    const first = units.findIndex(([value]) => value > 0);
    const shown = units.slice(first < 0 ? 3 : first).slice(0, 2);
    const told = shown.filter(([value], i) => i === 0 || value > 0);
    const space = this.language.startsWith('zh') ? '' : ' ';
    return told
      .map(([value, unit]) => this.#number(unit, { style: 'unit', unit, unitDisplay: 'short' }).format(value))
      .join(space);
  }

  /** Date and time of day, in the report's zone or in a hotline's own. */
  instant(atMs: number, zone = this.#zone): string {
    const format = zone === this.#zone ? this.#instants : this.#instantFormat(zone);
    return format.format(atMs);
  }

  /** `08:00`: of an hour of the day. */
  hour(hour: number): string {
    return `${twoDigits(hour)}:00`;
  }

  /** What a report is about: `October 2026`, `2026年第4季度`. */
  period({ kind, key }: Pick<ReportDocument, 'kind' | 'key'>): string {
    if (kind === 'quarter') {
      return this.say('period.quarter', { year: key.slice(0, 4), quarter: key.slice(-1) });
    }
    // A date is a date, in every zone.
    const date = new Date(`${kind === 'month' ? `${key}-01` : key.slice(0, 10)}T00:00:00Z`);
    const style =
      kind === 'month' ? ({ year: 'numeric', month: 'long' } as const) : ({ dateStyle: 'full' } as const);
    const text = new Intl.DateTimeFormat(this.#locale, { ...style, timeZone: 'UTC' }).format(date);
    return kind === 'shift' ? this.say('period.shift', { date: text, shift: key.slice(11) }) : text;
  }

  #instantFormat(zone: string): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.#locale, {
      timeZone: zone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  #number(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    let format = this.#formats.get(name);
    if (format === undefined) {
      format = new Intl.NumberFormat(this.#locale, options);
      this.#formats.set(name, format);
    }
    return format;
  }
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
