/** Colours and cursor movements (ECMA-48, 5.4), titles of and messages to terminals, and what some writers make of the escape character. */
const escapes = /(?:\u001b|#033)(?:\[[0-9;:?]*[ -/]*[@-~]|[\]_][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\))/g;

/** A line without the escape sequences that colour it on a terminal. */
export const stripAnsi = (line: string): string =>
  line.includes('\u001b') || line.includes('#033[') ? line.replaceAll(escapes, '') : line;
