import { html, type Html } from '../http/html.ts';
import type { HotlineSection, HourFigures } from './document-hotline.ts';
import { reportTable } from './report-table.ts';
import type { ReportWords } from './report-words.ts';

const WIDTH = 1000;
const HEIGHT = 10;

/** What a missed call is drawn with, so that it is told from an answered one without colour; once a page. */
export const HATCH = html`<svg width="0" height="0" aria-hidden="true" style="position:absolute">
  <defs>
    <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill="#fff" />
      <rect width="2" height="5" fill="#a8261c" />
    </pattern>
  </defs>
</svg> `;

/** The profile of a day: a table whose rows are drawn as well. Hours before the first call and after the last are left out. */
export function hoursTable(hotline: HotlineSection, words: ReportWords): Html {
  const hours = withCalls(hotline.hours);
  const most = Math.max(1, ...hours.map(totalOf));
  const rows = hours.map((hour) => [
    `${words.hour(hour.hour)}${hour.shared ? ' *' : ''}`,
    bar(hour, most),
    words.count(hour.calls),
    words.count(hour.offered),
    words.count(hour.answered),
    words.count(hour.missed),
    words.count(hour.setAside),
  ]);
  const columns = [
    { head: words.say('profile.hour') },
    { head: words.say('profile.chart'), words: true },
    { head: words.say('profile.calls') },
    { head: words.say('profile.offered') },
    { head: words.say('profile.answered') },
    { head: words.say('profile.missed') },
    { head: words.say('profile.set-aside') },
  ];
  const caption = words.say('profile.caption', { zone: hotline.zone });
  const shared = hours.some((hour) => hour.shared)
    ? html`<p class="hint">${words.say('profile.shared')}</p> `
    : '';
  return html`${reportTable(caption, columns, rows, 'profile')}
    <p class="hint" aria-hidden="true">
      ${key('answered', words.say('profile.answered'))}${key('missed', words.say('profile.missed'))}${key('other', words.say('profile.other'))}
    </p>
    ${shared}`;
}

function withCalls(hours: readonly HourFigures[]): readonly HourFigures[] {
  const first = hours.findIndex((hour) => totalOf(hour) > 0);
  const last = hours.findLastIndex((hour) => totalOf(hour) > 0);
  return first < 0 ? [] : hours.slice(first, last + 1);
}

/** Calls found in mid-life may be scored in an hour whose arrivals we did not count. */
const totalOf = ({ calls, answered, missed }: HourFigures): number => Math.max(calls, answered + missed);

/** The figures stand beside it: to a screen reader the drawing says nothing more. */
function bar(hour: HourFigures, most: number): Html {
  const scale = (value: number): number => Math.round((value / most) * WIDTH);
  const [answered, missed, all] = [scale(hour.answered), scale(hour.missed), scale(totalOf(hour))];
  const parts = [
    part('other', answered + missed, all - answered - missed),
    part('answered', 0, answered),
    part('missed', answered, missed),
  ].flat();
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    ${parts}
  </svg>`;
}

const part = (className: string, x: number, width: number): readonly Html[] =>
  width > 0 ? [html`<rect class="${className}" x="${x}" y="0" width="${width}" height="${HEIGHT}" />`] : [];

const key = (className: string, text: string): Html =>
  html`<span class="key"
    ><svg viewBox="0 0 20 10"><rect class="${className}" x="0.5" y="0.5" width="19" height="9" /></svg
    >${text}</span
  >`;
