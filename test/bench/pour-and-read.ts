import type { FarEnd } from './far-end.ts';
import type { ReportMaking } from './journal-report.ts';
import type { ReaderProcess } from './reader-process.ts';
import type { Reading } from './reader-protocol.ts';
import { within } from './within.ts';

/**
 * One stream, from its first byte to the last event the reader comes to; at full speed, or at so many bytes a second.
 * Rejects where either end gives up, and where the reader does not come to the end of what was written.
 */
export async function pourAndRead(
  reader: ReaderProcess,
  farEnd: FarEnd,
  chunks: Iterable<Buffer>,
  { bytesPerS, beside }: { readonly bytesPerS?: number; readonly beside?: ReportMaking | undefined } = {},
): Promise<Reading> {
  const reading = reader.read(beside);
  const poured = bytesPerS === undefined ? farEnd.pour(chunks) : farEnd.pourAt(bytesPerS, chunks);
  const read = poured.then(() =>
    within(reading, 'the reader to come to the last event of what was written to it'),
  );
  const [first] = await Promise.all([reading, read]);
  return first;
}
