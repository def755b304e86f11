import type { NumberFormSettings } from './number-settings.ts';

/** Blanks, hyphens, points, strokes, brackets and the invisible: how people and gateways group digits. */
const GROUPING = /[\s.\-/()[\]\p{Pd}\p{Cf}]/gu;
/** ITU-T E.164: at most 15 digits, no country code begins with 0; the shortest in use have 7. */
const WITH_COUNTRY_CODE = /^[1-9]\d{6,14}$/;

/**
 * A number as the trunk delivered it, or as a seat dialled it, in the one form callers are told apart by (norm.md
 * section 3): `+8613800000001` where its country code is known or set, otherwise the bare digits (an extension, a short
 * code). The + keeps the two apart. Undefined for a caller without a number: nothing, `anonymous`, a name, only zeros,
 * one of `withheldNumbers`.
 *
 * Where two readings are possible the first of these holds: extension, international prefix, trunk prefix, own country
 * code without +, local number (with `areaCode`), national number; then the same behind an outside-line prefix; then any
 * country code without +. So an outside line 0 joined to 013800000001 is 00 13800000001, a number in America, as it
 * would be on any phone; written `0,013800000001` it is not.
 */
export function numberForm(delivered: string, settings: NumberFormSettings): string | undefined {
  const number = outsideLineTaken(written(delivered, settings), settings);
  if (!/^\+?\d*[1-9]\d*$/.test(number) || settings.withheldNumbers.includes(number)) return undefined;
  const digits = number.replace('+', '');
  if (number.startsWith('+') && WITH_COUNTRY_CODE.test(digits)) return international(digits, settings);
  // A gateway that writes + before everything: 0 begins no country code, and an extension is none.
  return bare(digits, settings);
}

/** The digits without what groups them; `+49 (0)30` names the trunk prefix that + takes the place of. */
function written(delivered: string, { internationalPrefix }: NumberFormSettings): string {
  const text = delivered.normalize('NFKC').trim();
  const abroad = text.startsWith('+') || (internationalPrefix !== '' && text.startsWith(internationalPrefix));
  return (abroad ? text.replace('(0)', '') : text).replaceAll(GROUPING, '');
}

/** `9,0138…`, `9w0138…` and `9+86138…`: what stands between says that the prefix is one. */
function outsideLineTaken(number: string, { outsideLinePrefixes }: NumberFormSettings): string {
  for (const prefix of outsideLinePrefixes) {
    if (!number.startsWith(prefix)) continue;
    const rest = number.slice(prefix.length);
    if (/^([,pw]|\+)/i.test(rest)) return rest.replace(/^[,pw]+/i, '');
  }
  return number;
}

function bare(digits: string, settings: NumberFormSettings): string {
  const plain = asDialled(digits, settings);
  if (plain !== undefined) return plain;
  for (const prefix of settings.outsideLinePrefixes) {
    const rest = digits.slice(prefix.length);
    // Nobody needs an outside line to reach an extension.
    if (!digits.startsWith(prefix) || rest.length <= settings.extensionLength) continue;
    const behind = asDialled(rest, settings);
    if (behind !== undefined) return behind;
  }
  return odd(digits, settings);
}

/** The readings whose digits are as many as the numbering plan says; undefined where none fits. */
function asDialled(digits: string, settings: NumberFormSettings): string | undefined {
  const { countryCode, internationalPrefix, areaCode } = settings;
  if (digits.length <= settings.extensionLength) return digits;
  const abroad = behind(internationalPrefix, digits);
  if (abroad !== undefined && WITH_COUNTRY_CODE.test(abroad)) return international(abroad, settings);
  const behindTrunk = withoutTrunk(digits, settings);
  if (behindTrunk !== digits && isNational(behindTrunk, settings)) return national(behindTrunk, settings);
  const home = digits.length > settings.longestNational ? behind(countryCode, digits) : undefined;
  if (home !== undefined && isNational(withoutTrunk(home, settings), settings))
    return national(home, settings);
  if (areaCode !== '' && digits.length <= settings.longestLocal && !hasTrunkPrefix(digits, settings))
    return national(areaCode + digits, settings);
  return isNational(digits, settings) && !hasTrunkPrefix(digits, settings)
    ? national(digits, settings)
    : undefined;
}

/** What has too few digits or too many: a service number behind its area code, a country code without +, or neither. */
function odd(digits: string, settings: NumberFormSettings): string {
  if (hasTrunkPrefix(digits, settings) && digits.length <= settings.longestNational)
    return national(digits, settings);
  const hasCountryCode = digits.length > settings.longestNational && WITH_COUNTRY_CODE.test(digits);
  return hasCountryCode ? international(digits, settings) : digits;
}

const isNational = (digits: string, { shortestNational, longestNational }: NumberFormSettings): boolean =>
  digits.length >= shortestNational && digits.length <= longestNational;

/** What follows a prefix; undefined where it is not in front, or there is none. */
const behind = (prefix: string, digits: string): string | undefined =>
  prefix !== '' && digits.startsWith(prefix) ? digits.slice(prefix.length) : undefined;

/**
 * No national number begins with 0 where 0 is the trunk prefix. Numbers do begin with the 8 of Russia (800 is free of
 * charge there): such a prefix is one only where the number is too long without.
 */
function hasTrunkPrefix(digits: string, { trunkPrefix, longestNational }: NumberFormSettings): boolean {
  const rest = behind(trunkPrefix, digits);
  return (
    rest !== undefined && rest !== '' && (trunkPrefix.startsWith('0') || digits.length > longestNational)
  );
}

/** Gateways that join +86 and 0138…: the trunk prefix has no place behind a country code. */
function withoutTrunk(digits: string, settings: NumberFormSettings): string {
  let rest = digits;
  while (hasTrunkPrefix(rest, settings)) rest = rest.slice(settings.trunkPrefix.length);
  return rest;
}

function national(digits: string, settings: NumberFormSettings): string {
  const rest = withoutTrunk(digits, settings);
  if (settings.countryCode === '') return rest;
  const full = settings.countryCode + rest;
  return WITH_COUNTRY_CODE.test(full) ? `+${full}` : digits;
}

function international(digits: string, settings: NumberFormSettings): string {
  const home = behind(settings.countryCode, digits);
  const full = home === undefined ? digits : settings.countryCode + withoutTrunk(home, settings);
  return `+${WITH_COUNTRY_CODE.test(full) ? full : digits}`;
}
