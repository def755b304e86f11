import type { Channel } from './channels.ts';

export interface Bridge {
  readonly id: string;
  /** In a holding bridge (parking, BridgeWait) everybody hears music and nobody talks. */
  readonly holding: boolean;
  readonly members: Channel[];
  /** Who talks here, where no Local half leads on: kept until somebody comes, goes or gets another name. */
  ends: readonly Channel[] | undefined;
}

/** Who is in which bridge: two or three mostly, a conference at most. A bridge nobody is in is none. */
export class Bridges {
  readonly #byId = new Map<string, Bridge>();

  get size(): number {
    return this.#byId.size;
  }
  /** Who is left in a bridge; empty when it is gone. */
  membersOf(id: string): readonly Channel[] {
    return this.#byId.get(id)?.members ?? NOBODY;
  }

  enter(channel: Channel, id: string, holding: boolean): void {
    if (channel.bridge?.id === id) return;
    this.leave(channel);
    let bridge = this.#byId.get(id);
    if (!bridge) {
      bridge = { id, holding, members: [], ends: undefined };
      this.#byId.set(id, bridge);
    }
    bridge.members.push(channel);
    bridge.ends = undefined;
    channel.bridge = bridge;
  }

  leave(channel: Channel): void {
    const { bridge } = channel;
    if (!bridge) return;
    channel.bridge = undefined;
    bridge.ends = undefined;
    bridge.members.splice(bridge.members.indexOf(channel), 1);
    if (bridge.members.length === 0) this.#byId.delete(bridge.id);
  }
}

const NOBODY: readonly Channel[] = [];
