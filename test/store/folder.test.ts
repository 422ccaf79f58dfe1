import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { nodeFiles } from '../../src/io.ts';
import { makeTable, readRecord, recordPath, tables, writeRecord } from '../../src/store/folder.ts';
import { temporaryFolder } from '../support/storeFixture.ts';

describe('folder tables', () => {
  const folder = temporaryFolder();
  const topic = { topic_id: 'k7f2', label: 'Disk failure on dn2', weight: 0.5 };

  it('keep a record whole, with its key inside, in a file of its name', async () => {
    await makeTable(nodeFiles, folder(), tables.topics);
    expect(await writeRecord(nodeFiles, folder(), tables.topics, topic)).to.equal(true);
    const text = readFileSync(join(folder(), 'analysis/topics/k7f2.json'), 'utf8');
    expect(JSON.parse(text)).to.deep.equal({ ...topic, schema: 1 });
    expect(readdirSync(join(folder(), 'analysis/topics'))).to.deep.equal(['k7f2.json']);
    expect(await readRecord(nodeFiles, folder(), tables.topics, 'k7f2')).to.deep.equal(topic);
  });

  it('say that nothing was written when the same record comes again, and replace another', async () => {
    await makeTable(nodeFiles, folder(), tables.topics);
    await writeRecord(nodeFiles, folder(), tables.topics, topic);
    expect(await writeRecord(nodeFiles, folder(), tables.topics, topic)).to.equal(false);
    expect(await writeRecord(nodeFiles, folder(), tables.topics, { ...topic, weight: 0.6 })).to.equal(true);
    expect(await readRecord(nodeFiles, folder(), tables.topics, 'k7f2')).to.have.property('weight', 0.6);
  });

  it('keep hostile keys inside the folder', async () => {
    await makeTable(nodeFiles, folder(), tables.runs);
    for (const key of ['../../out', 'CON', 'a\0b', 'z'.repeat(5000), '__proto__']) {
      await writeRecord(nodeFiles, folder(), tables.runs, { run_id: key });
      expect(await readRecord(nodeFiles, folder(), tables.runs, key)).to.deep.equal({ run_id: key });
    }
    expect(readdirSync(join(folder(), 'analysis/runs'))).to.have.length(5);
    expect(existsSync(join(folder(), 'out.json'))).to.equal(false);
  });

  it('do not write through a link that stands in the way', async () => {
    await makeTable(nodeFiles, folder(), tables.topics);
    const outside = join(folder(), 'outside');
    writeFileSync(outside, 'precious');
    symlinkSync(outside, `${recordPath(folder(), tables.topics, 'k7f2')}.tmp`);
    symlinkSync(outside, recordPath(folder(), tables.topics, 'k7f2'));
    await writeRecord(nodeFiles, folder(), tables.topics, topic);
    expect(readFileSync(outside, 'utf8')).to.equal('precious');
    expect(await readRecord(nodeFiles, folder(), tables.topics, 'k7f2')).to.deep.equal(topic);
  });

  it('refuse a table that is a link', async () => {
    mkdirSync(join(folder(), 'elsewhere'));
    symlinkSync(join(folder(), 'elsewhere'), join(folder(), 'events'));
    const made = await makeTable(nodeFiles, folder(), tables.events).catch((error: unknown) => error);
    expect(made).to.be.an('error').with.property('code', 'CAD011');
  });

  it('know no record that is not there', async () => {
    expect(await readRecord(nodeFiles, folder(), tables.topics, 'none')).to.equal(null);
  });
});
