import { WEEKDAYS, type HotlineDefinition } from '../hotlines/definition.ts';
import { openMinutesOn } from '../hotlines/hours.ts';
import type { Settings } from './schema.ts';

type Company = Settings['company'];

/** The least hours of full service a day (norm.md section 4); a company of unknown size is in regular operation. */
export function leastHoursADay(company: Company): number {
  const households = company.households ?? 0;
  if (households > 100_000) return 12;
  return company.newlyOpened && households < 1_000 ? 8 : 10;
}

/**
 * What a hotline promises less than the norm asks, as a message; undefined where it is enough. "A day" is every day
 * of an ordinary week; exceptions (holidays) are not judged. Emergency hotlines are open at all hours.
 */
export function belowNorm(hotline: HotlineDefinition, company: Company): string | undefined {
  const least = leastHoursADay(company);
  const short = WEEKDAYS.filter((weekday) => openMinutesOn(hotline.hours, weekday) < least * 60);
  if (hotline.emergency || short.length === 0) return undefined;
  const promised = short.map((weekday) => `${weekday} ${hoursText(openMinutesOn(hotline.hours, weekday))}`);
  return `promises less than the norm's ${least} h of full service a day (${promised.join(', ')}): must be ${least} h or more`;
}

function hoursText(minutes: number): string {
  return `${Math.round(minutes / 6) / 10} h`;
}
