import * as z from 'zod';
import { flag, seconds } from './setting.ts';

const share = (description: string): z.ZodNumber =>
  z.number().gt(0).max(1).meta({ description, expected: 'a share above 0 and up to 1 (0.98 for 98 %)' });

/** Declared once; the company's have defaults, a hotline's replace them one by one. */
const settings = {
  shortAbandonS: seconds(
    0,
    60,
    'A caller who gives up in less than this many seconds after first asking for a person is a short abandon.',
  ),
  setAsideShort: flag('Whether short abandons are set aside from the rates of transfer and direct.'),
  ringOutS: seconds(
    1,
    600,
    'A caller who heard nothing but ringing for this many seconds was not answered (about five rings).',
  ),
  serviceLevelS: seconds(
    1,
    600,
    'Bound of the service level: answered by a person within this many seconds.',
  ),
};
const targets = {
  auto: share('Of all calls that reached an attendant hotline: picked up.'),
  transfer: share('Of the callers who asked for a person: answered by one.'),
  direct: share('Of all calls that reached a people hotline: answered by a person.'),
};

/** The norm the figures are held against, for every hotline. */
export const normSchema = z
  .strictObject({
    shortAbandonS: settings.shortAbandonS.default(5),
    setAsideShort: settings.setAsideShort.default(true),
    ringOutS: settings.ringOutS.default(20),
    serviceLevelS: settings.serviceLevelS.default(20),
    targets: z
      .strictObject({
        auto: targets.auto.default(0.98),
        transfer: targets.transfer.default(0.85),
        direct: targets.direct.default(0.9),
      })
      .prefault({})
      .meta({ description: 'The rates to reach.' }),
  })
  .prefault({})
  .meta({ description: 'The norm figures are held against; a hotline may have its own.' });

/** What one hotline has otherwise. */
export const hotlineNormSchema = z
  .strictObject({
    shortAbandonS: settings.shortAbandonS.optional(),
    setAsideShort: settings.setAsideShort.optional(),
    ringOutS: settings.ringOutS.optional(),
    serviceLevelS: settings.serviceLevelS.optional(),
    targets: z
      .strictObject({
        auto: targets.auto.optional(),
        transfer: targets.transfer.optional(),
        direct: targets.direct.optional(),
      })
      .optional()
      .meta({ description: 'The rates to reach.' }),
  })
  .meta({ description: 'Where this hotline differs from the norm above.' });
