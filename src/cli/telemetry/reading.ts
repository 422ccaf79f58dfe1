/** What can go wrong in a run that goes on; `sink_back` and `source_back` say that it is over. */
export const warningKinds = [
  'rejected',
  'late',
  'stray',
  'set_back',
  'ahead',
  'clock',
  'left_out',
  'passed_over',
  'folded',
  'given_up',
  'checkpoint',
  'sink',
  'sink_back',
  'source',
  'source_back',
] as const;

export type WarningKind = (typeof warningKinds)[number];

/** One thing that can go wrong, as a count that only rises. */
export interface Reading {
  kind: WarningKind;
  /** A source, operator or sink; the pipeline itself where it is empty. */
  component: string;
  count: number;
  what: string;
}
