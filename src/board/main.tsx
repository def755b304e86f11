// oxlint-disable-next-line import/no-unassigned-import -- it must have run before the first schema is made
import './no-eval.ts';
import { render } from 'preact';
import { watchForAlarms } from './alarms.ts';
import { goLive } from './live.ts';
import { Page } from './page.tsx';

const place = document.getElementById('board');
if (place !== null) render(<Page />, place);
goLive();
watchForAlarms();
