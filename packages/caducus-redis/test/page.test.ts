import { pageIsRight } from '../../../test/support/docs/packagePage.ts';
import { sinks, sources } from '../src/index.ts';

pageIsRight('redis', { page: 'docs/packages/redis.md', readme: 'packages/caducus-redis/README.md', sources, sinks });
