/** The first `length` characters of a text, never half of one that takes two (a surrogate pair). */
export const beginning = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
