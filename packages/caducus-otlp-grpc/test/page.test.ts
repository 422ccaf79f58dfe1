import { pageIsRight } from '../../../test/support/docs/packagePage.ts';
import { sinks, sources } from '../src/index.ts';

pageIsRight('otlp-grpc', { page: 'docs/packages/otlp-grpc.md', readme: 'packages/caducus-otlp-grpc/README.md', sources, sinks });
