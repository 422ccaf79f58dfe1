import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { TemplateIndex } from '../../../src/memory/templates/templateIndex.ts';
import { drafts, parseAll } from '../parse.ts';

const T0 = Date.UTC(2024, 5, 3, 10);
const pad = (n: number): string => String(n).padStart(2, '0');
/** A day that steps with i, far from that of the lines. */
const day = (i: number): string => `2027-${pad(1 + (i % 12))}-${pad(1 + (i % 28))}`;

/** Texts that hold dates which are no stamps of their lines. */
const texts: Record<string, (i: number) => string> = {
  'a certificate that ends': (i) => `certificate for shop.example expires ${day(i)}T00:00:00Z`,
  'a certificate in words': (i) => `certificate is not valid after Jan ${1 + (i % 28)} 10:00:00 2027 GMT`,
  'a request for a day': (i) => `GET /report/${day(i)} took ${i}ms`,
  'a query for a day': (i) => `GET /report?from=${day(i)}&to=${day(i + 1)} took ${i}ms`,
  'a statement with a date': (i) => `slow query: SELECT * FROM orders WHERE created > '${day(i)} 00:00:00' LIMIT ${i}`,
  'a statement with an interval': (i) => `deleted ${i} rows where ts between '${day(i)}' and '${day(i + 1)}'`,
  'a file of a day': (i) => `rotated /var/log/app-${day(i)}.log to /var/log/app-${day(i)}.log.gz`,
  'a file of a day without signs': (i) => `wrote backup-2027${pad(1 + (i % 12))}${pad(1 + (i % 28))}-030000.tar`,
  'a partition of a day': (i) => `loaded partition dt=${day(i)}/hour=${pad(i % 24)}`,
  'when it is tried again': (i) => `job ${i} is tried again at ${day(i)} 03:00:00`,
  'when it was last seen': (i) => `node ${i} was last seen 2019-03-${pad(1 + (i % 28))}T08:00:00.000Z`,
  'a count since 1970': (i) => `token ${i} expires at ${1_800_000_000 + i}`,
  'a count of milliseconds': (i) => `token ${i} expires at ${1_800_000_000_000 + i}`,
  'an address': (i) => `connection from 10.24.6.${1 + (i % 250)} refused`,
  'a version': (i) => `upgraded to 2027.${1 + (i % 12)}.${1 + (i % 28)}`,
  'a day first': (i) => `invoice ${i} is due ${pad(1 + (i % 28))}/0${1 + (i % 9)}/2027`,
  'a clock time': (i) => `next run at ${pad(i % 24)}:30:00`,
  'a duration like a clock': (i) => `call lasted 00:0${i % 10}:1${i % 10}`,
  'a date in JSON': (i) => `payload {"until":"${day(i)}T00:00:00Z","n":${i}}`,
  'a date in brackets': (i) => `[${day(i)} 00:00:00] was the day of order ${i}`,
  'a date with names': (i) => `cookie expires Wed, ${pad(1 + (i % 28))} Jan 2027 07:28:00 GMT`,
  'a date in a header': (i) => `If-Modified-Since: Wed, ${pad(1 + (i % 28))} Jan 2027 07:28:00 GMT (${i})`,
};

const headers: Record<string, (ms: number) => string> = {
  'an ISO stamp': (ms) => `${toIso(ms)} INFO `,
  'date and time': (ms) => `${toIso(ms).replace('T', ' ').replace('Z', '').replace('.', ',')} INFO app.job - `,
  'a stamp in brackets': (ms) => `[${toIso(ms).slice(0, 19).replace('T', ' ')}] INFO `,
  'a stamp of syslog': (ms) => `Jun  3 ${toIso(ms).slice(11, 19)} web1 app[7]: `,
};

describe('dates in the text', () => {
  for (const [what, text] of Object.entries(texts)) {
    it(`move nothing: ${what}`, () => {
      for (const [name, header] of Object.entries(headers)) {
        const lines = Array.from({ length: 40 }, (_, i) => `${header(T0 + i * 1000)}${text(i)}`);
        const found = drafts(parseAll('auto', `${lines.join('\n')}\n`, [], Date.UTC(2024, 5, 3, 11)));
        expect(
          found.map(({ time }) => time),
          name,
        ).to.deep.equal(lines.map((_, i) => T0 + i * 1000));
        expect(
          found.map((draft) => draft.text),
          name,
        ).to.deep.equal(lines.map((_, i) => text(i)));
      }
    });

    it(`are values: ${what}`, () => {
      const index = new TemplateIndex({ group: 'g' });
      for (let i = 0; i < 60; i++) index.learn(text(i), i, `e${i}`);
      expect(index.size).to.equal(1);
    });
  }
});
