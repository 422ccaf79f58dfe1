import { expect } from 'chai';
import type { Reading } from '../../../src/formats/reading/readingTally.ts';
import { inspectPage } from '../../../src/views/reading/inspectPage.ts';
import { plainView } from '../../support/views/plainView.ts';
import { reading } from '../../support/views/readingSample.ts';

describe('the page of inspect', () => {
  const page = (part: Partial<Reading> = {}) =>
    inspectPage(
      {
        subject: 'app.log',
        reading: { ...reading, ...part },
        window: { ms: 300_000, many: 12 },
        zone: 'UTC',
        refused: [['broken JSON', 2]],
        next: ['caducus init app.log > radar.yaml'],
      },
      plainView,
    );

  it('says where each part was found', () => {
    expect(page()).to.deep.equal([
      'INSPECT  app.log                    JSON lines, with plain text in between   4,812 records',
      "time    ts  4,790 of 4,812 (22 without take their neighbour's)  UTC, 2026-03-14  02:00-03:00Z",
      "level   level     30 info 4,601, 40 warn 189, 50 error 22 (by pino's numbers)",
      'group   service   orders 2,511, checkout 1,604, auth 697',
      'text    msg',
      'window  5m, of 12  joined 9 records of 84 lines',
      'refused 2  broken JSON',
      '',
      ' 713  TypeError: x',
      '      02:57:11.040Z  ERROR  orders  TypeError: x  + 8 lines',
      '',
      'caducus init app.log > radar.yaml',
    ]);
  });

  it('says that there is no time, and where nothing was found', () => {
    const lines = page({
      records: 3,
      untimed: 3,
      first: null,
      last: null,
      by: { time: [], level: [], group: [], text: [] },
      scale: [],
      levels: [['', 3]],
      groups: [['', 3]],
    });
    expect(lines.slice(1, 4)).to.deep.equal([
      'time    none: all of it is one window in order of arrival',
      'level   none  none 3',
      'group   none  (none) 3',
    ]);
  });

  it('lets no control character of a log through', () => {
    const lines = page({ examples: [{ ...reading.examples[0]!, raw: '\u001b[2Jx', text: '\u001b[2Jx' }] });
    expect(lines.join('\n')).not.to.contain('\u001b');
  });
});
