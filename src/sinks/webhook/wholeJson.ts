/** Half of a character as `JSON.stringify` writes it: `\ud83d`, where the backslash is none that another one has escaped. */
const half = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * A value as JSON that every receiver reads: where a text was cut in the middle of a character, or held half of one, U+FFFD
 * stands, since some parsers refuse a whole body for it.
 */
export const wholeJson = (value: object): string => JSON.stringify(value).replace(half, '$1\ufffd');
