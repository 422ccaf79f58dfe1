import type { Io } from '../../io.ts';

/** The name of whoever answers, where none is given. */
export const whoIsIt = ({ env }: Pick<Io, 'env'>): string => env['USER'] ?? env['LOGNAME'] ?? 'somebody';
