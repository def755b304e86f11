/*
 * How long the exchange and its phones take for what is nobody's decision, in ms. The players keep to it and the
 * ledger counts with it.
 */

/** A phone's 180 comes this long after the INVITE went out. */
export const ALERT_MS = 120;
/** A colleague dials the code that takes a call from another phone. */
export const PICKUP_DIAL_MS = 500;
/** From a stage that gave up to what the dialplan does next. */
export const STAGE_GAP_MS = 60;
/** A seat presses the feature code and the number of a blind transfer, the caller on hold. */
export const BLIND_DIAL_MS = 1200;
/** The same for an attended one. */
export const CONSULT_DIAL_MS = 2300;
/** How long the Local pair of an attended transfer stays once caller and colleague hear each other. */
export const OPTIMISE_MS = 600;
/** Whoever parks a caller hears the number of the place, and then the line ends. */
export const PLACE_SAID_MS = 3500;
/** From dialling a parking place to having its caller. */
export const FETCH_MS = 500;
