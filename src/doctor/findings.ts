import type { WatchDefinition } from '../hotlines/definition.ts';
import { callFindings } from './call-findings.ts';
import { eventFindings } from './event-findings.ts';
import type { ExchangeFindings, Finding } from './finding.ts';
import { linkFindings } from './link-findings.ts';
import type { ExchangeObservation } from './observation.ts';
import { queueFindings } from './queue-findings.ts';
import { actingFindings, readingFindings } from './rights-findings.ts';

/** What is right and wrong at one exchange, and what to change. Pure: the same observation, the same findings. */
export function judge(seen: ExchangeObservation, definition: WatchDefinition): ExchangeFindings {
  const { pbx, host, port } = seen.wire;
  const findings: Finding[] = [...linkFindings(seen), ...readingFindings(seen), ...actingFindings(seen)];
  // Without a picture, silence about calls and queues says nothing.
  if (seen.first !== undefined) {
    findings.push(
      ...eventFindings(seen),
      ...queueFindings(seen.first, definition, pbx),
      ...callFindings(seen.traffic, seen.first, definition, pbx),
    );
  }
  return { pbx, address: `${host}:${port}`, findings };
}
