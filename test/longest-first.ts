import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that run for a minute or more; begun last, one of them would go on alone when all others are over. */
const LONG = [
  'operations/paging',
  'kill/kill',
  'simulation/days',
  'simulation/bad-days',
  'kill/stop',
  'app/program',
].map((name) => `/test/${name}.test.ts`);

/** What is long begins first, also where no run before tells how long each file takes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((end) => moduleId.endsWith(end));
  return place < 0 ? LONG.length : place;
}
