import { expect } from 'chai';
import { emptyHeader } from '../../../src/formats/header/header.ts';
import { eachPlace, type Place } from '../../../src/formats/header/places.ts';
import { peelPrefix } from '../../../src/formats/header/prefix.ts';
import { headerWords } from '../../support/formats/headerCursor.ts';

/** What stands in front of `2024`, by the place where the stamp was found. */
function prefix(text: string): string {
  let found: Place | undefined;
  eachPlace(text, 0, (place) => {
    if (text.startsWith('2024', place.at)) found = { ...place };
    return found !== undefined;
  });
  const header = emptyHeader();
  peelPrefix(text, 0, found!, header);
  return headerWords(header);
}

describe('what stands in front of a stamp', () => {
  const cases: Record<string, string> = {
    'ERROR 2024': 'level=ERROR',
    'ERROR [Read-2] 2024': 'level=ERROR thread=Read-2',
    '[ERROR] 2024': 'level=ERROR',
    'W, [2024': 'level=WARN',
    '[I 2024': 'level=INFO',
    '[4711:4712: 2024]': 'pid=4711',
    '=ERROR REPORT==== 2024': 'level=ERROR',
    '=CRASH REPORT==== 2024': 'level=ERROR',
    '=PROGRESS REPORT==== 2024': 'level=INFO',
    'Error 2024': 'other=Error',
    'Error: 2024': 'level=Error',
    '[17] 2024': 'pid=17',
    '[main] 2024': 'thread=main',
    '[orders] 2024': 'component=orders',
    '[a b] 2024': 'other=[a b]',
    '127.0.0.1 - frank [2024': 'other=127.0.0.1 - frank',
    'web1 - - 2024': 'other=web1',
  };
  for (const [text, words] of Object.entries(cases)) it(text, () => expect(prefix(text)).to.equal(words));
});
