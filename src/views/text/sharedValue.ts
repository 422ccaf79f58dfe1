import type { SharedValue } from '../../results/episodeResult.ts';
import { count } from './numbers.ts';
import { share } from './share.ts';

/** `volume /data/3 in 38 of 38 (usual 0.1 %)`: what members or their lines have in common. `write` dresses the value. */
export const writeShared = ({ value, in: many, of, field, usual }: SharedValue, write: (value: string) => string = String): string =>
  `${field === undefined ? '' : `${field} `}${write(value)} in ${count(many)} of ${count(of)}${usual === undefined ? '' : ` (usual ${share(usual)})`}`;
