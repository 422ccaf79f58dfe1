/**
 * A page with its generated parts replaced: what stands between `<!-- NAME -->` and `<!-- /NAME -->`. Throws where a part that
 * is given has no such place, so that none is left out in silence.
 *
 * @param page its path, for the error
 * @param parts text by NAME
 */
export function fillParts(page: string, text: string, parts: Readonly<Record<string, string>>): string {
  let filled = text;
  for (const [name, part] of Object.entries(parts)) {
    const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(filled))
      throw new Error(`${page}: no place for the part "${name}": write <!-- ${name} --> and <!-- /${name} --> there`);
    filled = filled.replace(place, (_, open: string, close: string) => `${open}\n${part.trim()}\n\n${close}`);
  }
  return filled;
}
