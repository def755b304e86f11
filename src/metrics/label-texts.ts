import { ByPbx } from '../rates/by-pbx.ts';

/** Labels as they stand on the page, made once for each row of the Report: they change with its definition only. */
export class LabelTexts<Texts> {
  private texts = new ByPbx<Texts>();
  private definitionHash = '';

  /** For a Report of that definition; those of another are forgotten. */
  of(definitionHash: string): void {
    if (definitionHash === this.definitionHash) return;
    this.definitionHash = definitionHash;
    this.texts = new ByPbx();
  }

  get(pbx: string, name: string, make: () => Texts): Texts {
    let texts = this.texts.get(pbx, name);
    if (texts === undefined) {
      texts = make();
      this.texts.set(pbx, name, texts);
    }
    return texts;
  }
}
