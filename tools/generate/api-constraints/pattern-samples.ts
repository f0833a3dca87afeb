/** Texts that a pattern of AWS accepts, and texts that it refuses. */
export interface Samples {
  readonly takes: readonly string[];
  readonly refuses: readonly string[];
}

const ACCOUNT: Samples = {
  takes: ["123456789012"],
  refuses: ["12345678901", "12345678901a", "1234-5678-9012"],
};
const TAG: Samples = {
  takes: ["cost-centre", "Größe 1", "team:web/store=1+1@home_.", ""],
  refuses: ["shop's", "a,b", "50%", "(old)", "a;b"],
};
const TAG_KEY: Samples = { takes: TAG.takes.filter((text) => text !== ""), refuses: [...TAG.refuses, ""] };
const WORD: Samples = { takes: ["shop-1", "a_b"], refuses: ["a b", "a.b", "a'b", "ä"] };
const ROLE: Samples = {
  takes: ["arn:aws:iam::123456789012:role/shop", "arn:aws:iam::123456789012:role/team/shop+1"],
  refuses: [
    "shop",
    "arn:aws:iam::123456789012:user/shop",
    "arn:aws:iam::12345:role/shop",
    "arn:aws:iam::123456789012:role/a b",
  ],
};

/** Samples of the patterns in the models that the table uses, written as in the models. */
export const PATTERN_SAMPLES: Readonly<Record<string, Samples>> = {
  // Tags
  "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$": TAG,
  "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)": TAG,
  "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*": TAG,
  "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+": TAG_KEY,
  "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$": TAG_KEY,
  "^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$": {
    takes: ["team", "my:aws:team"],
    refuses: ["aws:team", "a,b"],
  },
  "[a-zA-Z0-9\\s._:/=+@-]*": { takes: ["cost centre 1", "a:b"], refuses: ["Größe", "a,b"] },
  "^(?!aws:)[a-zA-Z0-9\\s_.:/=+\\-@]*$": {
    takes: ["cost centre 1", "a:b"],
    refuses: ["aws:a", "Größe", "a,b"],
  },
  "^(?!aws:).+$": { takes: ["team", "a,b"], refuses: ["aws:team", ""] },

  // Names
  "[\\w+=,.@-]+": { takes: ["web-store", "a+b=c,d.e@f_g"], refuses: ["web store", "a/b", "a:b", "ä", ""] },
  "[\\.\\-_/#A-Za-z0-9]+": {
    takes: ["/aws/lambda/shop", "shop#1.log"],
    refuses: ["shop log", "a:b", "*", ""],
  },
  "^[a-zA-Z0-9-]+$": { takes: ["shop-1"], refuses: ["shop_1", "shop 1", ""] },
  "[\\w-]*": { takes: WORD.takes, refuses: WORD.refuses },
  "[\\w]*": { takes: ["ACCESS_LOGS"], refuses: ["ACCESS-LOGS", "a b"] },
  "^[\\w\\-]+$": WORD,
  "[\\w\\-]+": WORD,
  "([a-zA-Z0-9-_]+)": WORD,
  "((?!^\\d+$)^[0-9a-zA-Z-_]+$)": { takes: ["live", "blue-1", "2b"], refuses: ["3", "$LATEST", "a.b", ""] },
  "[a-zA-Z0-9-_]+": WORD,
  "[a-zA-Z0-9_-]+": WORD,
  "[0-9a-zA-Z-_.]+": { takes: ["shop-1.a_b"], refuses: ["shop 1", "a/b", ""] },
  "[a-zA-Z0-9_.-]+": { takes: ["shop-1.a_b"], refuses: ["shop 1", "a/b", ""] },
  "[A-Za-z0-9_.-]+": { takes: ["shop-1.a_b"], refuses: ["shop 1", "a/b", ""] },
  "[\\.\\-_A-Za-z0-9]+": { takes: ["shop-1.a_b"], refuses: ["shop 1", "a/b", ""] },
  "[a-zA-Z0-9._\\-]+": { takes: ["shop-1.a_b"], refuses: ["shop 1", "a/b", ""] },
  "[a-zA-Z0-9\\(\\)\\.\\-/_]+": {
    takes: ["web-store (blue)".replace(" ", ""), "a/b.c_d"],
    refuses: ["web store", "a'b", ""],
  },
  "[A-Za-z0-9\\-_\\/]+": { takes: ["cr-0123", "a/b_c"], refuses: ["a b", "a.b", ""] },
  "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}": {
    takes: ["shop-1", "a--b"],
    refuses: ["-shop", "shop-", "a_b", "a".repeat(64)],
  },
  "^[\\w#:\\.\\-/]+$": { takes: ["shop-waf", "a/b:c#1"], refuses: ["shop waf", "a,b", ""] },
  "^[0-9A-Za-z_\\-:]+$": { takes: ["shop:label-1"], refuses: ["a b", "a.b", ""] },
  "^[a-zA-Z0-9._$-]+$": { takes: ["X-Shop", "a.b$c"], refuses: ["X Shop", "a:b", ""] },
  "[a-zA-Z]([a-zA-Z0-9_])+": {
    takes: ["LOG_LEVEL", "a1"],
    refuses: ["1A", "_A", "LOG-LEVEL", "LOG.LEVEL", "A"],
  },
  "[^\\s]+": { takes: ["index.handler", "shop::Handler"], refuses: ["index handler", ""] },
  "[^:].*": { takes: ["AWS/EC2", "shop"], refuses: [":shop", ""] },
  "[a-zA-Z0-9\\.\\*\\-]+": { takes: ["m7g.large", "c6*", "m5a.*"], refuses: ["m7g_large", "m7g large", ""] },
  "[a-z]{2}-[a-z]+-\\d": {
    takes: ["eu-west-1"],
    refuses: ["eu-west", "us-gov-west-1", "EU-WEST-1", "eu-west-1a"],
  },
  "[a-zA-Z_][a-zA-Z0-9_]*": { takes: ["_a", "shop_1"], refuses: ["1a", "a-b", ""] },

  "[\\w-]+_[0-9a-zA-Z]+": {
    takes: ["eu-west-1_aBcDeFgHi", "us-gov-west-1_Ab1"],
    refuses: ["shop", "eu-west-1-aBc", "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_aBc"],
  },
  "[\\w\\s+=,.@-]+": { takes: ["Shop users", "a+b=c,d.e@f-g"], refuses: ["shop/users", "a:b", ""] },
  "^[a-zA-Z0-9_\\-.]{3,128}$": { takes: ["shop.patches-1"], refuses: ["my window", "ab", "a/b"] },
  "[a-zA-Z][a-zA-Z0-9\\-]*": { takes: ["shop-1"], refuses: ["1shop", "my_shop", ""] },
  "[a-zA-Z0-9-_]{1,64}": {
    takes: ["shop-1", "a_b"],
    refuses: ["a b", "a.b", "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
  },
  "[A-Za-z0-9+=,.@_-]*": { takes: ["shop+1=a,b.c@d_e-f", ""], refuses: ["my shop", "a/b"] },
  "[a-z][a-z0-9\\-]+": { takes: ["shop-1"], refuses: ["Shop", "1shop", "my_shop", "a"] },
  "[a-zA-Z](?:-?[a-zA-Z0-9]+)*": { takes: ["shop-1", "a"], refuses: ["1shop", "my_shop", "a--b", "shop-"] },
  "^[a-z0-9-]+$": { takes: ["shop-1"], refuses: ["Shop", "a_b", ""] },
  "[a-zA-Z0-9._-]{1,128}": { takes: ["shop.1_a-b"], refuses: ["my group", "a/b", ""] },
  "^[a-zA-Z0-9\\-\\_]{2,50}$": { takes: ["shop-1", "a_b"], refuses: ["my vault", "a.b", "a"] },
  "^[a-zA-Z0-9\\-\\_\\.]{1,50}$": { takes: ["daily", "every.day-1"], refuses: ["every day", "day!", ""] },
  "[^:*]*": { takes: ["shop/web", ""], refuses: ["a:b", "a*"] },
  "^[a-zA-Z0-9:/_-]+$": { takes: ["alias/shop", "a:b"], refuses: ["my shop", "a.b", ""] },
  "^((\\w+\\.)+\\w+|auto)$": { takes: ["5.0", "auto"], refuses: ["5", "v 5.0", ""] },
  "[A-Za-z0-9][A-Za-z0-9\\-_]{3,31}": { takes: ["shop-1"], refuses: ["abc", "my shop", "-shop"] },
  "[A-Za-z0-9][A-Za-z0-9\\-_]{3,39}": { takes: ["shop-1"], refuses: ["abc", "my shop", "-shop"] },
  "[A-Za-z0-9][A-Za-z0-9-_]{3,39}": { takes: ["shop-1"], refuses: ["abc", "my shop", "-shop"] },
  "[_A-Za-z][_0-9A-Za-z]*": { takes: ["orders", "_a1"], refuses: ["my-orders", "1a", ""] },
  "(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+": {
    takes: [
      "default",
      "aws.partner/example.com/1",
      "arn:aws:events:eu-west-1:123456789012:event-bus/shop",
      "arn:aws-us-gov:events:us-gov-west-1:123456789012:event-bus/shop",
    ],
    refuses: ["my bus", "arn:aws:sns:eu-west-1:123456789012:shop", ""],
  },
  "[/\\.\\-_A-Za-z0-9]+": { takes: ["shop", "aws.partner/example.com/1"], refuses: ["my bus", "a:b", ""] },
  "[A-Za-z0-9][A-Za-z0-9\\-_]{1,149}": { takes: ["shop-1"], refuses: ["my build", "a", "-a"] },
  "^[0-9A-Za-z][A-Za-z0-9\\-_]*": { takes: ["shop-1"], refuses: ["my shop", "-shop", ""] },
  "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*": {
    takes: ["shop/web", "a--b.c__d"],
    refuses: ["Shop/Web", "my shop", "shop/", "-a"],
  },
  "(?!^[0-9]+$)([a-zA-Z0-9-_]+)": { takes: ["live", "v1"], refuses: ["1", "a b", ""] },
  "(?!^[0-9]+$)([a-zA-Z0-9\\-_' ']+)": { takes: ["in 1", "shop's"], refuses: ["1", "a.b"] },
  "(\\$LATEST(\\.PUBLISHED)?|[0-9]+)": { takes: ["1", "$LATEST"], refuses: ["live", "latest"] },
  "^[a-z0-9][a-z0-9-]{1,52}[a-z0-9]$": { takes: ["shop-1"], refuses: ["Shop", "-shop", "ab"] },
  "^[1-7]:([01]\\d|2[0-3]):?([0-5]\\d)$": {
    takes: ["7:05:00"],
    refuses: ["sun:05:00", "8:05:00", "7:25:00"],
  },
  "[0-9]+h": { takes: ["3h"], refuses: ["3", "PT3H"] },
  "^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$": { takes: ["10", "50%", "100%"], refuses: ["0", "150%", "half"] },
  "^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$": { takes: ["0", "10", "50%"], refuses: ["150%", "none"] },
  "^Elasticsearch_[0-9]{1}\\.[0-9]{1,2}$|^OpenSearch_[0-9]{1,2}\\.[0-9]{1,2}$": {
    takes: ["OpenSearch_2.19", "Elasticsearch_7.10"],
    refuses: ["2.19", "OpenSearch 2.19"],
  },
  "256|512|1024|2048|4096|(0.25|0.5|1|2|4) vCPU": { takes: ["256", "1 vCPU"], refuses: ["300", "1vCPU"] },
  "512|1024|2048|3072|4096|6144|8192|10240|12288|(0.5|1|2|3|4|6|8|10|12) GB": {
    takes: ["512", "2 GB"],
    refuses: ["600", "2GB"],
  },
  "^[0-7]{3,4}$": { takes: ["0755", "755"], refuses: ["rwx", "0999"] },
  "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)":
    {
      takes: [
        "arn:aws:s3:::shop",
        "arn:aws-cn:sqs:cn-north-1:123456789012:shop",
        "arn:aws-us-gov:kafka:us-gov-west-1:123456789012:cluster/a/b",
      ],
      refuses: ["shop", "https://sqs.eu-west-1.amazonaws.com/123456789012/shop"],
    },
  "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()": {
    takes: ["arn:aws:sqs:eu-west-1:123456789012:shop", ""],
    refuses: ["shop", "alias/shop"],
  },
  "arn:.*:s3:::[\\w\\.\\-]{1,255}": {
    takes: ["arn:aws-cn:s3:::shop-data"],
    refuses: ["shop-data", "s3://shop-data"],
  },

  // Descriptions
  "^[\\w+=:#@/\\-,\\.][\\w+=:#@/\\-,\\.\\s]+[\\w+=:#@/\\-,\\.]$": {
    takes: ["Refuses what floods the store.", "a-b"],
    refuses: ["the store's rules", "ab", " leading", "a (b) c", "50 %"],
  },
  "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*": {
    takes: ["Reads orders; writes none.", "Größe\nzwei", ""],
    refuses: ["a – b", "“quoted”", "東京"],
  },
  "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+": {
    takes: ['{"Version": "2012-10-17"}', "Größe"],
    refuses: ["a – b", "東京", ""],
  },
  "[\\u0009\\u000A\\u000D\\u0020-\\u007e]+": { takes: ['{"a": 1}\n'], refuses: ["Größe", ""] },
  "[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*": {
    takes: ["shop – 東京 🛒", "a\tb\nc", ""],
    refuses: ["a\u0000b", "a\u0007"],
  },
  "[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*": {
    takes: ["shop – 東京 🛒"],
    refuses: ["a\nb", "a\u0000b"],
  },
  "[\\u0020-\\u00FF]+": { takes: ["Größe 1"], refuses: ["a – b", "a\nb", ""] },

  // Paths and domains
  "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)": {
    takes: ["/", "/team/shop/"],
    refuses: ["/team", "team/", "", "/a b/"],
  },
  "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/": {
    takes: ["/", "/team/shop/"],
    refuses: ["/team", "team/", "//", "/a b/"],
  },
  "/mnt/[a-zA-Z0-9-_.]+": { takes: ["/mnt/shop"], refuses: ["/mnt/", "/opt/shop", "/mnt/a/b"] },
  "(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])": {
    takes: ["shop.example.com", "*.example.com", "a-b.example.de"],
    refuses: [
      "shop",
      "shop_1.example.com",
      "-a.example.com",
      "*.*.example.com",
      "https://example.com",
      "example.com.",
    ],
  },

  // Ids and ARNs
  "\\d{12}": ACCOUNT,
  "^[0-9]{12}$": ACCOUNT,
  "[0-9]{12}": ACCOUNT,
  "^\\d{12}$": ACCOUNT,
  "o-[a-z0-9]{10,32}": { takes: ["o-a1b2c3d4e5"], refuses: ["a1b2c3d4e5", "o-A1B2C3D4E5", "o-a1"] },
  "^(ipam-pool-)[a-zA-Z0-9]+$": { takes: ["ipam-pool-0a1b"], refuses: ["pool-0a1b", "ipam-pool-"] },
  "^(ipv4pool-coip-)[a-zA-Z0-9]+$": {
    takes: ["ipv4pool-coip-0a1b"],
    refuses: ["coip-0a1b", "ipv4pool-coip-"],
  },
  "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+": ROLE,
  "arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+": ROLE,
  "arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+": {
    takes: ["arn:aws:iam::123456789012:role/shop", "arn:aws-cn:iam::123456789012:role/shop"],
    refuses: ["shop", "arn:aws:iam::123456789012:user/shop"],
  },
  "arn:aws[a-z-]*:sqs:[a-z0-9\\-]+:\\d{12}:[a-zA-Z0-9\\-_]+": {
    takes: ["arn:aws:sqs:eu-west-1:123456789012:shop-dead"],
    refuses: [
      "https://sqs.eu-west-1.amazonaws.com/123456789012/shop",
      "arn:aws:sns:eu-west-1:123456789012:shop",
    ],
  },
  "arn:aws:cloudfront::[0-9]{12}:function\\/[a-zA-Z0-9-_]{1,64}": {
    takes: ["arn:aws:cloudfront::123456789012:function/redirect"],
    refuses: ["redirect", "arn:aws:lambda:us-east-1:123456789012:function:redirect"],
  },
  "(lambda:[*]|lambda:[a-zA-Z]+|[*])": {
    takes: ["lambda:InvokeFunction", "lambda:*", "*"],
    refuses: ["InvokeFunction", "s3:GetObject", "lambda:Invoke-Function"],
  },
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?":
    {
      takes: [
        "shop",
        "shop:live",
        "arn:aws:lambda:eu-west-1:123456789012:function:shop",
        "123456789012:function:shop",
      ],
      refuses: ["shop status", "shop/status", "arn:aws:s3:::shop"],
    },
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?":
    {
      takes: [
        "shop",
        "shop:live",
        "arn:aws:lambda:eu-west-1:123456789012:function:shop",
        "shop:$LATEST.PUBLISHED",
      ],
      refuses: ["shop status", "shop/status", "arn:aws:s3:::shop"],
    },

  // Forms that no model defines: see `./forms`
  "eipalloc-.+": {
    takes: ["eipalloc-0a1b2c3d", "eipalloc-0123456789abcdef0"],
    refuses: ["vpc-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "eipalloc-"],
  },
  "cgw-.+": {
    takes: ["cgw-0a1b2c3d", "cgw-0123456789abcdef0"],
    refuses: ["vgw-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "cgw-"],
  },
  "eigw-.+": {
    takes: ["eigw-0a1b2c3d", "eigw-0123456789abcdef0"],
    refuses: ["igw-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "eigw-"],
  },
  "lt-.+": {
    takes: ["lt-0a1b2c3d", "lt-0123456789abcdef0"],
    refuses: ["web", "arn:aws:sns:eu-west-1:123456789012:shop", "lt-"],
  },
  "nat-.+": {
    takes: ["nat-0a1b2c3d", "nat-0123456789abcdef0"],
    refuses: ["igw-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "nat-"],
  },
  "eni-.+": {
    takes: ["eni-0a1b2c3d", "eni-0123456789abcdef0"],
    refuses: ["i-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "eni-"],
  },
  "pl-.+": {
    takes: ["pl-0a1b2c3d", "pl-0123456789abcdef0"],
    refuses: ["vpc-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "pl-"],
  },
  "rtb-.+": {
    takes: ["rtb-0a1b2c3d", "rtb-0123456789abcdef0"],
    refuses: ["subnet-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "rtb-"],
  },
  "sg-.+": {
    takes: ["sg-0a1b2c3d", "sg-0123456789abcdef0"],
    refuses: ["subnet-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "sg-"],
  },
  "snap-.+": {
    takes: ["snap-0a1b2c3d", "snap-0123456789abcdef0"],
    refuses: ["vol-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "snap-"],
  },
  "subnet-.+": {
    takes: ["subnet-0a1b2c3d", "subnet-0123456789abcdef0"],
    refuses: ["vpc-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "subnet-"],
  },
  "tgw-.+": {
    takes: ["tgw-0a1b2c3d", "tgw-0123456789abcdef0"],
    refuses: ["vgw-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "tgw-"],
  },
  "vpce-.+": {
    takes: ["vpce-0a1b2c3d", "vpce-0123456789abcdef0"],
    refuses: ["vpc-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "vpce-"],
  },
  "vpc-.+": {
    takes: ["vpc-0a1b2c3d", "vpc-0123456789abcdef0"],
    refuses: ["subnet-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "vpc-"],
  },
  "pcx-.+": {
    takes: ["pcx-0a1b2c3d", "pcx-0123456789abcdef0"],
    refuses: ["vpc-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "pcx-"],
  },
  "vgw-.+": {
    takes: ["vgw-0a1b2c3d", "vgw-0123456789abcdef0"],
    refuses: ["cgw-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "vgw-"],
  },
  "acl-.+": {
    takes: ["acl-0a1b2c3d", "acl-0123456789abcdef0"],
    refuses: ["subnet-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "acl-"],
  },
  "i-.+": {
    takes: ["i-0a1b2c3d", "i-0123456789abcdef0"],
    refuses: ["eni-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "i-"],
  },
  "igw-.+": {
    takes: ["igw-0a1b2c3d", "igw-0123456789abcdef0"],
    refuses: ["vgw-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "igw-"],
  },
  "vol-.+": {
    takes: ["vol-0a1b2c3d", "vol-0123456789abcdef0"],
    refuses: ["snap-0123456789abcdef0", "arn:aws:sns:eu-west-1:123456789012:shop", "vol-"],
  },
  "(\\d{12}/)?sg-.+": {
    takes: ["sg-0a1b2c3d", "sg-0123456789abcdef0", "123456789012/sg-0123456789abcdef0"],
    refuses: ["subnet-0123456789abcdef0", "10.0.0.0/16", "web", "shop/sg-0a1b2c3d", "sg-"],
  },
  "(arn:[^:]+:elasticfilesystem:.+:file-system/)?fs-.+": {
    takes: [
      "fs-0a1b2c3d",
      "fs-0123456789abcdef0",
      "arn:aws-cn:elasticfilesystem:cn-north-1:123456789012:file-system/fs-0123456789abcdef0",
    ],
    refuses: [
      "fsap-0123456789abcdef0",
      "subnet-0a1b2c3d",
      "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0",
    ],
  },
  "arn:[^:]+:.+": {
    takes: [
      "arn:aws:sns:eu-west-1:123456789012:ops",
      "arn:aws-us-gov:sns:us-gov-west-1:123456789012:ops",
      "arn:aws:automate:eu-west-1:ec2:recover",
      "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:a1:autoScalingGroupName/web:policyName/out",
      "arn:aws:ssm:eu-west-1:123456789012:opsitem:1",
    ],
    refuses: ["ops", "https://sns.eu-west-1.amazonaws.com/123456789012/ops", "sns:ops"],
  },
  "([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d": {
    takes: ["03:00-04:00", "23:30-00:30"],
    refuses: ["3:00-4:00", "24:00-01:00", "03:60-04:00", "03:00", "mon:03:00-mon:04:00", "night"],
  },
  "[A-Za-z]{3}:([01]\\d|2[0-3]):[0-5]\\d-[A-Za-z]{3}:([01]\\d|2[0-3]):[0-5]\\d": {
    takes: ["sun:05:00-sun:06:00", "Mon:23:30-Tue:00:30"],
    refuses: [
      "05:00-06:00",
      "sunday:05:00-sunday:06:00",
      "sun:05:00",
      "sun:5:00-sun:6:00",
      "sun 05:00-06:00",
    ],
  },
  "cache\\..+": { takes: ["cache.t4g.micro"], refuses: ["t4g.micro", "db.t4g.micro", "cache"] },
  "(express|kafka)\\..+": { takes: ["kafka.m7g.large", "express.m7g.large"], refuses: ["m7g.large"] },
  "dms\\..+": { takes: ["dms.t3.micro"], refuses: ["t3.micro", "db.t3.micro"] },
  "arn:[^:]+:kms:.+": {
    takes: ["arn:aws-cn:kms:cn-north-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"],
    refuses: ["alias/shop", "01234567-89ab-cdef-0123-456789abcdef"],
  },
  "arn:[^:]+:iam::(aws|aws-.+|\\d{12}):policy/.+": {
    takes: ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws-cn:iam::123456789012:policy/team/shop"],
    refuses: ["ReadOnlyAccess", "arn:aws:iam::123456789012:role/shop"],
  },
  "(?![a-z]+(-[a-z]+)+-\\d$).+": {
    takes: ["eu-west-1a", "us-gov-west-1a", "us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1", "Multiple"],
    refuses: ["eu-west-1", "us-gov-west-1"],
  },
  "db\\..+": {
    takes: ["db.t4g.micro", "db.serverless", "db.r6g.2xlarge.tpc1.mem2x"],
    refuses: ["t4g.micro", "cache.t4g.micro", "db"],
  },
  "arn:[^:]+:iam::\\d{12}:role/[\\w+=,.@/-]+": {
    takes: [...ROLE.takes, "arn:aws-cn:iam::123456789012:role/aws-service-role/rds.amazonaws.com/a,b=c@d"],
    refuses: ROLE.refuses,
  },
  "(ami-|resolve:ssm:).+": {
    takes: ["ami-0a1b2c3d", "resolve:ssm:/shop/image"],
    refuses: ["i-0a1b2c3d", "ubuntu"],
  },
  "arn:[^:]+:elasticloadbalancing:.+:listener/.+": {
    takes: [
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
    ],
    refuses: [
      "web",
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067",
    ],
  },
  "arn:[^:]+:elasticloadbalancing:.+:loadbalancer/.+": {
    takes: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188"],
    refuses: [
      "web",
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067",
    ],
  },
  "arn:[^:]+:elasticloadbalancing:.+:targetgroup/.+": {
    takes: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067"],
    refuses: [
      "web",
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
    ],
  },
  "arn:[^:]+:sns:.+": {
    takes: ["arn:aws:sns:eu-west-1:123456789012:shop"],
    refuses: ["shop", "arn:aws:sqs:eu-west-1:123456789012:shop"],
  },
};
