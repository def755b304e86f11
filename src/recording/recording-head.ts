import { z } from 'zod';

const START = '# ringside recording ';

const headSchema = z.object({
  version: z.literal(1),
  startedAt: z.iso.datetime(),
  pbx: z.string(),
  banner: z.string(),
});

/** The first line of a recording of ours: what made it, when, and of which exchange. The rest is AMI as it came. */
export type RecordingHead = z.infer<typeof headSchema>;

export const headLine = (head: RecordingHead): string => `${START}${JSON.stringify(head)}\n`;

export type ReadHead =
  | { readonly kind: 'recording'; readonly head: RecordingHead }
  /** Begins as one of ours and is not of this version. */
  | { readonly kind: 'foreign' }
  /** No first line of ours: a capture of a socket. */
  | { readonly kind: 'capture' };

/** Reads the first line of a file, with or without its end. */
export function readHead(line: string): ReadHead {
  if (!line.startsWith(START)) return { kind: 'capture' };
  try {
    const head = headSchema.safeParse(JSON.parse(line.slice(START.length)));
    return head.success ? { kind: 'recording', head: head.data } : { kind: 'foreign' };
  } catch {
    return { kind: 'foreign' };
  }
}

/** Whether so much of a file may still become a first line of ours. */
export const mayBeHead = (text: string): boolean =>
  text.length < START.length ? START.startsWith(text) : text.startsWith(START);
