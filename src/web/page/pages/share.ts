/** A share of 0 to 1 in percent: `0.1 %`. */
export const share = (part: number): string => {
  const percent = 100 * part;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  return `${String(Number(percent.toPrecision(percent >= 10 ? 3 : 2)))} %`;
};
