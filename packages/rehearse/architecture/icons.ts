import type { Icon } from "./kinds";

/**
 * Each is drawn on a square of 22 by 22 with lines 1.6 wide. These are our own drawings, as AWS's icons have their
 * own terms of use.
 */
export const ICONS: Readonly<Record<Icon, string>> = {
  balancer: "M3 11h5M8 11l6-6M8 11h6M8 11l6 6M14 5h5M14 11h5M14 17h5",
  bell: "M5 15.5h12M6.5 15.5V10a4.5 4.5 0 0 1 9 0v5.5M9.5 18.5h3M11 3.2v2",
  bucket: "M4 5.5h14M5 5.5l1.8 13h8.4L17 5.5M6.2 11h9.6",
  chart: "M3.5 3.5v15h15M7 15v-4M11 15V7M15 15v-6",
  container: "M11 2.8l7.5 4v8.4l-7.5 4-7.5-4V6.800zM3.500 6.800l7.500 4.200 7.500-4.200M11 11v8.200",
  database:
    "M4 5.5c0-3.300 14-3.300 14 0v11c0 3.300-14 3.300-14 0zM4 5.500c0 3.300 14 3.300 14 0M4 11c0 3.300 14 3.300 14 0",
  function: "M5.500 3.500h2.500l7 15h2.500M9.800 9.800l-4.300 8.700",
  gateway: "M4 4h14v14H4zM7.500 11h7M11.500 8l3 3-3 3",
  gear: "M11 7.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 1 1 0-7M11 2.800v3M11 16.200v3M2.800 11h3M16.200 11h3M5.200 5.200l2.100 2.100M14.700 14.700l2.100 2.100M5.200 16.800l2.100-2.100M14.700 7.300l2.100-2.100",
  globe: "M11 3a8 8 0 1 1 0 16a8 8 0 1 1 0-16M3 11h16M11 3c-5.300 5-5.300 11 0 16M11 3c5.300 5 5.300 11 0 16",
  key: "M7 7.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 1 1 0-7M10.500 11h8.500M15.500 11v3M18.500 11v2.500",
  log: "M5 3h8.500L17 6.500V19H5zM8 9h6M8 12h6M8 15h4",
  people:
    "M8 4.500a3 3 0 1 1 0 6a3 3 0 1 1 0-6M2.500 18c0-6 11-6 11 0M14.500 5.200a2.800 2.800 0 1 1 0 5.400M16 13.200c2.400.7 3.500 2.300 3.500 4.800",
  queue: "M3 7h4v8H3zM9 7h4v8H9zM15 7h4v8h-4z",
  server: "M4 4.500h14v5H4zM4 12.500h14v5H4zM7 7h1M7 15h1",
  servers:
    "M6.500 3h12v4.500M6.500 3v2M3.500 7.500h12v4.500h-12zM3.500 14h12v4.500h-12zM6 9.700h1M6 16.200h1M18.500 7.500v8",
  shield:
    "M11 2.800l7 2.500v5.200c0 4.300-3 7.200-7 8.700-4-1.500-7-4.400-7-8.700V5.300zM7.800 10.800l2.400 2.400 4.200-4.400",
};

/** A padlock on a square of 10 by 12, closed and open. */
export const LOCK = "M1.500 5.500h7v5.500h-7zM3 5.500V3.500a2 2 0 0 1 4 0v2";
export const OPEN_LOCK = "M1.500 5.500h7v5.500h-7zM3 5.500V3a2 2 0 0 1 3.800-.8";
