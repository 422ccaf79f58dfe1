import { pageIsRight } from '../../../test/support/docs/packagePage.ts';
import { sinks, sources } from '../src/index.ts';

pageIsRight('kafka', { page: 'docs/packages/kafka.md', readme: 'packages/caducus-kafka/README.md', sources, sinks });
