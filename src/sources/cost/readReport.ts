import { CaducusError } from '../../errors.ts';
import { CsvParser } from '../../formats/csv/csvParser.ts';
import { EncodedParser } from '../../formats/bytes/encodedParser.ts';
import type { FormatItem } from '../../formats/format.ts';
import type { Files } from '../../io.ts';
import type { RejectedSignal } from '../../signal.ts';
import { isGzip, openBytes } from '../file/openBytes.ts';
import { costColumns } from './columns.ts';
import type { RollUp } from './rollUp.ts';

export interface ReadOptions {
  files: Files;
  /** Id of the source. */
  id: string;
  cost: string | undefined;
  signal: AbortSignal;
}

/** Longest row, bytes: tags make them long. */
const maxLineBytes = 1 << 20;
/** Rejected rows that are kept of a file; the rest is only counted in the last one. */
const mostRejected = 1_000;

/** Adds a CSV report, plain or gzip, to the sums. Returns the rows that could not be added. Throws CAD075 when it is no cost report. */
export async function readReport(path: string, rollUp: RollUp, { files, id, cost, signal }: ReadOptions): Promise<RejectedSignal[]> {
  let header = false;
  let taken = 0;
  const make = () =>
    new CsvParser(
      {
        delimiter: 'auto',
        maxLineBytes,
        save: () => null,
        rows: (names) => {
          const columns = costColumns(names, cost);
          if (!columns)
            throw new CaducusError(
              'CAD075',
              { file: path },
              cost === undefined
                ? 'has neither the columns of a Cost and Usage Report nor those of FOCUS, of Google or of Azure'
                : `has no column ${cost}, or is no cost report`,
            );
          header = true;
          // Rows are added as they come; a draft only stands for "was added".
          return (fields) => {
            const problem = rollUp.add(fields, columns);
            if (problem === null) taken += 1;
            return problem ?? { time: 0, text: '', metadata: {} };
          };
        },
      },
      {},
      null,
    );
  const parser = new EncodedParser(make, null);
  const rejected: RejectedSignal[] = [];
  let more = 0;
  const keep = (items: readonly FormatItem[]) => {
    for (const item of items) {
      if (item.kind !== 'refusal') continue;
      if (rejected.length >= mostRejected) more += 1;
      else
        rejected.push({
          kind: 'rejected',
          time: 0,
          key: '',
          rejected: {
            source: id,
            reason: item.reason,
            place: { file: path, line: item.line, offset: item.offset },
            original: item.original,
          },
        });
    }
  };
  for await (const chunk of openBytes(files, path, 0, await isGzip(files, path), signal)) keep(parser.push(chunk));
  keep(parser.end());
  if (!header) throw new CaducusError('CAD075', { file: path }, 'is empty');
  if (taken === 0 && rejected.length > 0) {
    const { reason, place } = rejected[0]!.rejected;
    throw new CaducusError(
      'CAD075',
      { file: path, line: Number(place.line) },
      `none of its ${rejected.length + more} rows could be taken: ${reason}`,
    );
  }
  if (more > 0) rejected.at(-1)!.rejected.reason += `; and ${more} further rows of this file could not be taken`;
  return rejected;
}
