import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../src/board/server-clock.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** The page's own clock counts from when it was opened. */
const OPENED_MS = 5000;
const SERVER_MS = 1_700_000_000_250;

function someClock() {
  const virtual = new VirtualClock(OPENED_MS);
  return { virtual, clock: new ServerClock(virtual) };
}

describe('the clock of the daemon, seen from the page', () => {
  it('goes by the frame that took least time', () => {
    const { virtual, clock } = someClock();
    clock.heard(SERVER_MS - 900);
    clock.heard(SERVER_MS);
    clock.heard(SERVER_MS - 40);
    expect(clock.exactMs()).toBe(SERVER_MS);
    virtual.advance(1500);
    expect(clock.exactMs()).toBe(SERVER_MS + 1500);
  });

  it('follows a daemon whose clock was set back, after a few frames', () => {
    const { clock } = someClock();
    clock.heard(SERVER_MS);
    for (let frame = 0; frame < 16; frame += 1) clock.heard(SERVER_MS - 60_000);
    expect(clock.exactMs()).toBe(SERVER_MS - 60_000);
  });

  it('ticks on whole seconds of the daemon', () => {
    const { virtual, clock } = someClock();
    clock.heard(SERVER_MS);
    clock.start();
    expect(clock.now.value).toBe(1_700_000_000_000);
    virtual.advance(749);
    expect(clock.now.value).toBe(1_700_000_000_000);
    virtual.advance(1);
    expect(clock.now.value).toBe(1_700_000_001_000);
  });

  it('stands still while it is stopped, and knows how late it is after that', () => {
    const { virtual, clock } = someClock();
    clock.heard(SERVER_MS);
    clock.start();
    clock.stop();
    virtual.advance(10_000);
    expect(clock.now.value).toBe(1_700_000_000_000);
    expect(virtual.pending).toBe(0);
    clock.start();
    expect(clock.now.value).toBe(1_700_000_010_000);
  });
});
