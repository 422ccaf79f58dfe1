import { expect } from 'chai';
import { width } from '../../../src/views/text/text.ts';
import type { ViewOptions } from '../../../src/views/text/viewOptions.ts';
import { expectGolden } from '../golden.ts';

const plain: ViewOptions = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const withoutColour = (text: string) =>
  text
    .split('\u001b[')
    .map((part, at) => (at === 0 ? part : part.slice(part.indexOf('m') + 1)))
    .join('');

/** What holds for every page. It is compared with `test/views/pages/<name>.*.txt`. */
export function describePage(name: string, page: (view: ViewOptions) => string[]): void {
  describe(`the page ${name}`, () => {
    const file = (kind: string) => new URL(`../../views/pages/${name}.${kind}.txt`, import.meta.url);

    it('is drawn as agreed at 96 columns, with and without colour, and at 80', () => {
      expectGolden(file('96'), page(plain));
      expectGolden(file('80'), page({ ...plain, columns: 80 }));
      expectGolden(file('color'), page({ ...plain, color: true }));
    });

    it('says the same without colour', () => {
      expect(page({ ...plain, color: true }).map(withoutColour)).to.deep.equal(page(plain));
    });

    it('has no line longer than the screen, and no blanks at its end', () => {
      for (const columns of [1, 20, 40, 60, 79, 80, 95, 96, 200]) {
        for (const ascii of [false, true]) {
          for (const line of page({ ...plain, columns, ascii })) {
            expect(width(line), `${columns}: ${line}`).to.be.at.most(columns);
            expect(line).to.not.match(/ $/);
          }
        }
      }
    });

    it('is pure ASCII where that is asked for', () => {
      for (const line of page({ ...plain, ascii: true })) expect(line).to.match(/^[\x20-\x7e]*$/);
    });

    it('shows every time of day in the zone that is asked for', () => {
      const inZone = (timeZone: string) => page({ ...plain, timeZone }).join('\n');
      expect(inZone('America/New_York')).to.not.match(/\d\d:\d\d(:\d\d(\.\d+)?)?Z/);
      if (/\d\d:\d\d\S*Z/.test(inZone('UTC'))) expect(inZone('America/New_York')).to.include(' EDT');
    });
  });
}
