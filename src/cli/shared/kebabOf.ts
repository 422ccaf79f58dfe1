/** `dryRun` -> `dry-run` */
export const kebabOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
