import { signal } from '@preact/signals';

/** Two short tones, made here: nothing is fetched. */
const TONES_HZ = [880, 660] as const;
const TONE_S = 0.16;
const LOUDNESS = 0.2;

let made: AudioContext | undefined;
/** A browser makes no sound before the page was pressed. */
export const isSoundReady = signal(false);

/** To be called from a press or a key, the first time: only then may a page sound. */
export async function wakeSound(): Promise<void> {
  made ??= new AudioContext();
  await made.resume();
  isSoundReady.value = made.state === 'running';
}

export function ring(): void {
  const context = made;
  if (context?.state !== 'running') return;
  TONES_HZ.forEach((hz, at) => {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const from = context.currentTime + at * TONE_S;
    tone.frequency.value = hz;
    volume.gain.setValueAtTime(LOUDNESS, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + TONE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + TONE_S);
  });
}
