/** Standard deviations of a Poisson count above the usual from which a count stands out. */
const STANDING_OUT = 4;

/**
 * The count at which something began, by what was usual before it: the least that stood out. Of what never came before
 * it is 1. What has begun is on until its count is below this, however used to it the memory has become meanwhile.
 */
export const beginLevel = (usual: number | null): number =>
  usual === null || usual <= 0 ? 1 : Math.max(1, usual + STANDING_OUT * Math.sqrt(usual));
