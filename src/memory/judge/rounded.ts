/** Three significant digits: what a person reads, and the same in every run. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
