import type { CallBackClosing, ClosingReason } from '../../src/attempts/call-back-closing.ts';
import { callBackSchema, type CallBackSettings } from '../../src/attempts/call-back-settings.ts';
import type { CallBackRules } from '../../src/attempts/call-back.ts';
import type { CallerHistory } from '../../src/attempts/call-backs.ts';

export const history = (over: Partial<CallerHistory>): CallerHistory => ({
  calls: [],
  outbounds: [],
  closings: [],
  ...over,
});
export const rules = (settings: Partial<CallBackSettings> = {}, zone = 'Asia/Shanghai'): CallBackRules => ({
  settings: callBackSchema.parse(settings),
  zoneOf: () => zone,
});
export const closing = (atMs: number, reason: ClosingReason = 'could-not-be-reached'): CallBackClosing => ({
  caller: 'ann',
  atMs,
  by: 'Lea',
  reason,
  note: '',
});
