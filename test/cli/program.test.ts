import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../src/cli/program.ts';
import { temporaryFolder, testIo } from '../support/testIo.ts';

const sample = 'fixtures/demo_hdfs_sample.csv';

/** Runs a command line in this process. */
async function caducus(args: string[], { stdin = '', env = {} as Record<string, string> } = {}) {
  const io = testIo({ stdin: stdin === '' ? [] : [Buffer.from(stdin)], env: { HOME: '/nonexistent', ...env } });
  const exit = await main(args, '0.0.0-test', io);
  return { exit, out: io.stdout.text, err: io.stderr.text };
}

describe('the command line', () => {
  const folder = temporaryFolder();
  const data = (name: string) => ['--data-dir', folder.file(name)];

  describe('demo', () => {
    it('run ingests, analyzes and prints the classic lines', async () => {
      const { exit, out, err } = await caducus(['demo', 'run', '--input', sample, '--group-id', 'hdfs-demo:DataNode', ...data('d')]);
      expect(err).to.equal('');
      expect(exit).to.equal(0);
      const [head, ...lines] = out.trimEnd().split('\n');
      expect(head).to.match(/^Group: hdfs-demo:DataNode {2}Texts: \d+ {2}Run: [0-9a-f]{12}$/);
      expect(lines.length).to.be.within(2, 8);
      for (const line of lines) expect(line).to.match(/^ {3}\d\. .+ {2}\[weight=(hot|warm|cold) temporal=(new|trending|known)\] {2}n=\d+$/);
      const counts = lines.map((line) => Number(/n=(\d+)$/.exec(line)?.[1]));
      expect(counts).to.deep.equal(counts.toSorted((a, b) => b - a));
    });

    it('ingest writes exactly one JSON file a row, and the same file again adds none', async () => {
      const rows = readFileSync(sample, 'utf8').trim().split('\n').length - 1;
      await caducus(['demo', 'ingest', '--input', sample, ...data('twice')]);
      expect(readdirSync(folder.file('twice/events')).length).to.equal(rows);
      const { out } = await caducus(['demo', 'ingest', '--input', sample, ...data('twice')]);
      expect(out).to.equal(`${rows} rows: 0 added, ${rows} known, 0 rejected\n`);
      expect(readdirSync(folder.file('twice/events')).length).to.equal(rows);
    });

    it('ingest takes two identical rows for two events, and a source column for the group', async () => {
      const head = 'date,time,level,component,pid,content,block_id,anomaly,source';
      const row = '081109,203518,INFO,KERNEL,1,instruction cache parity error corrected,,0,bgl-demo';
      writeFileSync(folder.file('bgl.csv'), `${head}\n${row}\n${row}\n`);
      await caducus(['demo', 'ingest', '--input', folder.file('bgl.csv'), ...data('bgl')]);
      const { out } = await caducus(['groups', '--json', ...data('bgl')]);
      const groups = JSON.parse(out) as { group_id: string; events: number }[];
      expect(groups.map((g) => [g.group_id, g.events])).to.deep.equal([['bgl-demo:KERNEL', 2]]);
    });
  });

  it('groups lists the groups of the store', async () => {
    await caducus(['demo', 'ingest', '--input', sample, ...data('g')]);
    const { out } = await caducus(['groups', ...data('g')]);
    expect(out).to.contain('hdfs-demo:DataNode').and.to.contain('hdfs-demo:NameNode');
  });

  it('analyze of a group that is not there says so and exits 0', async () => {
    const { exit, out } = await caducus(['analyze', '--group-id', 'hdfs-demo:Nope', ...data('none')]);
    expect([exit, out]).to.deep.equal([0, 'No events found for group_id=hdfs-demo:Nope\n']);
  });

  it('analyze keeps its topics and its run as records, the same twice', async () => {
    await caducus(['demo', 'ingest', '--input', sample, ...data('a')]);
    const first = await caducus(['analyze', '--group-id', 'hdfs-demo:DataNode', '--json', ...data('a')]);
    const again = await caducus(['analyze', '--group-id', 'hdfs-demo:DataNode', '--json', ...data('a')]);
    expect(again.out).to.equal(first.out);
    const { run, topics } = JSON.parse(first.out) as { run: { run_id: string }; topics: { topic_id: string }[] };
    expect(readdirSync(folder.file('a/analysis/runs'))).to.deep.equal([`${run.run_id}.json`]);
    expect(readdirSync(folder.file('a/analysis/topics'))).to.have.lengthOf(topics.length);
  });

  describe('a configuration file', () => {
    it('puts the data where data_dir says', async () => {
      writeFileSync(folder.file('one.yml'), `data_dir: ${folder.file('from-file')}\n`);
      await caducus(['demo', 'ingest', '--input', sample, '--configuration', folder.file('one.yml')]);
      expect(readdirSync(folder.file('from-file'))).to.include('events');
    });

    it('puts the data where biblicus.reinforcement_memory.data_dir says', async () => {
      writeFileSync(
        folder.file('two.yml'),
        `biblicus:\n  reinforcement_memory:\n    data_dir: ${folder.file('from-memory')}\n    cause: { deep: 1 }\n`,
      );
      await caducus(['demo', 'ingest', '--input', sample, '-c', folder.file('two.yml')]);
      expect(readdirSync(folder.file('from-memory'))).to.include('events');
    });

    it('puts the vectors of an analysis where biblicus.reinforcement_memory.vector_store.path says', async () => {
      writeFileSync(
        folder.file('three.yml'),
        `biblicus:\n  reinforcement_memory:\n    data_dir: ${folder.file('m')}\n    vector_store: { path: ${folder.file('vectors-here')} }\n`,
      );
      await caducus(['demo', 'run', '--input', sample, '--group-id', 'hdfs-demo:DataNode', '-c', folder.file('three.yml')]);
      const topics = readdirSync(folder.file('m/analysis/topics'));
      const files = readdirSync(folder.file('vectors-here'));
      expect(files.length).to.be.within(1, topics.length);
      const record = JSON.parse(readFileSync(folder.file(`vectors-here/${files[0]}`), 'utf8')) as { topic_id: string; vector: number[] };
      expect(topics).to.include(`${record.topic_id}.json`);
      expect(record.vector.length).to.be.greaterThan(100);
    });

    it('with an unknown key is refused with line, column and what was meant', async () => {
      writeFileSync(folder.file('bad.yml'), 'data_dri: /x\n');
      const { exit, err } = await caducus(['groups', '-c', folder.file('bad.yml')]);
      expect(exit).to.equal(78);
      expect(err).to.contain('bad.yml:1:1  error CAD020').and.to.contain('did you mean "data_dir"?');
    });
  });

  describe('radar', () => {
    it('of a file ends with the next commands', async () => {
      const { exit, out } = await caducus(['radar', sample]);
      expect(exit).to.equal(0);
      expect(out)
        .to.match(/^RADAR {2}/)
        .and.to.contain('caducus explain');
    });

    it('of standard input prints one JSON document', async () => {
      const { out } = await caducus(['radar', '-', '--json', '--format', 'hdfs'], { stdin: readFileSync(sample, 'utf8') });
      const radar = JSON.parse(out) as { blips: { label: string }[] };
      expect(radar.blips.length).to.be.greaterThan(2);
    });

    it('of nothing says so', async () => {
      expect((await caducus(['radar', '-'])).err).to.equal('No events in the input.\n');
    });
  });

  describe('mistakes', () => {
    const table: [args: string[], exit: number, says: string][] = [
      [['radar', 'nofile.log'], 74, 'there is no file nofile.log'],
      [['radar', 'src'], 74, 'src is a folder'],
      [['frobnicate'], 64, "error CAD002  unknown command 'frobnicate'\n  caducus --help lists the commands.\n"],
      [['radr', 'x'], 64, 'error CAD002  unknown command \'radr\'\n  did you mean "radar"?\n'],
      [['analyze'], 64, "required option '--group-id <id>' not specified"],
      [['run', 'nothing'], 64, 'no pipeline is called "nothing"'],
      [['run', './nothing.yaml'], 74, 'there is no file ./nothing.yaml'],
      [['run', 'hdfs-rada'], 64, 'did you mean "hdfs-radar"?'],
      [['radar', 'READMEE.md'], 74, 'did you mean "README.md"?'],
      [['radar', 'docs/tutoral.md'], 74, 'did you mean "docs/tutorial.md"?'],
      [['radar', 'https://logs.example/app.log'], 74, 'curl -s https://logs.example/app.log | caducus radar -'],
      [['radar', '--window', '5', 'x.log'], 64, '--window: "5" is no length of time'],
      [['radar', '-f', 'x.log'], 64, 'options are written out: --format, --fields, --follow'],
      [['help', 'radr'], 64, 'error CAD002  unknown command \'radr\'\n  did you mean "radar"?\n'],
      [['help', 'frobnicate'], 64, 'caducus --help lists the commands.'],
      [['config', 'help', 'shw'], 64, 'did you mean "show"?'],
      [['run', 'fixtures/requests.log'], 78, 'this is no pipeline file'],
      [['list', 'operator'], 64, 'did you mean "operators"?'],
      [['events', '--since', 'soon'], 64, '"soon" is no time'],
      [['events', '--grep', '('], 64, 'RE2 syntax'],
      [['groups', '--time-zone', 'Berlin'], 78, 'error CAD020  --time-zone: expected UTC or an IANA time zone'],
      [['groups', '--config', 'time_zone=Nowhere'], 78, 'expected UTC or an IANA time zone'],
      [['groups', '--config', 'nonsense'], 78, 'expected key=value'],
    ];
    for (const [args, exit, says] of table) {
      it(`caducus ${args.join(' ')} exits ${exit} and says what is wrong`, async () => {
        const result = await caducus(args);
        expect(result.exit).to.equal(exit);
        expect(result.err)
          .to.contain(says)
          .and.not.to.match(/\n\s+at /);
      });
    }
  });

  it('validate finds the shipped pipelines sound', async () => {
    const { exit, out } = await caducus(['validate', 'hdfs-radar']);
    expect(exit).to.equal(0);
    expect(out).to.contain('ok: 1 source, 7 operators, 2 sinks');
  });

  it('every command has help with examples', async () => {
    for (const command of ['run', 'radar', 'groups', 'events', 'topics', 'analyze', 'validate', 'list']) {
      const { exit, out } = await caducus([command, '--help']);
      expect(exit, command).to.equal(0);
      expect(out, command).to.contain('Examples:\n  $ caducus ');
    }
  });
});
