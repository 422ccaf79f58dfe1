import { defineSource, type OpenSource, type SourceContext } from 'caducus';
import { nameBrokers, openKafka } from './connect.ts';
import { Consumption } from './consumption.ts';
import { nameFailure } from './failure.ts';
import { kafkaSourceOptions, listTopics, type KafkaSourceOptions } from './readOptions.ts';

function open(given: KafkaSourceOptions, context: SourceContext): OpenSource {
  const consumption = new Consumption(given, context);
  return {
    batches: consumption.batches(),
    commit: (position) => consumption.commit(position),
    trouble: () => consumption.trouble,
    close: () => consumption.close(),
  };
}

/**
 * Messages of topics, by a consumer group. Offsets are committed once a checkpoint holds them; a run goes on where its own
 * checkpoint stands, so that each record counts once, under an id made of topic, partition and offset.
 *
 * Throws CAD011 for a file that cannot be read, CAD066 when no broker answers at the start, CAD020 when one refuses or a topic
 * is not there.
 */
export const kafka = defineSource({
  name: 'kafka',
  summary: 'Messages of topics of Kafka, committed with the checkpoint.',
  options: kafkaSourceOptions,
  live: ({ follow }) => follow,
  redelivers: true,
  identity: ({ topics, group }) => ({ topics: listTopics({ topics }).toSorted(), group }),
  async probe(given, { io, id }) {
    const path = `sources.${id}`;
    const admin = (await openKafka(given, io.files, path)).admin();
    try {
      await admin.connect();
      let held = 0;
      for (const name of listTopics(given))
        for (const { low, high } of await admin.fetchTopicOffsets(name)) held += Number(high) - Number(low);
      return `${nameBrokers(given)} holds ${held} messages of ${listTopics(given).join(', ')}`;
    } catch (error) {
      throw nameFailure(error, path, nameBrokers(given));
    } finally {
      await admin.disconnect();
    }
  },
  open,
});
