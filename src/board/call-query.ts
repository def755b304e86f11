/** Which calls a figure is made of, as far as the journal can be asked; the same names as `GET /api/calls`. */
export interface CallQuery {
  readonly pbx?: string | undefined;
  readonly hotline?: string | undefined;
  readonly outcome?: string | undefined;
  readonly agent?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly untilMs?: number | undefined;
}

/** As it stands in the page's own address, and in the journal's. Nothing that is not asked for is written. */
export function textOfQuery({ pbx, hotline, outcome, agent, fromMs, untilMs }: CallQuery): string {
  const fields = { pbx, hotline, outcome, agent, from: instant(fromMs), until: instant(untilMs) };
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return new URLSearchParams(given).toString();
}

const instant = (atMs: number | undefined): string | undefined =>
  atMs === undefined ? undefined : String(Math.floor(atMs));

/** What an address asks for; what cannot be read in it is left out. */
export function readCallQuery(text: string): CallQuery {
  const fields = new URLSearchParams(text);
  const word = (name: string): string | undefined => fields.get(name) ?? undefined;
  const atMs = (name: string): number | undefined => {
    const value = fields.get(name);
    return value !== null && /^\d{13}$/.test(value) ? Number(value) : undefined;
  };
  return {
    pbx: word('pbx'),
    hotline: word('hotline'),
    outcome: word('outcome'),
    agent: word('agent'),
    fromMs: atMs('from'),
    untilMs: atMs('until'),
  };
}

/** The view of these calls, to be put into a link. */
export const callsAddress = (query: CallQuery): string => {
  const text = textOfQuery(query);
  return text === '' ? '#/calls' : `#/calls?${text}`;
};

const A_PAGE = 50;
/** `after`: where the page before ended. */
export function journalAddress(query: CallQuery, after: string | undefined): string {
  const fields = new URLSearchParams(textOfQuery(query));
  fields.set('limit', String(A_PAGE));
  if (after !== undefined) fields.set('after', after);
  return `api/calls?${fields}`;
}
