/**
 * Words that stand near secrets. Case is ignored, which is cheap here: every word has three letters or more, so that the
 * search can leap.
 */
const words = /pass|pwd|secret|token|key|auth|cred|cookie|bearer|otp|jwt|sig/i;

/** How issued tokens begin, and what stands in front of a password in an address. */
const beginnings = /AKIA|ASIA|gh[pousr]_|github_pat|glpat|xox[a-z]-|xapp-|_live_|_test_|whsec_|sk-[A-Za-z]|AIza|SG\.[A-Za-z]|npm_|hf_|ya29\.|eyJ[a-z]|-----BEGIN|:\/\/|thin:|hooks\./;

/** A line of Base64 and nothing else: what is between the first and the last line of a key that was logged line by line. */
const keyMaterial = /^[A-Za-z0-9+/]{60,80}={0,2}$/;

/**
 * Whether a text may hold a secret. Most lines hold none, and this look is all that they cost: about 3 ns a character.
 * It never says no to a text in which `maskSecrets` would find something.
 */
export function suspicious(text: string): boolean {
  return words.test(text) || beginnings.test(text) || (text.length <= 82 && keyMaterial.test(text));
}
