/** A named setting of one type of effect: values by parameter id; what it does not name is at its default. */
export interface Preset {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
}
