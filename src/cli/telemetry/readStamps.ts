import type { SourceReport } from '../../run/report.ts';
import type { Reading } from './reading.ts';

/** What is wrong with the stamps of a source, as counts of records; what is not wrong counts nothing. */
export function readStamps({ id: component, strays = 0, set_back = 0, ahead }: SourceReport): Reading[] {
  return [
    { kind: 'stray', component, count: strays, what: 'stamps beyond belief; they went on at the time of their neighbours' },
    {
      kind: 'set_back',
      component,
      count: set_back,
      what: 'stamps that step back, as of a clock that was set back; they went on at a later time than they name',
    },
    {
      kind: 'ahead',
      component,
      count: ahead ? 1 : 0,
      what: 'most stamps lie ahead of the clock of this machine: look at its time zone, or at the clock',
    },
  ];
}
