import type { Instant } from "../../../components/calendar/wall-clock";
import type { Peak } from "../../../components/calendar/windows";

/** A peak that sets no size and never applies, with changes. */
export function peak(changes: Partial<Peak>): Peak {
  return {
    name: "peak",
    days: [],
    dates: [],
    from: "",
    to: "",
    start: "00:00",
    end: "24:00",
    timeZone: "Europe/Berlin",
    minSize: 0,
    maxSize: 0,
    warmPoolSize: 0,
    capacityUnits: 0,
    leadMinutes: 0,
    freezeDeploys: false,
    muteAlarms: [],
    ...changes,
  };
}

/** The instant of a text such as `2030-11-29` or `2030-11-29T16:30Z`. */
export function instantOf(text: string): Instant {
  return Date.parse(text) / 60_000;
}
