/**
 * How odd it is that so many of the lines have something, beside the share that usually has it: -log2 of how likely that is by
 * chance, by the Kullback-Leibler divergence of the shares times the lines (Chernoff's bound). 0 where no more have it than usual.
 * @param usual a share, above 0
 */
export function shareBits({ count, of, usual }: { count: number; of: number; usual: number }): number {
  const share = count / of;
  if (share <= usual) return 0;
  const rest = share < 1 ? (1 - share) * Math.log2((1 - share) / (1 - usual)) : 0;
  return of * (share * Math.log2(share / usual) + rest);
}
