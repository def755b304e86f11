import * as z from 'zod';
import { listOf, seconds, text, whole } from './setting.ts';

const pause = z.strictObject({
  reason: text({
    description: 'As it is given when a seat is paused; capitals make no difference.',
    expected: 'a reason on one line',
  }).max(80),
  minutes: whole(1, 480, 'minutes', 'A seat may be paused so long for it.'),
});

/** What a shift leader answers for (norm.md section 6). */
export const floorSchema = z
  .strictObject({
    unstaffedS: seconds(
      5,
      3600,
      'An open queue with nobody logged in, unpaused and reachable for so long is unstaffed.',
    ).default(30),
    awayMin: whole(
      1,
      480,
      'minutes',
      'A seat is away when it cannot be reached for so long without a pause, or is paused so long for a reason that is not listed.',
    ).default(20),
    pauses: listOf(pause, 'Reasons to pause a seat, in the order in which they are offered.'),
  })
  .prefault({})
  .meta({ description: 'From when on the floor is not as it has to be.' });
