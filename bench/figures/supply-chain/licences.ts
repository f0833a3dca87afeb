/** Licences that ask for no more than to be named. Source: SPDX ids; https://blueoakcouncil.org/list */
const PERMISSIVE = [
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "Unlicense",
  "CC0-1.0",
  "Python-2.0",
  "PSF-2.0",
  "Zlib",
  "MIT-0",
  "Artistic-2.0",
];

/** Whether all the licences of an SPDX expression are permissive, or of those among which one may choose any is. */
export function isPermissive(licence: string): boolean {
  return licence
    .split(" AND ")
    .every((choice) =>
      choice.split(" OR ").some((id) => PERMISSIVE.includes(id.replace(/[()]/g, "").trim())),
    );
}
