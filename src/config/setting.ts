import * as z from 'zod';

/**
 * The building blocks settings are declared with. `description` says what a setting does; `expected` says, in the
 * words of a message, what would be right ("must be …"). Both travel into the JSON Schema, from which messages,
 * `--help`, config/reference.md and editors' hints are made.
 */
export interface SettingMeta {
  readonly description: string;
  readonly expected?: string;
  /** Its value is never shown, whatever is wrong with it. */
  readonly secret?: true;
}

/** Anything that fits on a line: no control character may reach a metric label, a log line or an AMI action. */
// oxlint-disable-next-line no-control-regex -- control characters are what it refuses
const ONE_LINE = /^[^\u0000-\u001f\u007f]+$/;

export const text = (meta: SettingMeta): z.ZodString =>
  z
    .string()
    .regex(ONE_LINE)
    .meta({ expected: 'text on one line', ...meta });

/** A name that becomes a metric label and a part of addresses. */
export const labelName = (description: string): z.ZodString =>
  z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
    .meta({ description, expected: 'a name of letters, digits, "-", "_" and "."' });

/** `PJSIP/carrier`: technology and name, without the `-00000012` that makes it a channel. */
export const channelInterface = (description: string): z.ZodString =>
  z
    .string()
    .regex(/^[A-Za-z0-9]+\/[^\s,&]+$/)
    .meta({ description, expected: 'an interface such as PJSIP/carrier' });

export const phoneNumber = (description: string): z.ZodString =>
  z
    .string()
    .regex(/^(?:[+*#]?[0-9A-Za-z][0-9A-Za-z*#]*)$/)
    .meta({ description, expected: 'a number exactly as the trunk delivers it, such as 95598' });

export const contextName = (description: string): z.ZodString =>
  z
    .string()
    .regex(/^[^\s,&|]+$/)
    .meta({ description, expected: 'the name of a dialplan context' });

/** A file the configuration names. */
export const path = (description: string): z.ZodString =>
  text({
    description: `${description} A relative path starts from the directory of this file.`,
    expected: 'the path of a file',
  });

export const whole = (least: number, most: number, what: string, description: string): z.ZodInt =>
  z
    .int()
    .min(least)
    .max(most)
    .meta({ description, expected: `a whole number of ${what} from ${least} to ${most}` });

export const seconds = (least: number, most: number, description: string): z.ZodInt =>
  whole(least, most, 'seconds', description);

export const flag = (description: string): z.ZodBoolean => z.boolean().meta({ description });

/** A list that is empty unless configured. */
export function listOf<Item extends z.ZodType>(
  item: Item,
  description: string,
): z.ZodDefault<z.ZodArray<Item>> {
  return z.array(item).default([]).meta({ description });
}
