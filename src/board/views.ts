import type { ComponentType } from 'preact';
import { BreachesView } from './breaches-view.tsx';
import { CallBacksView } from './call-backs-view.tsx';
import { CallsView } from './calls-view.tsx';
import { FloorView } from './floor-view.tsx';
import { HotlinesView } from './hotlines-view.tsx';
import { WallView } from './wall-view.tsx';
import type { MessageKey } from './words/en.ts';

export interface View {
  /** First part of its address; '' is where one begins. */
  readonly path: string;
  readonly name: MessageKey;
  readonly component: ComponentType;
  /** Fills the screen, without the bar. */
  readonly isKiosk?: true;
}

/** In the order of the bar. A view reads what follows its path from `route`. */
export const VIEWS: readonly [View, ...View[]] = [
  { path: '', name: 'nav.floor', component: FloorView },
  { path: 'hotlines', name: 'nav.hotlines', component: HotlinesView },
  { path: 'breaches', name: 'nav.breaches', component: BreachesView },
  { path: 'calls', name: 'nav.calls', component: CallsView },
  { path: 'call-backs', name: 'nav.call-backs', component: CallBacksView },
  { path: 'wall', name: 'nav.wall', component: WallView, isKiosk: true },
];

export const viewAt = (path: string): View => VIEWS.find((view) => view.path === path) ?? VIEWS[0];
