import * as z from 'zod';
import { listOf, path, text } from './setting.ts';

const AGENT = 'a name, or "-" for nobody on a date';

const entry = z.strictObject({
  day: text({
    description: 'Days of every week (`mon-fri`, `sat,sun`), or a date (`2026-10-01`).',
    expected: 'days such as mon-fri, or a date such as 2026-10-01',
  }),
  shift: text({ description: 'One of company.shifts.', expected: 'the name of a shift' }),
  pbx: text({
    description: 'Exchange the seats are on; may be left out where there is one only.',
    expected: 'the name of an exchange under pbxs',
  }).optional(),
  leader: text({ description: 'Who leads the shift.', expected: AGENT }).optional(),
  seats: z
    .record(z.string(), text({ description: 'Who sits there.', expected: AGENT }))
    .default({})
    .meta({
      description:
        'Who sits where: `{ Service desk 1: Li Na, PJSIP/102: Chen Jie }`, a seat by its name or its interface.',
    }),
});

/** Who leads which shift and who sits where; compiled by roster-text.ts. */
export const rosterSchema = z
  .strictObject({
    file: path(
      'CSV file (UTF-8, `,` or `;` between) whose first line is `day,shift,seat,agent,role`, in any order; `role` is `seat` or `leader` (whose seat may stay empty); `pbx` is a column more where there are several exchanges. Empty lines and those that begin with `#` are skipped.',
    ).optional(),
    entries: listOf(entry, 'The same, written here.'),
  })
  .meta({
    description:
      "Who leads which of company.shifts and who sits where, in a file or here. A shift belongs to the day it begins on. What is said for a date takes the place of what is said for its weekday, seat by seat; `-` is nobody. By it away seats, the agent of a seat and the hand-over at a shift's end are told.",
  });
