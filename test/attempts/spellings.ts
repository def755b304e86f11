import { numberFormSchema, type NumberFormSettings } from '../../src/attempts/number-settings.ts';

/** Numbering plans as an operator would write them into the configuration. */
export const PLANS = {
  Shanghai: plan({ countryCode: '86', outsideLinePrefixes: ['9'], areaCode: '21', shortestNational: 10 }),
  'New York': plan({
    countryCode: '1',
    trunkPrefix: '1',
    internationalPrefix: '011',
    outsideLinePrefixes: ['9'],
    areaCode: '212',
    longestLocal: 7,
    shortestNational: 10,
    longestNational: 10,
  }),
  Berlin: plan({ countryCode: '49', outsideLinePrefixes: ['0'], areaCode: '30', extensionLength: 3 }),
  Madrid: plan({
    countryCode: '34',
    trunkPrefix: '',
    outsideLinePrefixes: ['0'],
    shortestNational: 9,
    longestNational: 9,
  }),
  Moscow: plan({
    countryCode: '7',
    trunkPrefix: '8',
    internationalPrefix: '810',
    shortestNational: 10,
    longestNational: 10,
  }),
  Rome: plan({ countryCode: '39', trunkPrefix: '', shortestNational: 6 }),
  'nothing set': plan({}),
} as const;
export type Place = keyof typeof PLANS;

function plan(settings: Partial<NumberFormSettings>): NumberFormSettings {
  return numberFormSchema.parse(settings);
}

/** Two spellings, and the one form of both. */
export const SAME: readonly (readonly [Place, string, string, string])[] = [
  ['Shanghai', '+86 138 0000 0001', '13800000001', '+8613800000001'],
  ['Shanghai', '008613800000001', '013800000001', '+8613800000001'],
  ['Shanghai', '9,013800000001', '138-0000-0001', '+8613800000001'],
  ['Shanghai', '9013800000001', '9008613800000001', '+8613800000001'],
  ['Shanghai', '913800000001', '9w13800000001', '+8613800000001'],
  ['Shanghai', '8613800000001', '9+8613800000001', '+8613800000001'],
  ['Shanghai', '+86013800000001', '+86 (0) 138 0000 0001', '+8613800000001'],
  ['Shanghai', '+013800000001', '86013800000001', '+8613800000001'],
  ['Shanghai', '+86 138 0000 0001', '１３８００００ 0001', '+8613800000001'],
  ['Shanghai', '(021) 6234 5678', '62345678', '+862162345678'],
  ['Shanghai', '+86 21 6234-5678', '2162345678', '+862162345678'],
  ['Shanghai', '02162345678', '962345678', '+862162345678'],
  ['Shanghai', '902162345678', '9,62345678', '+862162345678'],
  ['Shanghai', '010-6234 5678', '+861062345678', '+861062345678'],
  ['Shanghai', '0571 8765 4321', '86057187654321', '+8657187654321'],
  ['Shanghai', '95598', '02195598', '+862195598'],
  ['Shanghai', '0049 30 1234567', '+49 (0)30 1234567', '+49301234567'],
  ['Shanghai', '0012125550123', '900 1 212 555 0123', '+12125550123'],
  ['Shanghai', '8001', ' 8001 ', '8001'],
  ['New York', '(212) 555-0123', '+1 212 555 0123', '+12125550123'],
  ['New York', '1-212-555-0123', '5550123', '+12125550123'],
  ['New York', '9,1 212 555 0123', '912125550123', '+12125550123'],
  ['New York', '92125550123', '95550123', '+12125550123'],
  ['New York', '+1 (1) 212.555.0123', '2125550123', '+12125550123'],
  ['New York', '011 86 138 0000 0001', '+8613800000001', '+8613800000001'],
  ['New York', '9011 8613800000001', '8613800000001', '+8613800000001'],
  ['Berlin', '030 1234567', '+49 30 1234567', '+49301234567'],
  ['Berlin', '1234567', '+49 (0)30/123 45 67', '+49301234567'],
  ['Berlin', '0,030 1234567', '0,0049301234567', '+49301234567'],
  ['Berlin', '0170 12345678', '4917012345678', '+4917012345678'],
  ['Berlin', '000 49 170 12345678', '17012345678', '+4917012345678'],
  ['Madrid', '612 345 678', '+34 612 34 56 78', '+34612345678'],
  ['Madrid', '0034612345678', '34612345678', '+34612345678'],
  ['Madrid', '0612345678', '0,612345678', '+34612345678'],
  ['Madrid', '912345678', '0 0034 912345678', '+34912345678'],
  ['Moscow', '8 (495) 123-45-67', '+7 495 1234567', '+74951234567'],
  ['Moscow', '8 800 123 45 67', '8001234567', '+78001234567'],
  ['Moscow', '810 86 138 0000 0001', '+86 138 0000 0001', '+8613800000001'],
  ['Rome', '06 1234 5678', '+39 06 12345678', '+390612345678'],
  ['nothing set', '013800000001', '13800000001', '13800000001'],
  ['nothing set', '0044 20 7946 0123', '+44 (0)20 7946 0123', '+442079460123'],
];

/** Two spellings of two callers. */
export const DIFFERENT: readonly (readonly [Place, string, string])[] = [
  ['Shanghai', '13800000001', '13800000002'],
  ['Shanghai', '+86 138 0000 0001', '+1 380 000 0001'],
  ['Shanghai', '013800000001', '0013800000001'],
  ['Shanghai', '8001', '02180018001'],
  ['Shanghai', '62345678', '010 6234 5678'],
  ['Shanghai', '8001', '98001'],
  ['Shanghai', '+91 38000 00001', '9 0138 0000 0001'],
  ['New York', '5550123', '(718) 555-0123'],
  ['New York', '2125550123', '+86 212 5550 123'],
  ['Berlin', '0301234567', '00301234567'],
  ['Berlin', '123', '030123'],
  ['Madrid', '612345678', '+33 612345678'],
  ['Madrid', '912345678', '12345678'],
  ['Moscow', '8 495 123 45 67', '8 499 123 45 67'],
  ['Rome', '0612345678', '+39 6 12345678'],
  ['nothing set', '013800000001', '+8613800000001'],
];

/** What is nobody's number. */
export const NOBODY: readonly string[] = [
  '',
  '   ',
  'anonymous',
  'Anonymous',
  'unknown',
  '<unknown>',
  'restricted',
  'Unavailable',
  'private',
  '0',
  '00000000',
  '+',
  '-',
  'alice',
  'caller 138',
  '*67',
  '#31#13800000001',
  '８x',
];
