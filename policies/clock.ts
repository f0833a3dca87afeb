/** The only clock of the pack; tests set it. */
export const clock = {
  /** Today in UTC, as `YYYY-MM-DD`. */
  today: (): string => new Date().toISOString().slice(0, 10),
  /** Milliseconds since 1970. */
  now: (): number => Date.now(),
};
