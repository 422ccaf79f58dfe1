import type { RunFigures } from '../../run/report.ts';
import type { Component } from '../../views/live/componentRows.ts';
import type { RateMeter } from './rateMeter.ts';

/** Sources, operators and sinks of a run that goes on, with what goes through each a second. `at`: a clock that never jumps, milliseconds. */
export function listComponents({ report }: RunFigures, meter: RateMeter, at: number): Component[] {
  const make = (one: Omit<Component, 'in_rate' | 'out_rate'>): Component => ({
    ...one,
    in_rate: meter.take(`${one.type} ${one.id} in`, one.in, at),
    out_rate: meter.take(`${one.type} ${one.id} out`, one.out, at),
  });
  return [
    ...report.sources.filter(isNamed).map(({ id, read, accepted, rejected, held = 0, behind, trouble }) =>
      make({
        type: 'source',
        id,
        in: read,
        out: accepted,
        held,
        lost: rejected,
        ...(behind !== undefined && { behind }),
        ...(trouble && { trouble: trouble.why }),
      }),
    ),
    ...report.operators
      .filter(isNamed)
      .map(({ id, in: into, forwarded, emitted, refused }) =>
        make({ type: 'operator', id, in: into, out: forwarded + emitted, held: 0, lost: refused }),
      ),
    ...report.sinks
      .filter(isNamed)
      .map(({ id, offered, written, failed, held, trouble }) =>
        make({ type: 'sink', id, in: offered, out: written, held, lost: failed, ...(trouble && { trouble: trouble.why }) }),
      ),
  ];
}

/** Not one of the program's own, which no file names. */
const isNamed = ({ id }: { id: string }): boolean => !id.startsWith('~');
