import { evictOldest } from '../../base/evictOldest.ts';
import type { Blip, Finding } from '../../signal.ts';
import { hadData, isBlind } from '../windows/groups.ts';
import { Windows } from '../windows/windows.ts';
import type { Alerts } from './alerts.ts';
import type { OpenFinding } from './openFinding.ts';
import type { OpenFindings } from './openFindings.ts';
import type { QuietGroups } from './quietGroups.ts';

interface Around {
  open: OpenFindings;
  quiet: QuietGroups;
  alerts: Alerts;
  maxGroups: number;
}

const isOfPatterns = ({ kind }: OpenFinding): boolean => kind === 'pattern' || kind === 'flood';

/** The windows that blips come in, and what the end of one means for open findings about patterns: which clear, which are blind. */
export class PatternWindows {
  readonly #around: Around;
  readonly #announce: (finding: Finding, now: number) => void;
  readonly #windows = new Windows();
  /** Length of the windows of each group, milliseconds. */
  readonly #widths = new Map<string, number>();

  constructor(around: Around, announce: (finding: Finding, now: number) => void) {
    this.#around = around;
    this.#announce = announce;
  }

  /** Event time at which the next window is over; null while none is open. */
  get due(): number | null {
    return this.#windows.due;
  }

  /** Takes the window of a blip; one that is closed and holds lines shows that its group had data. */
  see({ start, end, open, count, group_id: group }: Blip): void {
    const { quiet, maxGroups } = this.#around;
    const over = Date.parse(end);
    const width = over - Date.parse(start);
    this.#windows.see(width, over);
    if (open || count === 0) return;
    hadData(quiet.group(group), over, width);
    this.#widths.set(group, width);
    evictOldest(this.#widths, maxGroups);
  }

  /** Length of the windows of a group, milliseconds; null for one without windows. */
  findWidth(group: string): number | null {
    return this.#widths.get(group) ?? null;
  }

  /** Looks at every open finding about patterns once more for each window that is over. */
  close(time: number): void {
    const { open, quiet, alerts } = this.#around;
    const needed = (width: number) => [...open.all.values()].some((one) => isOfPatterns(one) && one.width === width);
    for (const { width, end } of this.#windows.over(time, needed)) {
      for (const one of [...open.all.values()]) {
        if (!isOfPatterns(one) || one.width !== width || one.held >= end || alerts.isOn(one.alerts, time)) continue;
        const group = quiet.groups.get(one.group);
        if (!group || !isBlind(group, end, width)) open.clears(one, time);
        else if (one.blind === null) {
          one.blind = group.lastWindow;
          this.#announce(open.finding(one, time), time);
        }
      }
    }
  }

  save(): { widths: [string, number][]; windows: [number, number][] } {
    return { widths: [...this.#widths], windows: this.#windows.save() };
  }

  load({ widths, windows }: ReturnType<PatternWindows['save']>): void {
    for (const [group, width] of widths) this.#widths.set(group, width);
    this.#windows.load(windows);
  }
}
