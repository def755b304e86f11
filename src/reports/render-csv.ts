import { BREACHES, OUTCOMES } from '../calls/facts.ts';
import type { HotlineSection } from './document-hotline.ts';
import { csvText } from './csv-text.ts';
import type { MessageKey } from './messages-en.ts';
import type { ReportDocument } from './report-document.ts';
import type { Language } from '../lib/languages.ts';
import { ReportWords } from './report-words.ts';

/** A spreadsheet without it takes Chinese and Spanish letters for those of another alphabet. */
const BYTE_ORDER_MARK = '\u{FEFF}';
const HEAD = ['section', 'exchange', 'name', 'item', 'value', 'unit', 'label'] as const;

type Unit = '' | 'calls' | 'callers' | 'ratio' | 'ms' | 'unix ms' | 'score' | 'times' | 'text';
interface Figure {
  readonly item: string;
  /** Null is an empty cell: no calls, never 0. */
  readonly value: string | number | null;
  readonly unit: Unit;
  readonly label: readonly MessageKey[];
}

/**
 * The figures of a report, one a line: `section,exchange,name,item,value,unit,label`. The first four and the unit are the
 * same in every language and name the fields of the JSON document; `label` says it in the language asked for. Ratios are
 * 0..1, durations ms, instants unix ms; an empty value is "no data". UTF-8 with a byte order mark.
 */
export function renderCsv(document: ReportDocument, language: Language): string {
  const words = new ReportWords(language, document.zone);
  const line = (section: string, exchange: string, name: string, figure: Figure) => {
    const label = figure.label.map((key) => words.say(key)).join(': ');
    return [section, exchange, name, figure.item, figure.value, figure.unit, label];
  };
  const rows = [
    HEAD,
    ...reportFigures(document).map((figure) => line('report', '', document.key, figure)),
    ...document.hotlines.flatMap((hotline) =>
      hotlineFigures(hotline).map((figure) => line('hotline', hotline.pbx, hotline.hotline, figure)),
    ),
    ...document.agents.flatMap((agent) =>
      agentFigures(agent).map((figure) => line('agent', agent.pbx, agent.agent, figure)),
    ),
    ...(document.callBacks?.hotlines ?? []).flatMap((row) =>
      callBackFigures(row).map((figure) => line('call-backs', row.pbx, row.hotline, figure)),
    ),
    ...document.sight.exchanges.flatMap((row) =>
      sightFigures(row).map((figure) => line('exchange', row.pbx, row.pbx, figure)),
    ),
    ...document.sight.lostFacts.flatMap((row) =>
      lostFigures(row).map((figure) => line('lost', row.pbx, row.pbx, figure)),
    ),
  ];
  return BYTE_ORDER_MARK + csvText(rows);
}

const figure = (item: string, value: string | number | null, unit: Unit, ...label: MessageKey[]): Figure => ({
  item,
  value,
  unit,
  label,
});

function reportFigures({
  fromMs,
  untilMs,
  zone,
  madeAtMs,
  shift,
  ...report
}: ReportDocument): readonly Figure[] {
  const heading = `kind.${report.kind}` as const;
  return [
    figure('kind', report.kind, 'text', heading),
    figure('fromMs', fromMs, 'unix ms', heading, 'sight.from'),
    figure('untilMs', untilMs, 'unix ms', heading, 'sight.until'),
    figure('zone', zone, 'text', heading),
    figure('madeAtMs', madeAtMs, 'unix ms', heading),
    figure('state', report.state, 'text', heading),
    figure('sinceMs', report.sinceMs, 'unix ms', heading),
    figure('definitionHash', report.definitionHash, 'text', heading),
    ...(shift === null
      ? []
      : [
          figure('shift.leader', shift.leader, 'text', 'shift.leader'),
          figure(
            'shift.handOver.findings',
            shift.handOver?.findings.length ?? null,
            'times',
            'shift.caption',
          ),
          figure('shift.handOver.judged', shift.handOver?.judged ?? null, 'times', 'shift'),
          figure('shift.leftOpen.callsNotOver', shift.leftOpen.callsNotOver, 'calls', 'shift.calls-open'),
        ]),
  ];
}

function hotlineFigures(hotline: HotlineSection): readonly Figure[] {
  const { volume, outcomes, breaches } = hotline;
  return [
    ...hotline.targets.flatMap((target) => {
      const name = `target.${target.target}` as const;
      const at = (item: string): string => `targets.${target.target}.${item}`;
      return [
        figure(at('targetRatio'), target.targetRatio, 'ratio', name, 'target.asked'),
        figure(at('hits'), target.hits, 'calls', name, 'target.hits'),
        figure(at('misses'), target.misses, 'calls', name, 'target.misses'),
        figure(at('setAside'), target.setAside, 'calls', name, 'target.set-aside'),
        figure(at('unknown'), target.unknown, 'calls', name, 'target.unknown'),
        figure(at('ratio'), target.ratio, 'ratio', name, 'target.rate'),
        figure(at('wilsonLow'), target.wilsonLow, 'ratio', name, 'target.interval-low'),
        figure(at('wilsonHigh'), target.wilsonHigh, 'ratio', name, 'target.interval-high'),
        figure(at('verdict'), target.verdict, 'text', name, `verdict.${target.verdict}`),
        figure(at('ratioSeen'), target.ratioSeen, 'ratio', name, 'target.ratio-seen'),
      ];
    }),
    figure('volume.reachedOpen', volume.reachedOpen, 'calls', 'volume.reached', 'volume.open'),
    figure('volume.reachedClosed', volume.reachedClosed, 'calls', 'volume.reached', 'volume.closed'),
    figure('volume.takenUp', volume.takenUp, 'calls', 'volume.taken-up'),
    figure('volume.transferredIn', volume.transferredIn, 'calls', 'volume.transferred-in'),
    figure('volume.test', volume.test, 'calls', 'volume.test'),
    figure('volume.lostAfterAnswer', volume.lostAfterAnswer, 'calls', 'volume.lost-after-answer'),
    figure('volume.notOver', volume.notOver, 'calls', 'volume.not-over'),
    ...(['open', 'closed'] as const).flatMap((hours) =>
      OUTCOMES.map((outcome) =>
        figure(
          `outcomes.${hours}.${outcome}`,
          outcomes[hours][outcome],
          'calls',
          `outcome.${outcome}`,
          `volume.${hours}`,
        ),
      ),
    ),
    ...BREACHES.map((breach) =>
      figure(`breaches.${breach}`, breaches[breach], 'calls', 'breaches', `breach.${breach}`),
    ),
    ...serviceFigures(hotline),
    ...attemptFigures(hotline),
    ...hotline.hours.flatMap(({ hour, calls, offered, answered, missed, setAside }) => [
      figure(`hours.${hour}.calls`, calls, 'calls', 'profile', 'profile.calls'),
      figure(`hours.${hour}.offered`, offered, 'calls', 'profile', 'profile.offered'),
      figure(`hours.${hour}.answered`, answered, 'calls', 'profile', 'profile.answered'),
      figure(`hours.${hour}.missed`, missed, 'calls', 'profile', 'profile.missed'),
      figure(`hours.${hour}.setAside`, setAside, 'calls', 'profile', 'profile.set-aside'),
    ]),
  ];
}

function serviceFigures({ figures }: HotlineSection): readonly Figure[] {
  return [
    figure('figures.asked', figures.asked, 'calls', 'figures.asked'),
    figure('figures.answered', figures.answered, 'calls', 'figures.answered'),
    figure('figures.missed', figures.missed, 'calls', 'figures.missed'),
    figure('figures.setAside', figures.setAside, 'calls', 'figures.set-aside'),
    figure('figures.abandoned', figures.abandoned, 'calls', 'figures.abandoned'),
    figure('figures.short', figures.short, 'calls', 'figures.short'),
    figure('figures.serviceLevel', figures.serviceLevel, 'ratio', 'figures.service-level'),
    figure('figures.speedOfAnswerMs', figures.speedOfAnswerMs, 'ms', 'figures.speed'),
    figure('figures.handleTimeMs', figures.handleTimeMs, 'ms', 'figures.handle'),
    figure('figures.abandonRate', figures.abandonRate, 'ratio', 'figures.abandon-rate'),
    figure('figures.longestWaitMs', figures.longestWaitMs, 'ms', 'figures.longest'),
    figure('figures.occupancy', figures.occupancy, 'ratio', 'figures.occupancy'),
  ];
}

function attemptFigures({ attempts, lostCallers }: HotlineSection): readonly Figure[] {
  return [
    ...(attempts === null
      ? []
      : [
          figure('attempts.attempts1', attempts.attempts1, 'callers', 'attempts', 'attempts.1'),
          figure('attempts.attempts2', attempts.attempts2, 'callers', 'attempts', 'attempts.2'),
          figure('attempts.attempts3', attempts.attempts3, 'callers', 'attempts', 'attempts.3'),
          figure('attempts.attempts4plus', attempts.attempts4plus, 'callers', 'attempts', 'attempts.4'),
          figure('attempts.never', attempts.never, 'callers', 'attempts', 'attempts.never'),
          figure('attempts.chains', attempts.chains, 'callers', 'attempts', 'attempts.chains'),
          figure('attempts.unknown', attempts.unknown, 'callers', 'attempts', 'attempts.unknown'),
          figure('attempts.meanScore', attempts.meanScore, 'score', 'attempts.score'),
        ]),
    ...(lostCallers === null
      ? []
      : [
          figure('lostCallers.failedCalls', lostCallers.failedCalls, 'calls', 'attempts.failed-calls'),
          figure(
            'lostCallers.failedCallers',
            lostCallers.failedCallers,
            'callers',
            'attempts.failed-callers',
          ),
          figure(
            'lostCallers.notReachedCallers',
            lostCallers.notReachedCallers,
            'callers',
            'attempts.not-reached',
          ),
          figure(
            'lostCallers.withoutNumber',
            lostCallers.withoutNumber,
            'callers',
            'attempts.without-number',
          ),
          figure('lostCallers.openCallers', lostCallers.openCallers, 'callers', 'attempts.open'),
        ]),
  ];
}

function agentFigures(agent: ReportDocument['agents'][number]): readonly Figure[] {
  return [
    figure('talks', agent.talks, 'calls', 'agents.talks'),
    figure('talkMs', agent.talkMs, 'ms', 'agents.talk-time'),
    figure('refused', agent.refused, 'calls', 'agents.refused'),
    figure('endedFirst', agent.endedFirst, 'calls', 'agents.ended-first'),
    figure('endedFirstShare', agent.endedFirstShare, 'ratio', 'agents.ended-first'),
    figure('loggedInMs', agent.loggedInMs, 'ms', 'agents.logged-in'),
    figure('pausedMs', agent.pausedMs, 'ms', 'agents.paused'),
    figure('occupancy', agent.occupancy, 'ratio', 'agents.occupancy'),
    figure('outbound', agent.outbound, 'calls', 'agents.outbound'),
    figure('listened', agent.listened, 'calls', 'agents.listened'),
  ];
}

function callBackFigures(
  row: NonNullable<ReportDocument['callBacks']>['hotlines'][number],
): readonly Figure[] {
  return [
    figure('open', row.open, 'callers', 'call-backs.open'),
    figure('overdue', row.overdue, 'callers', 'call-backs.overdue'),
    figure('oldestAgeMs', row.oldestAgeMs, 'ms', 'call-backs.oldest'),
    figure('ended', row.ended, 'callers', 'call-backs.ended'),
    figure('reachedInTime', row.reachedInTime, 'callers', 'call-backs.in-time'),
    figure('reachedLate', row.reachedLate, 'callers', 'call-backs.late'),
    figure('couldNotBeReached', row.couldNotBeReached, 'callers', 'call-backs.could-not'),
    figure('closedOtherwise', row.closedOtherwise, 'callers', 'call-backs.otherwise'),
    figure('emergencies', row.emergencies, 'callers', 'call-backs.emergencies'),
    figure('due', row.due, 'callers', 'call-backs.due'),
    figure('inTimeRatio', row.inTimeRatio, 'ratio', 'call-backs.in-time'),
  ];
}

function sightFigures(row: ReportDocument['sight']['exchanges'][number]): readonly Figure[] {
  return [
    figure('unseenSinceMs', row.unseenSinceMs, 'unix ms', 'sight.unseen-since'),
    figure('blindMs', row.blindMs, 'ms', 'sight.blind'),
    figure('blindTimes', row.blindTimes, 'times', 'sight.times'),
    figure('endedUnknown', row.endedUnknown, 'calls', 'sight.ended-unknown'),
    figure('missedCalls', row.missedCalls, 'calls', 'sight.missed'),
    figure('unattributed', row.unattributed, 'calls', 'sight.unattributed'),
    figure('unknownOrigin', row.unknownOrigin, 'calls', 'sight.unknown-origin'),
    figure('corrected', row.corrected, 'times', 'sight.corrected'),
  ];
}

function lostFigures(row: ReportDocument['sight']['lostFacts'][number]): readonly Figure[] {
  return [
    figure('fromMs', row.fromMs, 'unix ms', 'sight.lost', 'sight.from'),
    figure('untilMs', row.untilMs, 'unix ms', 'sight.lost', 'sight.until'),
    figure('facts', row.facts, 'times', 'sight.lost'),
    figure('seatTimes', row.seatTimes, 'times', 'sight.lost', 'shift.seat'),
  ];
}
