import type { ViewOptions } from '../../../src/views/text/viewOptions.ts';

/** A screen with room for every column, in UTC, without colours. */
export const plainView: ViewOptions = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
