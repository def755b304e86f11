import type { Target } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';

/** What of a hotline its formulas hang on. */
export type FormulaTerms = Pick<
  HotlineDefinition,
  'emergency' | 'ringOutS' | 'shortAbandonS' | 'setAsideShort'
>;

/** The formula of a rate as it is in force for a hotline, in words (norm.md section 1). */
export function formulaOf(target: Target, hotline: FormulaTerms): string {
  const hours = hotline.emergency ? 'at all hours' : 'in open hours';
  switch (target) {
    case 'auto':
      return `picked up by the attendant / all calls that reached the hotline ${hours}; nothing is set aside`;
    case 'transfer':
      return `answered by a person / asked for a person ${hours}; ${shortAbandons(hotline)}`;
    case 'direct':
      return `answered by a person / all calls that reached the hotline ${hours}; ${shortAbandons(hotline)}`;
    case 'after-hours':
      return (
        'taken by an attendant, a voicemail, a closed announcement or a person / calls that reached the hotline ' +
        `in closed hours; callers who rang less than ${hotline.ringOutS} s are set aside`
      );
  }
}

function shortAbandons({ setAsideShort, shortAbandonS }: FormulaTerms): string {
  return setAsideShort
    ? `callers who left in less than ${shortAbandonS} s are set aside`
    : 'callers who left at once count as missed';
}
