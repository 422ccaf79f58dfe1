/** A pipeline file with a test that does not hold. */
export const testedPipeline = `# What spikes.
name: p
sources: { in: { file: { path: nothing.ndjson } } }
operators:
  - group_by: { key: group_id }
  - spike: { bucket: 1m, detector: ratio, window: 3, quiet: 0 }
tests:
  - name: a flood fires   # once
    frame: 1m
    feed: { in: { marbles: "aaa(aaaaaa)a|", values: { a: { text: hello } } } }
    expect:
      - { from: spike, kind: finding, count: 7 }      # of which two fire
      - { from: spike, kind: finding, match: { state: firing }, at: "3m" }
`;
