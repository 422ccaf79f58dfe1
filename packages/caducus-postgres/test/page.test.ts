import { pageIsRight } from '../../../test/support/docs/packagePage.ts';
import { sinks } from '../src/index.ts';

pageIsRight('postgres', { page: 'docs/packages/postgres.md', readme: 'packages/caducus-postgres/README.md', sinks });
