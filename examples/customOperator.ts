// The operator of slowest.ts in code: what it emits has its type, and a sink can end the pipe.
import { file, ndjson, ofKind, toSink } from 'caducus';
import { lastValueFrom, tap } from 'rxjs';
import { slowest } from './slowest.ts';

const slow$ = file({ path: 'fixtures/requests.log' }).pipe(
  slowest({ every: '1m' }),
  ofKind('slowest'),
  tap(({ ms, text }) => process.stdout.write(`${ms} ms  ${text}\n`)),
);
const { written } = await lastValueFrom(slow$.pipe(toSink(ndjson({ path: '.caducus/data/out/slowest.ndjson', select: ['slowest'] }))));
process.stdout.write(`${written} written\n`);
