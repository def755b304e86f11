import type { Evidence } from '../../src/calls/outcome.ts';

/** A caller of an attendant hotline in open hours who was gone after 10 s, all of it seen, with what a test is about filled in. */
export const end = (over: Partial<Evidence>): Evidence => ({
  kind: 'attendant',
  hours: 'open',
  emergency: false,
  test: false,
  takenUp: false,
  beforeWatch: false,
  answered: false,
  voicemail: false,
  blind: false,
  perhapsAnswered: false,
  askedSeen: true,
  wasUnseen: false,
  wasUp: false,
  rangSomebody: false,
  metBusy: false,
  cause: 16,
  endedBy: 'caller',
  asked: false,
  attended: false,
  aliveMs: 10_000,
  waitedMs: 0,
  ringOutMs: 20_000,
  shortMs: 5000,
  setAsideShort: true,
  decided: [],
  ...over,
});
/** The same of a hotline answered by people only. */
export const people = (over: Partial<Evidence>): Evidence => end({ kind: 'people', ...over });
/** And that one outside its hours. */
export const closed = (over: Partial<Evidence>): Evidence => people({ hours: 'closed', ...over });
