import { pageIsRight } from '../../../test/support/docs/packagePage.ts';
import { sinks, sources } from '../src/index.ts';

pageIsRight('nats', { page: 'docs/packages/nats.md', readme: 'packages/caducus-nats/README.md', sources, sinks });
