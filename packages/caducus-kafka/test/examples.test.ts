import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { incidentLog, PackageExamples } from '../../../test/support/docs/packageExample.ts';
import { sinks, sources } from '../src/index.ts';
import { KafkaCluster, withKafka } from './support/kafkaCluster.ts';

withKafka('the examples of docs/packages/kafka.md', function () {
  this.timeout(120_000);
  let cluster: KafkaCluster;
  let examples: PackageExamples;

  before(async () => void (cluster = await KafkaCluster.start()));
  after(() => cluster?.stop());
  beforeEach(() => void (examples = new PackageExamples('docs/packages/kafka.md', { sources, sinks })));
  afterEach(() => examples.close());

  it('read a topic', async () => {
    cluster.produce('logs', incidentLog, ['-p', '0']);
    const seen = await examples.run('topics: [logs] }', {
      '"kafka-1:9092", "kafka-2:9092"': cluster.list.map((broker) => `"${broker}"`).join(', '),
      'topics: [logs]': 'topics: [logs], follow: false',
    });
    expect(seen.filter((record) => 'text' in (record as object))).to.have.length(incidentLog.length);
  });

  it('write what was found', async () => {
    for (const kind of ['finding', 'radar']) cluster.produce(`caducus.${kind}`, []);
    const admin = new kafkajs.Kafka({ brokers: cluster.list, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const count = async () => (await admin.fetchTopicOffsets('caducus.radar')).reduce((sum, { high }) => sum + Number(high), 0);
    expect(await count()).to.equal(0);
    await examples.run('caducus.{kind}', { ...examples.log, '"kafka:9092"': `"${cluster.list[0]}"` });
    expect(await count()).to.be.at.least(8);
    await admin.disconnect();
  });
});
