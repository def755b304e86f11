import * as z from 'zod';
import { flag, seconds } from './setting.ts';

/** Moving seats between queues from the board. */
export const movesSchema = z
  .strictObject({
    enabled: flag(
      'Whether leaders may move seats, at exchanges with `ami.acting`. Needs `journal.file`: each move is written down.',
    ).default(false),
    timeoutS: seconds(
      2,
      60,
      "A step is given up when the exchange's own event has not confirmed it for so long.",
    ).default(10),
  })
  .prefault({})
  .meta({ description: 'Moving seats between queues.' });
