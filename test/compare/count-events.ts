import { AmiFramer } from '../../src/ami/framer.ts';
import type { Counted } from './comparison.ts';

/** What exporters and boards make of a stream: they count two events, and the rate is of those two. */
export function countEvents(bytes: Buffer): Counted {
  let answered = 0;
  let abandoned = 0;
  for (const { event } of new AmiFramer().push(bytes)) {
    if (event === 'AgentConnect') answered += 1;
    else if (event === 'QueueCallerAbandon') abandoned += 1;
  }
  return { answered, abandoned, hits: answered, of: answered + abandoned };
}
