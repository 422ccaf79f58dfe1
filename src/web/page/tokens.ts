/** The colours of the light page: what each is for stands in its name. */
export const light = `--bg:#f7f7f5;--panel:#fff;--ink:#171a1f;--ink2:#434a53;--ink3:#626a74;--line:#e3e5e4;--line2:#cfd3d4;--bar:#848c95;--accent:#1f4fc4;--abg:#e8eefc;--h0:#d9dcde;--h1:#f0cd94;--h2:#e9a255;--h3:#bf4d15;--h4:#a4161a;--t1:#171a1f;--t2:#171a1f;--t3:#fff;--t4:#fff;--cap:#955a10;--hot:#a4161a;--wash:#faf3f2;--blind:#5b4a9c;--live:#1b7a47;--band:#e6edf0;--bandline:#4d6b78;--dark:#171a1f;--ondark:#fff`;

/** The set as the element's own, where who embeds it may say otherwise. */
export const own = (set: string): string => set.replace(/--(bg|panel|ink|ink2|ink3|line|accent|abg):/g, '--$1-own:');
