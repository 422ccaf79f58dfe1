import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { listShared } from '../../../src/engine/readers/sharedSources.ts';
import { withMarks } from '../../../src/run/modes/withMarks.ts';
import { readText } from '../../support/engine/machines.ts';

const shared = (source: string): string => {
  const { sources } = readText(`name: p\nsources: { s: { ${source} } }\nsinks: { out: { ndjson: { path: o } } }`);
  const [first] = listShared({ sources });
  return first ? (first.parts === null ? 'each' : `${first.parts} parts`) : 'one';
};
const logs = (more: string) => `cloudwatch-logs: { log_group_prefix: /a${more} }`;
const queue = (more: string) => `sqs: { queue_name: q${more} }`;

describe('sources that several processes read', () => {
  it('are those at which everything comes to somebody in particular, and those whose parts have names of their own', () => {
    const rows: [string, string][] = [
      ['http: { listen: "127.0.0.1:0", format: json }', 'each'],
      ['syslog: { listen: "127.0.0.1:0" }', 'each'],
      ['file: { path: a.log, follow: true }', 'one'],
      ['stdin: {}', 'one'],
      [queue(''), 'one'],
      [queue(', delete: on_checkpoint'), 'each'],
      [queue(', delete: on_checkpoint, follow: false'), 'one'],
      [logs(''), 'one'],
      [logs(', qualify: always'), '8 parts'],
      [logs(', group_id: "{log_group}"'), '8 parts'],
      [logs(', qualify: never, follow: false'), 'one'],
    ];
    expect(rows.map(([source]) => [source, shared(source)])).to.deep.equal(rows);
  });

  it('are the marks of a data folder where the run goes on', () => {
    const given = readText(
      'name: p\nsources: { s: { file: { path: a.log, follow: true } } }\noperators: [{ rules: [] }]\nsinks: { out: { ndjson: { path: o } } }',
    );
    const once = readText(
      'name: p\nsources: { s: { file: { path: a.log } } }\noperators: [{ rules: [] }]\nsinks: { out: { ndjson: { path: o } } }',
    );
    expect([given, once].map((one) => listShared(withMarks(one, '/d')).map(({ node }) => node.id))).to.deep.equal([['marks'], []]);
  });

  it('are named in the page about engines', () => {
    const page = readFileSync(new URL('../../../docs/engine.md', import.meta.url), 'utf8');
    for (const name of ['`http`', '`syslog`', '`otlp-grpc`', '`sqs`', '`cloudwatch-logs`'])
      expect(page).to.match(new RegExp(`^\\|.*${name}`, 'm'));
  });
});
