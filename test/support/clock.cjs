// Preloaded into a process by NODE_OPTIONS: its clock begins at TEST_NOW, and goes on from there.
"use strict";

const RealDate = Date;
const ahead = RealDate.parse(process.env["TEST_NOW"]) - RealDate.now();

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + ahead] : args));
  }
  static now() {
    return RealDate.now() + ahead;
  }
};
