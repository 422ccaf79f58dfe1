/** The first picture of an incident, in one file: it is loaded beside the first part, which says what fires meanwhile. */
export { firstMain } from './first/firstMain.ts';
export { tableStyle } from './first/tableStyle.ts';
