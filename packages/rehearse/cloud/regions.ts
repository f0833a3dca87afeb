/** Facts about AWS regions that programs use. Regions that aren't listed here still work: see each function. */

/** What AWS publishes about a region. */
interface Region {
  readonly description: string;
  /** Hosted zone ids for alias records to load balancers and to S3 websites. */
  readonly alb: string;
  readonly nlb: string;
  readonly s3: string;
  /** Account that delivers load balancer access logs, in regions opened before August 2022. */
  readonly elbAccount?: string;
  /** Whether an account must opt in before it can use the region. */
  readonly optIn?: boolean;
}

/**
 * Sources:
 * - hosted zones: https://docs.aws.amazon.com/general/latest/gr/elb.html and
 *   https://docs.aws.amazon.com/general/latest/gr/s3.html
 * - accounts: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * - names: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const REGIONS: Readonly<Record<string, Region>> = {
  "af-south-1": {
    description: "Africa (Cape Town)",
    alb: "Z268VQBMOI5EKX",
    nlb: "Z203XCE67M25HM",
    s3: "Z83WF9RJE8B12",
    elbAccount: "098369216593",
    optIn: true,
  },
  "ap-east-1": {
    description: "Asia Pacific (Hong Kong)",
    alb: "Z3DQVH9N71FHZ0",
    nlb: "Z12Y7K3UBGUAD1",
    s3: "ZNB98KWMFR0R6",
    elbAccount: "754344448648",
    optIn: true,
  },
  "ap-northeast-1": {
    description: "Asia Pacific (Tokyo)",
    alb: "Z14GRHDCWA56QT",
    nlb: "Z31USIVHYNEOWT",
    s3: "Z2M4EHUR26P7ZW",
    elbAccount: "582318560864",
  },
  "ap-northeast-2": {
    description: "Asia Pacific (Seoul)",
    alb: "ZWKZPGTI48KDX",
    nlb: "ZIBE1TIR4HY56",
    s3: "Z3W03O7B5YMIYP",
    elbAccount: "600734575887",
  },
  "ap-northeast-3": {
    description: "Asia Pacific (Osaka)",
    alb: "Z5LXEXXYW11ES",
    nlb: "Z1GWIQ4HH19I5X",
    s3: "Z2YQB5RD63NC85",
    elbAccount: "383597477331",
  },
  "ap-south-1": {
    description: "Asia Pacific (Mumbai)",
    alb: "ZP97RAFLXTNZK",
    nlb: "ZVDDRBQ08TROA",
    s3: "Z11RGJOFQNVJUP",
    elbAccount: "718504428378",
  },
  "ap-southeast-1": {
    description: "Asia Pacific (Singapore)",
    alb: "Z1LMS91P8CMLE5",
    nlb: "ZKVM4W9LS7TM",
    s3: "Z3O0J2DXBE1FTB",
    elbAccount: "114774131450",
  },
  "ap-southeast-2": {
    description: "Asia Pacific (Sydney)",
    alb: "Z1GM3OXH4ZPM65",
    nlb: "ZCT6FZBF4DROD",
    s3: "Z1WCIGYICN2BYD",
    elbAccount: "783225319266",
  },
  "ca-central-1": {
    description: "Canada (Central)",
    alb: "ZQSVJUPU6J1EY",
    nlb: "Z2EPGBW3API2WT",
    s3: "Z1QDHH18159H29",
    elbAccount: "985666609251",
  },
  "cn-north-1": {
    description: "China (Beijing)",
    alb: "Z1GDH35T77C1KE",
    nlb: "Z3QFB96KMJ7ED6",
    s3: "Z5CN8UMXT92WN",
    elbAccount: "638102146993",
  },
  "cn-northwest-1": {
    description: "China (Ningxia)",
    alb: "ZM7IZAIOVVDZF",
    nlb: "ZQEIKTCZ8352D",
    s3: "Z282HJ1KT0DH03",
    elbAccount: "037604701340",
  },
  "eu-central-1": {
    description: "Europe (Frankfurt)",
    alb: "Z215JYRZR1TBD5",
    nlb: "Z3F0SRJ5LGBH90",
    s3: "Z21DNDUVLTQW6Q",
    elbAccount: "054676820928",
  },
  "eu-central-2": {
    description: "Europe (Zurich)",
    alb: "Z06391101F2ZOEP8P5EB3",
    nlb: "Z02239872DOALSIDCX66S",
    s3: "Z030506016YDQGETNASS",
    optIn: true,
  },
  "eu-north-1": {
    description: "Europe (Stockholm)",
    alb: "Z23TAZ6LKFMNIO",
    nlb: "Z1UDT6IFJ4EJM",
    s3: "Z3BAZG2TWCNX0D",
    elbAccount: "897822967062",
  },
  "eu-south-1": {
    description: "Europe (Milan)",
    alb: "Z3ULH7SSC9OV64",
    nlb: "Z23146JA1KNAFP",
    s3: "Z30OZKI7KPW7MI",
    elbAccount: "635631232127",
    optIn: true,
  },
  "eu-south-2": {
    description: "Europe (Spain)",
    alb: "Z0956581394HF5D5LXGAP",
    nlb: "Z1011216NVTVYADP1SSV",
    s3: "Z0081959F7139GRJC19J",
    optIn: true,
  },
  "eu-west-1": {
    description: "Europe (Ireland)",
    alb: "Z32O12XQLNTSW2",
    nlb: "Z2IFOLAFXWLO4F",
    s3: "Z1BKCTXD74EZPE",
    elbAccount: "156460612806",
  },
  "eu-west-2": {
    description: "Europe (London)",
    alb: "ZHURV8PSTC4K8",
    nlb: "ZD4D7Y8KGAS4G",
    s3: "Z3GKZC51ZF0DB4",
    elbAccount: "652711504416",
  },
  "eu-west-3": {
    description: "Europe (Paris)",
    alb: "Z3Q77PNBQS71R4",
    nlb: "Z1CMS0P5QUZ6D5",
    s3: "Z3R1K369G5AVDG",
    elbAccount: "009996457667",
  },
  "me-south-1": {
    description: "Middle East (Bahrain)",
    alb: "ZS929ML54UICD",
    nlb: "Z3QSRYVP46NYYV",
    s3: "Z1MPMWCPA7YB62",
    elbAccount: "076674570225",
    optIn: true,
  },
  "sa-east-1": {
    description: "South America (Sao Paulo)",
    alb: "Z2P70J7HTTTPLU",
    nlb: "ZTK26PT1VY4CU",
    s3: "Z7KQH4QJS55SO",
    elbAccount: "507241528517",
  },
  "us-east-1": {
    description: "US East (N. Virginia)",
    alb: "Z35SXDOTRQ7X7K",
    nlb: "Z26RNL4JYFTOTI",
    s3: "Z3AQBSTGFYJSTF",
    elbAccount: "127311923021",
  },
  "us-east-2": {
    description: "US East (Ohio)",
    alb: "Z3AADJGX6KTTL2",
    nlb: "ZLMOA37VPKANP",
    s3: "Z2O1EMRO9K5GLX",
    elbAccount: "033677994240",
  },
  "us-gov-east-1": {
    description: "AWS GovCloud (US-East)",
    alb: "Z166TLBEWOO7G0",
    nlb: "Z1ZSMQQ6Q24QQ8",
    s3: "Z2NIFVYYW2VKV1",
    elbAccount: "190560391635",
  },
  "us-gov-west-1": {
    description: "AWS GovCloud (US-West)",
    alb: "Z33AYJ8TM3BH4J",
    nlb: "ZMG1MZ2THAWF1",
    s3: "Z31GFT0UA1I2HV",
    elbAccount: "048591011584",
  },
  "us-west-1": {
    description: "US West (N. California)",
    alb: "Z368ELLRRE2KJ0",
    nlb: "Z24FKFUX50B4VW",
    s3: "Z2F56UZL2M1ACD",
    elbAccount: "027434742980",
  },
  "us-west-2": {
    description: "US West (Oregon)",
    alb: "Z1H1FL5HABSF5",
    nlb: "Z18D5FSROUN65G",
    s3: "Z3BJ6K6RIION7M",
    elbAccount: "797873946194",
  },
};

/** The facts about a region; undefined if it isn't listed. */
export function regionFacts(region: string): Region | undefined {
  return Object.hasOwn(REGIONS, region) ? REGIONS[region] : undefined;
}

/** The partition a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The regions of a partition in alphabetical order; those that need no opt-in unless `all`. */
export function regionNames(partition: string, all: boolean): string[] {
  return Object.keys(REGIONS)
    .filter((name) => partitionOf(name) === partition && (all || regionFacts(name)?.optIn !== true))
    .sort();
}

/** Host name suffix of a partition's endpoints. */
export function dnsSuffix(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/** The letters of the zones that an account sees, if they aren't a, b, c. New accounts see two in N. California. */
const ZONE_LETTERS: Readonly<Record<string, string>> = {
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ca-central-1": "abd",
  "us-east-1": "abcdef",
  "us-west-1": "ac",
  "us-west-2": "abcd",
};

/** Local zones, which a program sees only if it asks for all zones: an account must opt in to each group. */
const LOCAL_ZONES: Readonly<Record<string, readonly string[]>> = {
  "eu-central-1": ["eu-central-1-ham-1a", "eu-central-1-waw-1a"],
  "us-east-1": ["us-east-1-bos-1a", "us-east-1-mia-1a"],
  "us-west-2": ["us-west-2-lax-1a", "us-west-2-lax-1b"],
};

/** An availability zone or a local zone. */
export interface Zone {
  readonly name: string;
  readonly id: string;
  readonly group: string;
  readonly type: "availability-zone" | "local-zone";
  /** The zone of the region that a local zone belongs to. */
  readonly parent?: Zone;
}

/** The abbreviation of a region in zone ids: `eu-central-1` is `euc1`, `ap-southeast-2` is `apse2`. */
function regionCode(region: string): string {
  const parts = region.split("-");
  const [area = "", ...rest] = parts[1] === "gov" ? [`${parts[0]}g`, ...parts.slice(2)] : parts;
  const direction = (rest[0] ?? "").replace(/(north|south|central|east|west)/g, (word) => word.charAt(0));
  return area + direction + (rest[1] ?? "");
}

/** 1 for a zone that ends in `a`. */
function zoneNumber(zone: string): number {
  return zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0) + 1;
}

/**
 * The zones of a region, by name. The physical zone of a letter differs between accounts; here letters and numbers
 * correspond.
 *
 * Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
export function zones(region: string): Zone[] {
  return [...(ZONE_LETTERS[region] ?? "abc")].map((letter) => ({
    name: region + letter,
    id: `${regionCode(region)}-az${zoneNumber(letter)}`,
    group: `${region}-zg-1`,
    type: "availability-zone",
  }));
}

/** The local zones of a region, by name: `us-west-2-lax-1b` has the id `usw2-lax1-az2`. */
export function localZones(region: string): Zone[] {
  const parent = zones(region)[0];
  return (LOCAL_ZONES[region] ?? []).map((name) => {
    const [city = "", last = ""] = name.slice(region.length + 1).split("-");
    return {
      name,
      id: `${regionCode(region)}-${city}${last.charAt(0)}-az${zoneNumber(last)}`,
      group: name.slice(0, -1),
      type: "local-zone",
      ...(parent === undefined ? {} : { parent }),
    };
  });
}
