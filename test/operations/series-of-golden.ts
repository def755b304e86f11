import { readGoldenSeries } from '../dashboards/golden-page.ts';

export type Labels = Readonly<Record<string, string>>;

/** What a company calls its own: the page has examples. */
const NAMES = new Set(['pbx', 'hotline', 'queue', 'trunk']);
/** The example has no hotline of people; its target is the third of the norm. */
const ALSO: Labels = { target: 'direct' };

/**
 * The golden /metrics page as what there is to be read from: whoever takes a name, a label or a value that is not on it
 * is told so at once.
 */
export class GoldenPage {
  readonly #families = new Map<string, Labels[]>();

  constructor() {
    for (const { name, labels } of readGoldenSeries()) {
      this.#families.set(name, [...(this.#families.get(name) ?? []), labels]);
    }
  }

  /** All labels of the series with those; what is not said is as on the page, where it is the same on all of it. */
  series(name: string, wanted: Labels): Labels {
    const series = this.#seriesOf(name);
    const known = new Set(series.flatMap((labels) => Object.keys(labels)));
    for (const [label, value] of Object.entries(wanted)) {
      if (!known.has(label)) throw new Error(`${name} has no label ${label}`);
      if (!this.#mayBe(name, label, value)) throw new Error(`${name} has no ${label}="${value}"`);
    }
    const onPage = (label: string): boolean => !NAMES.has(label) && wanted[label] !== ALSO[label];
    const fits = series.filter((labels) =>
      Object.entries(wanted).every(([label, value]) => !onPage(label) || labels[label] === value),
    );
    const [first] = fits;
    if (first === undefined) throw new Error(`No series of ${name} is ${JSON.stringify(wanted)}`);
    for (const label of Object.keys(first)) {
      if (wanted[label] === undefined && fits.some((labels) => labels[label] !== first[label])) {
        throw new Error(`Which ${label} of ${name}?`);
      }
    }
    return { ...first, ...wanted };
  }

  /** Whether some series carries this value, or might: names are a company's own. */
  #mayBe(name: string, label: string, value: string): boolean {
    if (NAMES.has(label) || ALSO[label] === value) return true;
    return this.#seriesOf(name).some((labels) => labels[label] === value);
  }

  #seriesOf(name: string): readonly Labels[] {
    const series = this.#families.get(name);
    if (series === undefined) throw new Error(`${name} is not on the golden page`);
    return series;
  }
}
