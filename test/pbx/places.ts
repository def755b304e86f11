/** Where one Asterisk of the pair listens. */
export interface WorldPlace {
  readonly address: string;
  readonly sipPort: number;
  readonly amiPort: number;
  readonly rtpStart: number;
}
export interface AmiPlace extends WorldPlace {
  /** Secret of all its AMI users: made for this run. */
  readonly secret: string;
}
