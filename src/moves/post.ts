/** One membership of a seat as the exchange says it: all that is needed to make it again. */
export interface Post {
  readonly queue: string;
  readonly interface: string;
  /** Empty where none was given. */
  readonly stateInterface: string;
  readonly memberName: string;
  readonly penalty: number;
  readonly paused: boolean;
  /** Empty where it is not paused. */
  readonly pausedReason: string;
}

/** As it is now, whatever becomes of its source. */
export function copyOf(post: Post): Post {
  const { queue, stateInterface, memberName, penalty, paused, pausedReason } = post;
  return Object.freeze({
    queue,
    interface: post.interface,
    stateInterface,
    memberName,
    penalty,
    paused,
    pausedReason,
  });
}

/** A line break cannot be in a header's value, so no two posts share one. */
export const postKey = ({ queue, interface: own }: Pick<Post, 'queue' | 'interface'>): string =>
  `${queue}\n${own}`;

export const isSamePost = (one: Post | undefined, other: Post | undefined): boolean =>
  one === undefined || other === undefined
    ? one === other
    : one.memberName === other.memberName &&
      one.stateInterface === other.stateInterface &&
      one.penalty === other.penalty &&
      one.paused === other.paused &&
      one.pausedReason === other.pausedReason;
