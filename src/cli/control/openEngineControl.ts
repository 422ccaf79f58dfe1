import { CaducusError } from '../../errors.ts';
import type { CliContext } from '../shared/context.ts';
import { openNotedControl, type NotedControlOptions } from './openNotedControl.ts';

export type EngineControlOptions = Pick<NotedControlOptions, 'pipeline' | 'look' | 'figures'>;

/**
 * Lets `caducus top` connect to a process that writes the output of a pipeline on an engine, whose folder's lock is held.
 * Resolves to what ends that; nothing, and reported, where there can be no socket.
 */
export async function openEngineControl(options: EngineControlOptions, context: CliContext): Promise<() => Promise<void>> {
  const refuse = (what: string, hint: string) => () => Promise.reject(new CaducusError('CAD002', {}, what, { hint }));
  const control = await openNotedControl(
    {
      ...{ ...options, commands: 'caducus top' },
      tap: refuse(
        'a pipeline on an engine flows through several processes, none of which sees all of it',
        'caducus top shows what leaves it.',
      ),
      reload: refuse('this pipeline runs on an engine', 'caducus reload FILE --engine URL takes the file again, in all its processes.'),
    },
    context,
  );
  return async () => control?.close();
}
