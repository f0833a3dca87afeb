/** The parts of `jstat` that are used; it brings no types. */
declare module "jstat" {
  export const jStat: {
    readonly chisquare: {
      cdf(x: number, degrees: number): number;
      inv(probability: number, degrees: number): number;
    };
  };
}
