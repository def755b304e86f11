import type { ReportDocument } from './report-document.ts';
import type { ReportWords } from './report-words.ts';

/** What makes the figures less than the whole truth, in sentences; none where nothing does. */
export function noticesOf(document: ReportDocument, words: ReportWords): readonly string[] {
  const { sight, callBacks } = document;
  const unknown = document.hotlines
    .flatMap(({ outcomes }) => [outcomes.open.unknown, outcomes.closed.unknown])
    .reduce((sum, value) => sum + value, 0);
  const instant = (atMs: number): string => words.instant(atMs);
  return [
    ...(document.state === 'running'
      ? [words.say('notice.running', { instant: instant(document.madeAtMs) })]
      : []),
    ...notOverNotices(document, words),
    ...(document.sinceMs === null ? [] : [words.say('notice.since', { instant: instant(document.sinceMs) })]),
    ...exchangeNotices(document, words),
    ...sight.lostFacts.map(({ pbx, fromMs, untilMs, facts, seatTimes }) =>
      words.say('notice.lost', {
        exchange: pbx,
        from: instant(fromMs),
        until: instant(untilMs),
        facts: words.count(facts),
        seats: words.count(seatTimes),
      }),
    ),
    ...(unknown === 0 ? [] : [words.say('notice.unknown', { count: words.count(unknown) })]),
    ...sight.backfills.map(({ hotline, certainty, calls }) => {
      const key = certainty === 'imported' ? 'notice.imported' : 'notice.backfilled';
      return words.say(key, { hotline: titleOf(document, hotline), count: words.count(calls) });
    }),
    ...(sight.definitionChanges.length === 0
      ? []
      : [
          words.say('notice.changed', {
            instants: sight.definitionChanges.map(({ atMs }) => instant(atMs)).join('; '),
          }),
        ]),
    ...leftOutNotices(document, words),
    ...(callBacks === null ? [words.say('notice.no-numbers')] : []),
    ...(callBacks !== null && document.state === 'complete' && document.madeAtMs < document.settledAtMs
      ? [words.say('notice.unsettled', { instant: instant(document.settledAtMs) })]
      : []),
  ];
}

/** Of a period that runs that is plain. */
function notOverNotices({ state, hotlines }: ReportDocument, words: ReportWords): readonly string[] {
  const notOver = hotlines.reduce((sum, { volume }) => sum + volume.notOver, 0);
  if (state === 'running' || notOver === 0) return [];
  return [words.say('notice.not-over', { count: words.count(notOver) })];
}

function exchangeNotices({ sight }: ReportDocument, words: ReportWords): readonly string[] {
  return sight.exchanges.flatMap((exchange) => [
    ...(exchange.unseenSinceMs === null
      ? []
      : [
          words.say('notice.unseen', {
            exchange: exchange.pbx,
            instant: words.instant(exchange.unseenSinceMs),
          }),
        ]),
    ...(exchange.blindMs + exchange.blindTimes === 0
      ? []
      : [
          words.say('notice.blind', {
            exchange: exchange.pbx,
            duration: words.duration(exchange.blindMs),
            times: words.count(exchange.blindTimes),
            ended: words.count(exchange.endedUnknown),
            missed: words.count(exchange.missedCalls),
          }),
        ]),
    ...(exchange.unattributed + exchange.unknownOrigin === 0
      ? []
      : [
          words.say('notice.unattributed', {
            exchange: exchange.pbx,
            unattributed: words.count(exchange.unattributed),
            origin: words.count(exchange.unknownOrigin),
          }),
        ]),
  ]);
}

function leftOutNotices({ sight }: ReportDocument, words: ReportWords): readonly string[] {
  const names = (hotlines: readonly { readonly hotline: string }[]): string =>
    hotlines.map(({ hotline }) => hotline).join(', ');
  return [
    ...(sight.notConfigured.length === 0
      ? []
      : [words.say('notice.not-configured', { names: names(sight.notConfigured) })]),
    ...(sight.withoutThisShift.length === 0
      ? []
      : [words.say('notice.without-shift', { names: names(sight.withoutThisShift) })]),
  ];
}

const titleOf = ({ hotlines }: ReportDocument, name: string): string =>
  hotlines.find(({ hotline }) => hotline === name)?.title ?? name;
