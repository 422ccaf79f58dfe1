import { expect } from 'chai';
import { emptyHeader } from '../../../src/formats/header/header.ts';
import { peelSyslog5424, peelWords5424 } from '../../../src/formats/header/syslog5424.ts';
import { StampClock } from '../../../src/formats/time/stampClock.ts';
import { headerWords } from '../../support/formats/headerCursor.ts';

function peel(text: string): string | null {
  const header = emptyHeader();
  const found = peelSyslog5424(text, 0, new StampClock({ timeZone: 'UTC', dayFirst: false }, undefined), header);
  return found
    ? `${Number.isNaN(header.time) ? '-' : new Date(header.time).toISOString()} ${headerWords(header)}|${text.slice(header.bodyAt)}`
    : null;
}
const at = '2003-10-11T22:14:15.003Z';

describe('a header of RFC 5424', () => {
  const cases: [text: string, peeled: string | null][] = [
    [`1 ${at} web1 su 12 ID47 - it runs`, `${at} host=web1 pid=12 component=su other=ID47|it runs`],
    [`1 ${at} web1 su - - - it runs`, `${at} host=web1 component=su|it runs`],
    [`1 ${at} web1 su 12 ID47 [x a="b]c\\"]"][y] it runs`, `${at} host=web1 pid=12 component=su other=ID47 [x a="b]c\\"]"][y]|it runs`],
    [`1 ${at} web1 su 12 ID47 it runs`, `${at} host=web1 pid=12 component=su other=ID47|it runs`],
    [`1 ${at} web1 su 12 - [x a="b"]`, `${at} host=web1 pid=12 component=su other=[x a="b"]|[x a="b"]`],
    [`1 ${at} web1 su 12 - - \ufeffit runs`, `${at} host=web1 pid=12 component=su|it runs`],
    ['1 - web1 su 12 - - it runs', '- host=web1 pid=12 component=su|it runs'],
    ['1 soon web1 su 12 - - it runs', null],
    [`2 ${at} web1 su 12 - - it runs`, null],
  ];
  for (const [text, peeled] of cases) it(text, () => expect(peel(text)).to.equal(peeled));
});

describe('the same words without a priority', () => {
  const words = (text: string) => {
    const header = emptyHeader();
    return peelWords5424(text, 0, header) ? `${headerWords(header)}|${text.slice(header.bodyAt)}` : null;
  };

  it('are told by a process or a message id, and by what data look like', () => {
    expect(words('web1 su 12 ID47 - it runs')).to.equal('host=web1 pid=12 component=su other=ID47|it runs');
    expect(words('web1 su - - - it runs')).to.equal('host=web1 component=su|it runs');
    expect(words('web1 su - ID47 - it runs')).to.equal(null);
    expect(words('web1 su 12 - [x@1 a="b"] it runs')).to.equal('host=web1 pid=12 component=su other=[x@1 a="b"]|it runs');
    expect(words('web1 su 12 - [x] it runs')).to.equal(null);
    expect(words('it runs since an hour')).to.equal(null);
  });
});
