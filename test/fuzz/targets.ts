/** Each is a file in `targets/` whose `fuzz` throws where what it promises does not hold. */
export const TARGETS = ['framer', 'message', 'session', 'pipeline'] as const;
export type Target = (typeof TARGETS)[number];

/** Bytes of an input: as many as say something new, as few as keep it quick. */
export const LONGEST_INPUT: Readonly<Record<Target, number>> = {
  framer: 512,
  message: 1_024,
  session: 1_024,
  pipeline: 4_096,
};
