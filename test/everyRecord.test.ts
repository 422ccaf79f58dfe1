import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readHouse } from '../scripts/house.ts';
import { SCHEMA } from '../src/base/recordText.ts';
import { caducus } from './support/caducus.ts';
import { eventLines } from './support/durableRun.ts';
import { temporaryFolder } from './support/testIo.ts';

/** What is written as JSON and is no record of ours, and why. */
const others: Readonly<Record<string, string>> = {
  'src/engine/envelope.ts': 'the head of a message between processes of one release',
  'src/store/segments/segmentIndex.ts': 'an index of a segment, with a version of its own',
  'src/web/api/streamHub.ts': 'a heartbeat of a stream',
  'src/web/api/routes.ts': 'an answer over HTTP, whose types are those of caducus/client',
  'src/sources/http/listener.ts': 'an answer to a sender',
  'src/sources/answers/incidentNames.ts': 'pairs of two names',
  'src/sources/huggingface/download.ts': 'the rows of a data set of others',
  'src/run/checkpoint/moveState.ts': 'a record that was read, under another name',
};

/** Files of the state that have a version of their own. */
const versioned = /\/state\/[^/]+\/(?:checkpoint-\d+\.json|keys-\d+\.ndjson|lock)$|\/snapshots\//;

describe('every record that is written', () => {
  it('goes through what gives it its schema', () => {
    const plain = readHouse('.')
      .filter(({ path }) => path.startsWith('src/') || path.startsWith('operators/'))
      .flatMap(({ path, text }) => text.split('\n').map((line) => ({ path, line })))
      .filter(({ line }) => /JSON\.stringify\(.*\\n`/.test(line) && !line.includes('withSchema('));
    expect([...new Set(plain.map(({ path }) => path))].toSorted()).to.deep.equal(Object.keys(others).toSorted());
  });

  describe('by a run with all that is kept on disk', () => {
    const folder = temporaryFolder();
    let files: string[];
    before(async function () {
      this.timeout(120_000);
      const data = folder.file('data');
      writeFileSync(folder.file('in.ndjson'), `${eventLines(200)}{"torn\n`);
      writeFileSync(
        folder.file('p.yaml'),
        `name: p
sources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
  - rules: [{ name: error, when: { min_level: error }, severity: critical }]
sinks:
  all: { ndjson: { path: "${folder.file('data')}/all.ndjson", select: [event, blip, radar, finding, rejected, mark] } }
  files: { folder: {} }
  store: { segments: {} }
`,
      );
      const run = await caducus(['run', folder.file('p.yaml'), '--data-dir', data, '--record', folder.file('data/recording'), '--json']);
      expect(run.exit, run.err).to.equal(0);
      expect(JSON.parse(run.err.trim().split('\n').at(-1)!)).to.include({ kind: 'summary', schema: SCHEMA });
      expect((await caducus(['note', 'app:1', 'seen', '--data-dir', data])).exit).to.equal(0);
      files = readdirSync(data, { recursive: true, encoding: 'utf8' })
        .map((name) => join(data, name))
        .filter((path) => /\.(?:nd)?json$/.test(path) && !versioned.test(path));
    });

    it('carries it in each file, in each line', () => {
      const bare: string[] = [];
      for (const path of files) {
        const text = readFileSync(path, 'utf8');
        const records = path.endsWith('.ndjson') ? text.trimEnd().split('\n').filter(Boolean) : [text];
        for (const record of records) {
          const { schema } = JSON.parse(record) as { schema?: number };
          if (schema !== SCHEMA) bare.push(`${path.slice(folder.path.length)}: ${record.slice(0, 100)}`);
        }
      }
      expect(bare.slice(0, 5)).to.deep.equal([]);
      const names = [
        'all.ndjson',
        'rejected/p.ndjson',
        'marks/marks.ndjson',
        'recording/recording.json',
        'recall/topics.ndjson',
        'segments/',
        'events/',
      ];
      for (const name of [...names, 'recording/arrivals', 'decisions/'])
        expect(
          files.some((path) => path.includes(name)),
          name,
        ).to.equal(true);
    });

    it('is read again as the event it was, and so is one that was written before records had it', async () => {
      const written = readFileSync(folder.file('data/all.ndjson'), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{"id"'));
      expect(written).to.have.length(200);
      const older = written.map((line) => line.replace(',"schema":1}', '}'));
      const read = async (lines: readonly string[]) => {
        const place = folder.file(`again-${lines === older ? 'older' : 'now'}`);
        writeFileSync(`${place}.ndjson`, `${lines.join('\n')}\n`);
        writeFileSync(
          `${place}.yaml`,
          `name: q\nsources: { in: { file: { path: "${place}.ndjson", format: ndjson } } }\nsinks: { out: { ndjson: { path: "${place}.out" } } }\n`,
        );
        const { exit, err } = await caducus(['run', `${place}.yaml`, '--data-dir', place]);
        expect(exit, err).to.equal(0);
        return readFileSync(`${place}.out`, 'utf8');
      };
      const now = await read(written);
      expect(now.trimEnd().split('\n').toSorted()).to.deep.equal(written.map((line) => line.replace(',"late":true', '')).toSorted());
      expect(await read(older)).to.equal(now);
    });
  });

  it('by a command with --json carries it, a list in each of its records', async () => {
    for (const args of [['list'], ['config', 'docs'], ['validate', 'pipelines/ops-radar.yaml'], ['graph', 'pipelines/ops-radar.yaml']]) {
      const { out, err } = await caducus([...args, '--json']);
      const printed = JSON.parse(out) as { schema?: number } | { schema?: number }[];
      for (const one of [printed].flat()) expect(one.schema, `${args.join(' ')}: ${err}`).to.equal(SCHEMA);
    }
  });
});
