import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { sheetPage, writePage } from '../../../src/cli/share/sheetPage.ts';
import { CaducusError } from '../../../src/errors.ts';
import { nodeIo } from '../../../src/io.ts';
import { contextResult } from '../../support/views/viewSamples.ts';

describe('sheetPage', () => {
  it('only the style that is in it holds', () => {
    const page = writePage({ title: 'a </title><script>', style: 'b{color:red}', body: '<p></p>' });
    expect(page).to.contain(`'sha256-${createHash('sha256').update('b{color:red}').digest('base64')}'`);
    expect(page).to.contain('<title>a &lt;/title>&lt;script></title>');
  });

  it('says what to do where the drawings are not built', async () => {
    const io = nodeIo();
    const failed = await sheetPage(
      { kind: 'context', result: contextResult },
      {
        ...io,
        files: Object.assign(Object.create(io.files) as typeof io.files, {
          stat: (path: string) => (path.endsWith('sheet.ts') ? Promise.resolve(null) : io.files.stat(path)),
        }),
      },
    ).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(CaducusError);
    expect((failed as CaducusError).hint).to.contain('npm run build');
  });
});
