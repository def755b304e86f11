import { maskDigitRuns } from '../lib/mask.ts';
import { checkHandOver } from '../roster/hand-over.ts';
import type { Leave } from '../roster/leave.ts';
import type { HotlineSection } from './document-hotline.ts';
import type { CallBackSection, ShiftSection } from './report-document.ts';
import type { ReportMaterial } from './report-material.ts';
import { hoursOfFrame } from './report-period.ts';
import { periodOf } from '../hotlines/hours.ts';

/** Who led the shift, whether it was handed over, and what it leaves to the next one (norm.md section 6). */
export function shiftSection(
  material: ReportMaterial,
  span: { readonly fromMs: number; readonly untilMs: number },
  hotlines: readonly HotlineSection[],
  callBacks: CallBackSection | null,
): ShiftSection {
  const { roster, frame, period, seatSpans, nowMs } = material;
  const hours = hoursOfFrame(frame);
  const next = periodOf(hours, 'shift', span.untilMs);
  const check =
    roster === undefined
      ? undefined
      : checkHandOver(roster, periodOf(hours, 'shift', span.fromMs), seatSpans, nowMs);
  return {
    leader: roster?.whoLeads(period.key) ?? null,
    next: { key: next.key, leader: roster?.whoLeads(next.key) ?? null },
    handOver:
      check === undefined
        ? null
        : { judged: check.judged, unseen: check.unseen, findings: check.findings.map(findingOf) },
    leftOpen: {
      callsNotOver: hotlines.reduce((sum, { volume }) => sum + volume.notOver, 0),
      callBacks: callBacks?.open ?? null,
      callBacksOverdue: callBacks?.overdue ?? null,
    },
  };
}

/** Interfaces may hold people's mobile numbers (norm.md section 7). */
function findingOf(leave: Leave): NonNullable<ShiftSection['handOver']>['findings'][number] {
  return {
    ...leave,
    seat: maskDigitRuns(leave.seat),
    agent: maskDigitRuns(leave.agent),
    reason: maskDigitRuns(leave.reason),
    successorSeat: maskDigitRuns(leave.successorSeat),
    successor: maskDigitRuns(leave.successor),
    relievedAtMs: leave.relievedAtMs ?? null,
  };
}
