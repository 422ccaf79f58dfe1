import { operators } from '../../operators/index.ts';
import { sinks } from '../sinks/index.ts';
import { sources } from '../sources/index.ts';
import type { Registry } from './registry.ts';

/** Everything that comes with caducus. */
export const builtins: Registry = { sources, operators, sinks };
