/**
 * Lists of none, one or two, for which a Set is too dear. They are replaced and never changed, so that whoever walks
 * one may take out of it what it comes by.
 */
export const NONE: readonly never[] = Object.freeze([]);

export const withOne = <Item>(list: readonly Item[], item: Item): readonly Item[] =>
  list.length === 0 ? [item] : list.includes(item) ? list : [...list, item];

export const without = <Item>(list: readonly Item[], item: Item): readonly Item[] =>
  list.length === 1 && list[0] === item ? NONE : list.filter((other) => other !== item);
