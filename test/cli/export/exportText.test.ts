import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { csvForm, ndjsonForm } from '../../../src/cli/export/exportForms.ts';
import { exportText } from '../../../src/cli/export/exportText.ts';
import type { Event } from '../../../src/event.ts';
import { event, temporaryFolder } from '../../support/storeFixture.ts';
import { testIo } from '../../support/testIo.ts';

async function* stream(events: readonly Event[], then: () => void = () => {}): AsyncGenerator<Event> {
  yield* events;
  then();
}
const events = [event('a', 1), event('b', 2, 'app:a', 'one, two')];
const surroundings = (stop = new AbortController()) => ({ io: testIo(), stop: stop.signal });

describe('events as text', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'out.csv');

  it('go to standard output without a path, the head first', async () => {
    const around = surroundings();
    await exportText(null, stream(events), csvForm(['id', 'text']), around);
    expect(around.io.stdout.text).to.equal('id,text\na,line a\nb,"one, two"\n');
  });

  it('are the head alone where there are none, and nothing in a form without one', async () => {
    await exportText(path(), stream([]), csvForm(['id']), surroundings());
    expect(readFileSync(path(), 'utf8')).to.equal('id\n');
    await exportText(path(), stream([]), ndjsonForm, surroundings());
    expect(readFileSync(path(), 'utf8')).to.equal('');
  });

  it('come whole and in order where they are more than a block', async () => {
    const many = Array.from({ length: 900 }, (_, i) => event(`e${i}`, 1, 'g', 'x'.repeat(300)));
    await exportText(path(), stream(many), ndjsonForm, surroundings());
    const ids = readFileSync(path(), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Event).id);
    expect(ids).to.deep.equal(many.map(({ id }) => id));
  });

  it('replace the file as a whole, over what a torn export left', async () => {
    writeFileSync(path(), 'old');
    writeFileSync(`${path()}.tmp`, 'torn');
    await exportText(
      path(),
      stream(events, () => expect(readFileSync(path(), 'utf8')).to.equal('old')),
      csvForm(['id']),
      surroundings(),
    );
    expect([readFileSync(path(), 'utf8'), existsSync(`${path()}.tmp`)]).to.deep.equal(['id\na\nb\n', false]);
  });

  it('leave the file as it was when they are stopped', async () => {
    writeFileSync(path(), 'old');
    const stop = new AbortController();
    await exportText(
      path(),
      stream(events, () => stop.abort()),
      csvForm(['id']),
      surroundings(stop),
    );
    expect([readFileSync(path(), 'utf8'), existsSync(`${path()}.tmp`)]).to.deep.equal(['old', false]);
  });

  it('refuse a file that cannot be written, with its name', async () => {
    const error: unknown = await exportText(join(folder(), 'none/out.csv'), stream(events), csvForm(['id']), surroundings()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.include({ code: 'CAD011' });
    expect(error).to.have.nested.property('where.file', join(folder(), 'none/out.csv'));
  });
});
