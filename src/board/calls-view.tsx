import { CallList } from './call-list.tsx';
import { CallStoryView } from './call-story-view.tsx';
import { route } from './route.ts';

/** `#/calls?…`: the calls behind a figure. `#/calls/{pbx}:{uniqueid}`: the story of one. */
export function CallsView() {
  const [, id] = route.value;
  return <div class="sheet">{id === undefined ? <CallList /> : <CallStoryView key={id} id={id} />}</div>;
}
