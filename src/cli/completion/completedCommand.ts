/** A command as a shell completes it. */
export interface CompletedCommand {
  /** As it is typed, such as `state rm`. */
  words: string;
  summary: string;
  flags: { name: string; summary: string; takesValue: boolean }[];
}
