import { CaducusError } from '../../errors.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Refusal } from './fitSnapshot.ts';

/** Throws CAD042, with what was changed and what to do about each change, where a state may not be gone on from. */
export function refuseUnfitting({ file, name }: Pick<Pipeline, 'file' | 'name'>, refused: readonly Refusal[]): void {
  if (refused.length === 0) return;
  const accepted = refused.filter(({ way }) => way === 'accept').map(({ operator }) => operator);
  const removed = refused.filter(({ way }) => way === 'remove').map(({ operator }) => `caducus state rm ${name} --operator ${operator}`);
  const ways = [
    ...(accepted.length > 0 ? [`run with --accept-changes: ${accepted.join(', ')} and what is behind start anew`] : []),
    ...(removed.length > 0 ? [`start anew what cannot be read: ${removed.join('; ')}`] : []),
  ];
  throw new CaducusError('CAD042', { file }, refused.map(({ what }) => what).join('; '), {
    hint: `Undo the change, or ${ways.join(', and ')}.`,
  });
}
