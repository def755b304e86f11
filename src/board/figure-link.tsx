import type { ComponentChildren } from 'preact';
import type { Row } from '../push/protocol.ts';
import { callsAddress, type CallQuery } from './call-query.ts';
import { shownWindow, words } from './settings.ts';

/** A figure that leads to its calls. */
export function FigureLink(props: { readonly calls: CallQuery; readonly children: ComponentChildren }) {
  return (
    <a class="figure-link" href={callsAddress(props.calls)} title={words.value.say('calls.of-figure')}>
      {props.children}
    </a>
  );
}

/** Calls of a hotline that reached it in the shown window; the daemon says where that begins. */
export function callsOfWindow({ pbx, hotline, targets }: Row<'hotlines'>): CallQuery {
  const rate = targets[0]?.rates.find(({ window }) => window === shownWindow.value);
  return { pbx, hotline, fromMs: rate?.fromMs };
}
