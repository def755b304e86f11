import { type Figures, type Report, WINDOWS } from '../rates/report.ts';
import { type Families, type LabelText, labelText, ReadGauge } from './families.ts';
import { LabelTexts } from './label-texts.ts';

const OF_HOTLINE = ['pbx', 'hotline', 'window'] as const;
const OF_QUEUE = ['pbx', 'queue', 'window'] as const;

/**
 * How it goes now, and today: eight windows of each figure would be a third of the page, and what lies between them
 * Prometheus has from the scrapes before.
 */
const SHOWN = (['30m', 'day'] as const).map((window) => ({ window, place: WINDOWS.indexOf(window) }));

/** A window that is shown, by its place in a row of the Report. */
interface ShownWindow {
  readonly place: number;
  readonly labels: LabelText;
}

/** The field's own figures by window, of hotlines and of queues (norm.md section 1); absent where there is no data. */
export class FigureGauges {
  private readonly hotlines: FigureSet<(typeof OF_HOTLINE)[number]>;
  private readonly queues: FigureSet<(typeof OF_QUEUE)[number]>;
  private readonly labelsOfHotlines = new LabelTexts<readonly ShownWindow[]>();
  private readonly labelsOfQueues = new LabelTexts<readonly ShownWindow[]>();
  private readonly bound: ReadGauge<'pbx' | 'hotline'>;
  private readonly answered: ReadGauge<(typeof OF_QUEUE)[number]>;

  constructor(families: Families) {
    this.hotlines = new FigureSet(families, 'ringside', 'a hotline', OF_HOTLINE);
    this.queues = new FigureSet(families, 'ringside_queue', 'a queue', OF_QUEUE);
    this.bound = new ReadGauge(
      families,
      'ringside_service_level_bound_seconds',
      'The X of the service level.',
      ['pbx', 'hotline'],
    );
    this.answered = new ReadGauge(
      families,
      'ringside_queue_answered_ratio',
      'Answered in this queue / (joined + refused - short); overflow is a miss. Absent without callers.',
      OF_QUEUE,
    );
  }

  /** In steps: one for each hotline and queue. */
  *fill(report: Report): Generator<void> {
    for (const gauges of [this.hotlines, this.queues, this.bound, this.answered]) gauges.empty();
    for (const labels of [this.labelsOfHotlines, this.labelsOfQueues]) labels.of(report.definitionHash);
    for (const { pbx, hotline, figures, serviceLevelS } of report.hotlines) {
      this.bound.set({ pbx, hotline }, serviceLevelS);
      const shown = this.labelsOfHotlines.get(pbx, hotline, () =>
        SHOWN.map(({ window, place }) => ({
          place,
          labels: labelText(OF_HOTLINE, { pbx, hotline, window }),
        })),
      );
      for (const { place, labels } of shown) this.hotlines.say(labels, figures[place]);
      yield;
    }
    for (const { pbx, queue, figures, rates } of report.queues) {
      const shown = this.labelsOfQueues.get(pbx, queue, () =>
        SHOWN.map(({ window, place }) => ({ place, labels: labelText(OF_QUEUE, { pbx, queue, window }) })),
      );
      for (const { place, labels } of shown) {
        this.queues.say(labels, figures[place]);
        this.answered.say(labels, rates[place]?.ratio);
      }
      yield;
    }
  }
}

class FigureSet<Label extends string> {
  private readonly serviceLevel: ReadGauge<Label>;
  private readonly speed: ReadGauge<Label>;
  private readonly handle: ReadGauge<Label>;
  private readonly abandon: ReadGauge<Label>;
  private readonly longest: ReadGauge<Label>;
  private readonly occupancy: ReadGauge<Label>;

  constructor(families: Families, prefix: string, of: string, labels: readonly Label[]) {
    const gauge = (name: string, help: string) => new ReadGauge(families, `${prefix}_${name}`, help, labels);
    this.serviceLevel = gauge(
      'service_level_ratio',
      `Service level of ${of}: answered by a person within the bound / asked for a person less set aside.`,
    );
    this.speed = gauge('speed_of_answer_seconds', `Average wait of the answered callers of ${of}.`);
    this.handle = gauge('handle_time_seconds', `Average talk, hold and wrap-up of the talks of ${of}.`);
    this.abandon = gauge(
      'abandon_ratio',
      `Callers of ${of} who gave up waiting / asked for a person less set aside.`,
    );
    this.longest = gauge('longest_wait_seconds', `Longest wait for a person of ${of} that is over.`);
    this.occupancy = gauge(
      'occupancy_ratio',
      `Talking, on hold, wrap-up and dialling / the same, idle and ringing, of the time of the seats of ${of}.`,
    );
  }

  empty(): void {
    const { serviceLevel, speed, handle, abandon, longest, occupancy } = this;
    for (const gauge of [serviceLevel, speed, handle, abandon, longest, occupancy]) gauge.empty();
  }

  say(labels: LabelText, figures: Figures | undefined): void {
    if (figures === undefined) return;
    this.serviceLevel.say(labels, figures.serviceLevel);
    this.speed.say(labels, inSeconds(figures.speedOfAnswerMs));
    this.handle.say(labels, inSeconds(figures.handleTimeMs));
    this.abandon.say(labels, figures.abandonRate);
    this.longest.say(labels, inSeconds(figures.longestWaitMs));
    this.occupancy.say(labels, figures.occupancy);
  }
}

/** Null stays null: no data. */
export function inSeconds(durationMs: number | null): number | null {
  return durationMs === null ? null : durationMs / 1000;
}
