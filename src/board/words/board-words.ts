import { type Language, LOCALES } from '../../lib/languages.ts';
import { EN, type MessageKey, type Messages } from './en.ts';
import { ES } from './es.ts';
import { ZH_HANS } from './zh-hans.ts';
import { ZH_HANT } from './zh-hant.ts';

export const MESSAGES: Readonly<Record<Language, Messages>> = {
  en: EN,
  'zh-Hans': ZH_HANS,
  'zh-Hant': ZH_HANT,
  es: ES,
};
export const DASH = '–';

/** How the page is said in one language: messages, numbers, times. Formatters are kept, for they are dear to make. */
export class BoardWords {
  readonly language: Language;
  readonly #messages: Messages;
  readonly #locale: string;
  readonly #numbers = new Map<string, Intl.NumberFormat>();
  readonly #times = new Map<string, Intl.DateTimeFormat>();

  constructor(language: Language) {
    this.language = language;
    this.#messages = MESSAGES[language];
    this.#locale = LOCALES[language];
  }

  say(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
    return this.#messages[key].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));
  }

  count(value: number): string {
    return this.#number('count', { maximumFractionDigits: 0 }).format(value);
  }

  /** One decimal, never rounded up to a target; a dash where there were no calls: neither 0 % nor 100 %. */
  percent(ratio: number | null): string {
    if (ratio === null) return DASH;
    // 0.29 * 1000 is 290 less a hair: the tenth it stands for must not be lost to that.
    return this.#number('percent', {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }).format(Math.floor(ratio * 1000 + 1e-9) / 1000);
  }

  /** A share of time, or a target as it is set: 98 %, 99.5 %. */
  share(ratio: number | null): string {
    if (ratio === null) return DASH;
    return this.#number('share', { style: 'percent', maximumFractionDigits: 2 }).format(ratio);
  }

  /** `14:02`, in an IANA zone; undefined: the browser's. */
  timeOfDay(atMs: number, zone: string | undefined): string {
    return this.#time('minute', zone, { hour: '2-digit', minute: '2-digit' }).format(atMs);
  }

  /** `14:02:11`. */
  secondOfDay(atMs: number, zone: string | undefined): string {
    const style = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    return this.#time('second', zone, style).format(atMs);
  }

  /** The time of day, with the date where it is not today's. */
  instant(atMs: number, nowMs: number, zone: string | undefined): string {
    const day = this.#time('day', zone, { year: 'numeric', month: 'short', day: 'numeric' });
    const time = this.timeOfDay(atMs, zone);
    return day.format(atMs) === day.format(nowMs) ? time : `${day.format(atMs)} ${time}`;
  }

  #number(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(this.#locale, options);
    this.#numbers.set(name, made);
    return made;
  }

  #time(name: string, zone: string | undefined, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const id = `${name} ${zone ?? ''}`;
    const known = this.#times.get(id);
    if (known !== undefined) return known;
    const place = zone === undefined ? {} : { timeZone: zone };
    const made = new Intl.DateTimeFormat(this.#locale, { ...style, ...place, hourCycle: 'h23' });
    this.#times.set(id, made);
    return made;
  }
}
