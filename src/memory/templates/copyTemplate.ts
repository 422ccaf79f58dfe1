/** A string of its own: a slice would keep the whole line it was cut from in memory. */
export function copyTemplate(text: string): string {
  // Engines copy short slices anyway (V8: below 13 characters).
  return text.length < 13 ? text : (' ' + text).slice(1);
}
