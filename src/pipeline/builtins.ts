import { operators } from '../../operators/index.ts';
import { sinks } from '../sinks/index.ts';
import { sources } from '../sources/index.ts';
import type { PackageVerbs, Registry } from './registry.ts';

/** Packages that are released with caducus and installed beside it. */
const packages: readonly PackageVerbs[] = [
  { name: 'caducus-kafka', sources: ['kafka'], sinks: ['kafka'] },
  { name: 'caducus-nats', sources: ['nats'], sinks: ['nats'], engines: ['nats', 'tls'] },
  { name: 'caducus-otlp-grpc', sources: ['otlp-grpc'], sinks: ['otlp-grpc'] },
  { name: 'caducus-postgres', sinks: ['postgres'] },
  { name: 'caducus-redis', sources: ['redis'], sinks: ['redis'] },
  { name: 'caducus-s3', sources: ['s3'] },
];

/** Everything that comes with caducus, and what can be had beside it. */
export const builtins: Registry = { sources, operators, sinks, packages };
