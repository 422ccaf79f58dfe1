const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Whether a change that somebody marked, such as `orders v412`, is of a group, such as `cloudwatch:/aws/lambda/orders`: it names the last part of its name. */
export function isOfChange(group: string, text: string): boolean {
  const own = words(group.split(/[:/]/).findLast(Boolean) ?? '');
  const marked = new Set(words(text));
  return own.length > 0 && own.every((word) => marked.has(word));
}
