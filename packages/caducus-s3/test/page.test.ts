import { pageIsRight } from '../../../test/support/docs/packagePage.ts';
import { sources } from '../src/index.ts';

pageIsRight('s3', { page: 'docs/packages/s3.md', readme: 'packages/caducus-s3/README.md', sources });
