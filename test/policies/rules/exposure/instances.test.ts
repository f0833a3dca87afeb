import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { imdsV2 } from "../../../../policies/rules/exposure/imds";
import { packForSuite, secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, configured, messagesOf, type Props } from "../../../support/rule-suite";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
const SPOT_REQUEST = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
const SPOT_FLEET = "aws:ec2/spotFleetRequest:SpotFleetRequest";

const network = (...associatePublicIpAddress: unknown[]): Props => ({
  networkInterfaces: associatePublicIpAddress.map((value) => ({ associatePublicIpAddress: value })),
});

describe("public-instances", () => {
  const pack = packForSuite({ directory: "policies" });

  describe("on a launch template", () => {
    new RuleSuite("public-instances", { pack }).check(TEMPLATE, [
      { title: "passes a launch template that leaves it to the subnet", props: {}, says: [] },
      {
        title: "passes interfaces that leave it to the subnet",
        props: { networkInterfaces: [{ securityGroups: [UNKNOWN] }] },
        says: [],
      },
      {
        title: "passes false as text, value and secret",
        props: network("false", false, secret("false"), ""),
        says: [],
      },
      { title: "passes no interface and null", props: { networkInterfaces: [null] }, says: [] },
      {
        title: "refuses true as text",
        props: network("true"),
        says: ['networkInterfaces[0].associatePublicIpAddress is "true"; it must be left out or false.'],
      },
      {
        title: "refuses true",
        props: network(true),
        says: ["networkInterfaces[0].associatePublicIpAddress is true; it must be left out or false."],
      },
      {
        title: "refuses other texts for true",
        props: network("1", "T"),
        says: [
          "networkInterfaces[0].associatePublicIpAddress is another string (not shown, as it may be secret); it must be left out or false.",
          "networkInterfaces[1].associatePublicIpAddress is another string (not shown, as it may be secret); it must be left out or false.",
        ],
      },
      {
        title: "judges a public interface beside an unknown one",
        props: { networkInterfaces: [UNKNOWN, ...(network("true")["networkInterfaces"] as Props[])] },
        says: [
          "networkInterfaces[0] is not known before deployment; it must be a literal.",
          'networkInterfaces[1].associatePublicIpAddress is "true"; it must be left out or false.',
        ],
      },
      {
        title: "refuses an unknown value",
        props: network(UNKNOWN),
        says: [
          "networkInterfaces[0].associatePublicIpAddress is not known before deployment; it must be left out or false.",
        ],
      },
      {
        title: "refuses an unknown list",
        props: { networkInterfaces: UNKNOWN },
        says: ["networkInterfaces is not known before deployment; it must be a literal list."],
      },
      {
        title: "refuses a value that is not a list",
        props: { networkInterfaces: {} },
        says: ["networkInterfaces is an object; it must be a literal list."],
      },
    ]);
  });

  for (const type of [INSTANCE, CONFIGURATION, SPOT_REQUEST]) {
    describe(`on ${type}`, () => {
      new RuleSuite("public-instances", { pack }).check(type, [
        { title: "passes absence", props: {}, says: [] },
        { title: "passes false", props: { associatePublicIpAddress: false }, says: [] },
        {
          title: "refuses true",
          props: { associatePublicIpAddress: true },
          says: ["associatePublicIpAddress is true; it must be left out or false."],
        },
        {
          title: "refuses an unknown value",
          props: { associatePublicIpAddress: UNKNOWN },
          says: ["associatePublicIpAddress is not known before deployment; it must be left out or false."],
        },
        {
          title: "refuses the wrong type",
          props: { associatePublicIpAddress: [false] },
          says: ["associatePublicIpAddress is a list; it must be left out or false."],
        },
      ]);
    });
  }

  describe("on other resources", () => {
    new RuleSuite("public-instances", { pack }).check(SPOT_FLEET, [
      {
        title: "judges each launch specification",
        props: { launchSpecifications: [{}, { associatePublicIpAddress: true }] },
        says: ["launchSpecifications[1].associatePublicIpAddress is true; it must be left out or false."],
      },
    ]);
    new RuleSuite("public-instances", { pack }).check("aws:ec2/eip:Eip", [
      { title: "passes an address for a NAT gateway", props: { domain: "vpc" }, says: [] },
      {
        title: "refuses an address for an instance",
        props: { instance: "i-1" },
        says: ["instance names an instance, which gives the instance a public address; leave it out."],
      },
      {
        title: "refuses an address for an instance unknown in preview",
        props: { instance: UNKNOWN },
        says: ["instance names an instance, which gives the instance a public address; leave it out."],
      },
    ]);
    new RuleSuite("public-instances", { pack }).check("aws:ec2/eipAssociation:EipAssociation", [
      { title: "passes an interface", props: { networkInterfaceId: UNKNOWN }, says: [] },
      {
        title: "refuses an instance",
        props: { instanceId: UNKNOWN },
        says: ["instanceId names an instance, which gives the instance a public address; leave it out."],
      },
    ]);
  });
});

describe("imds-v2", () => {
  const pack = packForSuite({ directory: "policies" });
  const options = (metadataOptions: unknown): Props => ({ metadataOptions });

  for (const type of [TEMPLATE, INSTANCE, CONFIGURATION, SPOT_REQUEST]) {
    describe(`on ${type}`, () => {
      new RuleSuite("imds-v2", { pack }).check(type, [
        {
          title: "passes a token and one hop",
          props: options({ httpTokens: "required", httpPutResponseHopLimit: 1 }),
          says: [],
        },
        {
          title: "passes valid secrets, and hops as digits",
          props: options({ httpTokens: secret("required"), httpPutResponseHopLimit: "1" }),
          says: [],
        },
        { title: "passes absent hops", props: options({ httpTokens: "required" }), says: [] },
        { title: "passes a service that is off", props: options({ httpEndpoint: "disabled" }), says: [] },
        {
          title: "refuses absent options",
          props: {},
          says: [
            'metadataOptions.httpTokens is not set, which means the default of the image, often no token; it must be "required".',
          ],
        },
        {
          title: "refuses null options",
          props: options(null),
          says: [
            'metadataOptions.httpTokens is not set, which means the default of the image, often no token; it must be "required".',
          ],
        },
        {
          title: "refuses unknown options",
          props: options(UNKNOWN),
          says: ["metadataOptions is not known before deployment; it must be written out."],
        },
        {
          title: "refuses options of the wrong type",
          props: options("required"),
          says: [
            "metadataOptions is another string (not shown, as it may be secret); it must be written out.",
          ],
        },
        {
          title: "refuses optional tokens",
          props: options({ httpTokens: "optional" }),
          says: ['metadataOptions.httpTokens is "optional"; it must be "required".'],
        },
        {
          title: "refuses unknown tokens and a second hop at once",
          props: options({ httpTokens: UNKNOWN, httpPutResponseHopLimit: 2 }),
          says: [/httpTokens is not known[^]*HopLimit is 2/],
        },
        {
          title: "refuses unknown hops",
          props: options({ httpTokens: "required", httpPutResponseHopLimit: UNKNOWN }),
          says: [
            "metadataOptions.httpPutResponseHopLimit is not known before deployment; it must be left out, or a literal whole number from 1 to 1 (setting hopLimit).",
          ],
        },
        {
          title: "shows a hop limit that is a number, and no other text",
          props: options({ httpTokens: "required", httpPutResponseHopLimit: "64" }),
          says: ['HopLimit is "64"; it must be left out'],
        },
        {
          title: "refuses no hops",
          props: options({ httpTokens: "required", httpPutResponseHopLimit: 0 }),
          says: [
            "metadataOptions.httpPutResponseHopLimit is 0; it must be left out, or a literal whole number from 1 to 1 (setting hopLimit).",
          ],
        },
      ]);
    });
  }

  describe("on an instance of a launch template", () => {
    new RuleSuite("imds-v2", { pack }).check(INSTANCE, [
      { title: "passes the launch template's options", props: { launchTemplate: { id: UNKNOWN } }, says: [] },
      {
        title: "refuses options that override the launch template",
        props: { launchTemplate: UNKNOWN, ...options({ httpTokens: "optional" }) },
        says: ['metadataOptions.httpTokens is "optional"; it must be "required".'],
      },
    ]);
  });

  it("allows as many hops as the configuration sets", () => {
    for (const hops of [1, 2, 3, 64]) {
      const subject = {
        type: TEMPLATE,
        props: options({ httpTokens: "required", httpPutResponseHopLimit: hops }),
      };
      for (const hopLimit of [1, 2, 63, 64]) {
        assert.equal(
          configured(imdsV2, { hopLimit }, subject).length === 0,
          hops <= hopLimit,
          `${hops} of ${hopLimit}`,
        );
      }
    }
  });
});

describe("imds-v2 on the defaults of a region", () => {
  const pack = packForSuite({ directory: "policies" });
  const type = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";

  new RuleSuite("imds-v2", { pack }).check(type, [
    {
      title: "passes required tokens",
      props: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      says: [],
    },
    { title: "passes defaults that say nothing of tokens", props: { httpEndpoint: "enabled" }, says: [] },
    { title: "passes no preference", props: { httpTokens: "no-preference" }, says: [] },
    {
      title: "refuses optional tokens",
      props: { httpTokens: "optional" },
      says: ['httpTokens is "optional"; it must be "required".'],
    },
    {
      title: "refuses unknown tokens",
      props: { httpTokens: UNKNOWN },
      says: ["httpTokens is not known before deployment; it must be"],
    },
  ]);
});

describe("imds-v2 on a spot fleet", () => {
  const pack = packForSuite({ directory: "policies" });
  const says = ["launchSpecifications have no metadata options"];
  new RuleSuite("imds-v2", { pack }).check(SPOT_FLEET, [
    {
      title: "passes launch templates, which are judged themselves",
      props: { launchTemplateConfigs: [{}] },
      says: [],
    },
    { title: "passes an empty list and null", props: { launchSpecifications: [] }, says: [] },
    { title: "passes null", props: { launchSpecifications: null }, says: [] },
    { title: "refuses launch specifications", props: { launchSpecifications: [{}] }, says },
    { title: "refuses secret ones", props: { launchSpecifications: secret([{}]) }, says },
    { title: "refuses an unknown list", props: { launchSpecifications: UNKNOWN }, says },
    { title: "refuses a value that is not a list", props: { launchSpecifications: {} }, says },
  ]);
});

describe("public-instances on ECS", () => {
  const pack = packForSuite({ directory: "policies" });
  const assigned = (assignPublicIp: unknown): Props => ({
    networkConfiguration: { subnets: UNKNOWN, assignPublicIp },
  });
  for (const type of ["aws:ecs/service:Service", "aws:ecs/taskSet:TaskSet"]) {
    describe(`on ${type}`, () => {
      new RuleSuite("public-instances", { pack }).check(type, [
        { title: "passes properties without a network", props: {}, says: [] },
        {
          title: "passes an absent value",
          props: { networkConfiguration: { subnets: [UNKNOWN] } },
          says: [],
        },
        { title: "passes false", props: assigned(false), says: [] },
        { title: "passes null", props: assigned(null), says: [] },
        {
          title: "refuses true",
          props: assigned(true),
          says: ["networkConfiguration.assignPublicIp is true"],
        },
        {
          title: "refuses secret true",
          props: assigned(secret(true)),
          says: ["networkConfiguration.assignPublicIp is true; it must be left out or false."],
        },
        {
          title: "refuses an unknown value",
          props: assigned(UNKNOWN),
          says: ["assignPublicIp is not known"],
        },
        {
          title: "refuses an unknown network",
          props: { networkConfiguration: UNKNOWN },
          says: ["networkConfiguration is not known before deployment; it must be written out."],
        },
      ]);
    });
  }
});

describe("user-data-secrets", () => {
  const pack = packForSuite({ directory: "policies" });
  const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");
  // Split into pieces, so that scanners do not treat these as real keys.
  const KEY_ID = ["AKIA", "Q3EGRIJKLMNO2345"].join("");
  const PRIVATE = ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ");
  const SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzzzzzzzzzz";
  const VALUE = "correct-horse";

  const leaks: readonly (readonly [what: string, text: string])[] = [
    ["an AWS access key", `export AWS_ACCESS_KEY_ID=${KEY_ID}`],
    ["an AWS access key", `id = ${KEY_ID.replace("AKIA", "ASIA")}`],
    ["an AWS secret access key", `aws_secret_access_key = ${"wJalrXUtnFEMI/K7MDENG+bPxRfiCYzzzzzzzzzz"}`],
    ...[
      `SecretAccessKey=${SECRET_KEY}`,
      `AWS_SECRETACCESS_KEY: "${SECRET_KEY}"`,
      `{"secret_accesskey":"${SECRET_KEY}"}`,
      `secretaccesskey'  =  '${SECRET_KEY}'`,
    ].map((text) => ["an AWS secret access key", text] as const),
    ["a private key", `${PRIVATE}\nMIIE`],
    ["a private key", PRIVATE.replace("RSA ", "")],
    [
      "a GitHub token",
      `git clone https://${["ghp", "abcdefghijklmnopqrstuvwxyz0123456789"].join("_")}@github.com/x/y`,
    ],
    ["a password", `DB_PASSWORD=${VALUE}`],
    ["a password", `export PGPASSWORD="${VALUE}"`],
    ["a password", `#cloud-config\npassword: ${VALUE}\nchpasswd: { expire: False }`],
    ["a password", `{"user": "store", "password": "${VALUE}"}`],
    ["a password", `createuser --password ${VALUE}`],
    ["a password", `echo "admin:${VALUE}" | sudo chpasswd`],
    ["a password", `echo admin:${VALUE}|chpasswd`],
    ["a password", `echo 'admin:${VALUE}'  |  sudo  chpasswd`],
    ["a password in a URL", `URL=a://store:${VALUE}@db`],
    ["a password", `curl -d "{\\"user\\":\\"store\\",\\"password\\":\\"${VALUE}\\"}" https://store.internal`],
    ["a password", `ssh store 'sh -c "PASSWORD=\\'${VALUE}\\' start"'`],
    ["an API key", `DD_API_KEY=${"0123456789abcdef".repeat(2)} bash install.sh`],
    ["an API key", `{"accessToken": "${["sk", "live", "51AbCdEfGhIjKlMnOpQrStUv"].join("_")}"}`],
    [
      "a GitHub token",
      `TOKEN=${["github", "pat", "11ABCDEFG0abcdefghijkl", "abcdefghijklmnopqrstuvwxyz"].join("_")}`,
    ],
    ["a password in a URL", `URL=postgres://store:${VALUE}@db.internal/store`],
  ];
  for (const [what, text] of leaks) {
    it(`finds ${what} in ${JSON.stringify(text.replace(VALUE, "…").slice(0, 32))}, plain and encoded`, async () => {
      const mime = `Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Transfer-Encoding: base64\n\n${base64(text).replace(/(.{64})/g, "$1\n")}\n--b--`;
      for (const userData of [
        text,
        secret(text),
        base64(`#!/bin/bash\n${text}\n`),
        base64(mime),
        base64(gzipSync(text)),
        `powershell -EncodedCommand ${Buffer.from(text, "utf16le").toString("base64")}`,
      ]) {
        const resource = { type: TEMPLATE, props: { userData } };
        const level = /^an API|password/.test(what) ? "advisory" : "mandatory";
        const messages = await messagesOf(pack(), "user-data-secrets", resource, level);
        assert.equal(messages.length, 1, text);
        assert.ok(messages[0]!.includes(`userData holds ${what}`), messages[0]);
        for (const shown of [VALUE, KEY_ID, "ghp_", "MIIE", "wJalr"])
          assert.ok(!messages[0]!.includes(shown));
      }
    });
  }

  const sound: readonly string[] = [
    "#!/bin/bash\nTOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600')",
    "PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString --output text)",
    'export DB_PASSWORD="${SECRET}"; mysql --password="$DB_PASSWORD"',
    "POSTGRES_PASSWORD_FILE=/run/secrets/db\npassword: /run/secrets/db\nPASSWORD=`cat /run/x`",
    "#cloud-config\nssh_pwauth: false\nusers:\n  - name: store\n    lock_passwd: true\npassword: null\nchpasswd:\n  expire: false\nchpasswd: { expire: false }",
    "aws ecr get-login-password | docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    "password=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db\npassword={{resolve:secretsmanager:db}}",
    "sed -i 's/^PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config\ncd $PWD; PWD=/opt/store",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ",
    "aws_access_key_id=AKIAIOSFODNN7EXAMPLE\naws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "API_KEY=$(aws ssm get-parameter --name /store/key)\nDD_API_KEY=ssm:/store/key\nSECRET_KEY_FILE=/run/secrets/0123456789abcdef",
    'api_key: "store-production-2026-primary-in-eu-west-1"\nauth_token=abcdefghijklmnopqrstuvwxyz\naccess_key: 012345678901234567890123456789',
    'echo "{\\"password\\":\\"$PASSWORD\\"}"',
    ...["#", "//", ";", "REM ", "systemctl start shop #"].map(
      (comment) =>
        `#!/bin/bash\n  ${comment} Database password: rotated by Secrets Manager, api_key: ${"0a".repeat(16)}`,
    ),
    "FORGOT_PASSWORD=enabled\nRESET_PASSWORD=disabled\nPASSWORD=required\nNEW_PASSWORD=optional",
    "MINIO_SECRET_ACCESS_KEY=/production/storefront/minio/secretAccessKey",
    "SECRET_ACCESS_KEY=/production/storefront/minio2/secretAccessKey",
    // Too short for a key or a token.
    "secret_access_key=wJalrXUtnFEMI\nghp_abcdefghij github_pat_11ABCDEFG0abcdefghij",
    "curl https://store.example.com:8443/a@b\nno_proxy=http://169.254.169.254:80/x",
  ];
  it("finds a key in a comment too", async () => {
    const resource = { type: TEMPLATE, props: { userData: `#!/bin/sh\n# old: ${KEY_ID}` } };
    assert.equal((await messagesOf(pack(), "user-data-secrets", resource)).length, 1);
  });

  for (const text of sound) {
    it(`passes ${JSON.stringify(text.slice(0, 60))}`, async () => {
      for (const userData of [text, base64(text), base64(gzipSync(text))]) {
        assert.deepEqual(
          await messagesOf(pack(), "user-data-secrets", { type: TEMPLATE, props: { userData } }),
          [],
        );
      }
    });
  }

  new RuleSuite("user-data-secrets", { pack }).check("aws:ssm/association:Association", [
    {
      title: "refuses a key in commands of Systems Manager",
      props: { name: "AWS-RunShellScript", parameters: { commands: `export AWS_ACCESS_KEY_ID=${KEY_ID}` } },
      says: ["parameters holds an AWS access key (not shown); it must hold none."],
    },
    {
      title: "passes commands of Systems Manager that read their secret",
      props: { parameters: { commands: "PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)" } },
      says: [],
    },
  ]);
  const env = [{ name: "AWS_ACCESS_KEY_ID", value: KEY_ID }];
  const own = (name: string, value: string) => ({
    settings: [{ namespace: "aws:elasticbeanstalk:application:environment", name, value }],
  });
  for (const [type, props, label] of [
    [
      "kubernetes:apps/v1:Deployment",
      { spec: { template: { spec: { containers: [{ env }] } } } },
      "spec.template",
    ],
    [
      "kubernetes:core/v1:Pod",
      { spec: { initContainers: [{ args: ["--key", KEY_ID] }] } },
      "spec.initContainers",
    ],
    [
      "kubernetes:batch/v1:CronJob",
      { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ env }] } } } } } },
      "spec.jobTemplate",
    ],
    ["aws:elasticbeanstalk/environment:Environment", own("AWS_ACCESS_KEY_ID", KEY_ID), "settings[0].value"],
    [
      "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
      own("X", KEY_ID),
      "settings[0].value",
    ],
  ] as const)
    new RuleSuite("user-data-secrets", { pack }).check(type, [
      { title: `refuses a key in ${type}`, props, says: [label] },
    ]);
  new RuleSuite("user-data-secrets", { pack }).check("aws:elasticbeanstalk/environment:Environment", [
    { title: "passes other settings of Elastic Beanstalk", props: own("KEY_NAME", "store/key"), says: [] },
    {
      title: "advises against a password in the environment of Elastic Beanstalk",
      props: own("DB_PASSWORD", VALUE),
      says: ["settings[0].value holds a password"],
      level: "advisory",
    },
  ]);
  new RuleSuite("user-data-secrets", { pack }).check("kubernetes:apps/v1:Deployment", [
    {
      title: "passes a secret of Kubernetes",
      props: {
        spec: {
          template: {
            spec: {
              containers: [{ env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db" } } }] }],
            },
          },
        },
      },
      says: [],
    },
  ]);
  new RuleSuite("user-data-secrets", { pack }).check(INSTANCE, [
    { title: "passes absent user data", props: {}, says: [] },
    {
      title: "names each kind",
      props: { userData: `DB_PASSWORD=${VALUE}\nURL=a://store:${VALUE}@db` },
      says: ["userData holds a password, a password in a URL (not shown); it must hold none."],
      level: "advisory",
    },
    {
      title: "passes unknown user data",
      props: { userData: UNKNOWN, userDataBase64: secret(UNKNOWN) },
      says: [],
    },
    {
      title: "passes values of other types",
      props: { userData: null, userDataBase64: [`password=${VALUE}`] },
      says: [],
    },
    {
      title: "passes bytes that only start like gzip",
      props: { userDataBase64: base64(Buffer.from([0x1f, 0x8b, ...Array<number>(20).fill(7)])) },
      says: [],
    },
    {
      title: "passes gzip data that decompresses to too much",
      props: { userDataBase64: base64(gzipSync(`password=${VALUE}\n${" ".repeat(1_000_000)}`)) },
      says: [],
    },
    {
      title: "judges a property beside an unknown one",
      props: { userData: UNKNOWN, userDataBase64: base64(`password=${VALUE}`) },
      says: ["userDataBase64 holds a password (not shown); it must hold none."],
      level: "advisory",
    },
  ]);
  new RuleSuite("user-data-secrets", { pack }).check(SPOT_FLEET, [
    {
      title: "judges each launch specification",
      props: { launchSpecifications: [UNKNOWN, { userData: `password=${VALUE}` }] },
      says: ["launchSpecifications[1].userData holds a password (not shown); it must hold none."],
      level: "advisory",
    },
  ]);
  const containers = (...environments: unknown[]): Props => ({
    containerDefinitions: JSON.stringify(environments.map((environment) => ({ name: "store", environment }))),
  });
  new RuleSuite("user-data-secrets", { pack }).check("aws:ecs/taskDefinition:TaskDefinition", [
    {
      title: "judges the environment of each container",
      props: containers([{ name: "TITLE", value: "Shop" }], [{ name: "KEY", value: KEY_ID }]),
      says: ["containerDefinitions[1].environment holds an AWS access key (not shown); it must hold none."],
    },
    {
      title: "advises against a password in the environment of a container",
      props: containers([{ name: "DB_PASSWORD", value: VALUE }]),
      says: ["containerDefinitions[0].environment holds a password (not shown); it must hold none."],
      level: "advisory",
    },
    {
      title: "passes a secret that ECS reads, and what only names one",
      props: {
        containerDefinitions: JSON.stringify([
          {
            secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:eu-west-1:1:secret:db" }],
            environment: [{ name: "DB_PASSWORD_FILE", value: "/run/secrets/db" }],
          },
        ]),
      },
      says: [],
    },
    { title: "passes definitions that aren't known", props: { containerDefinitions: UNKNOWN }, says: [] },
    {
      title: "passes definitions of odd shapes",
      props: containers("x", [1, null, { name: 1 }], null),
      says: [],
    },
    { title: "passes a text that is not JSON", props: { containerDefinitions: "[" }, says: [] },
  ]);
  new RuleSuite("user-data-secrets", { pack }).check("aws:ecs/taskDefinition:TaskDefinition", [
    {
      title: "judges what a container runs, and the options of its logs",
      props: {
        containerDefinitions: JSON.stringify([
          {
            command: ["start", "--password", VALUE],
            entryPoint: ["sh", "-c", `DB_PASSWORD=${VALUE} exec start`],
            healthCheck: { command: ["CMD-SHELL", `curl -u a https://store:${VALUE}@localhost`] },
            logConfiguration: { logDriver: "awsfirelens", options: { apikey: "0123456789abcdef".repeat(2) } },
          },
        ]),
      },
      says: [
        "containerDefinitions[0].logConfiguration.options holds an API key (not shown); it must hold none.",
        "containerDefinitions[0].command holds a password (not shown); it must hold none.",
        "containerDefinitions[0].entryPoint holds a password (not shown); it must hold none.",
        "containerDefinitions[0].healthCheck.command holds a password in a URL (not shown); it must hold none.",
      ],
      level: "advisory",
    },
    {
      title: "passes commands that read a secret",
      props: {
        containerDefinitions: JSON.stringify([
          {
            command: ["start", "--password", "$DB_PASSWORD", "--password-file", "/run/secrets/db"],
            entryPoint: "none",
            logConfiguration: { secretOptions: [{ name: "apikey", valueFrom: "arn:aws:ssm:eu-west-1:1:x" }] },
          },
        ]),
      },
      says: [],
    },
  ]);
  const job = (container: Props): readonly Props[] => [
    { containerProperties: JSON.stringify(container) },
    { ecsProperties: JSON.stringify({ taskProperties: [{ containers: [container] }] }) },
    { nodeProperties: JSON.stringify({ nodeRangeProperties: [{ targetNodes: "0:", container }] }) },
  ];
  const JOB_PLACES = [
    "containerProperties",
    "ecsProperties.taskProperties[0].containers[0]",
    "nodeProperties.nodeRangeProperties[0].container",
  ];
  new RuleSuite("user-data-secrets", { pack }).check("aws:batch/jobDefinition:JobDefinition", [
    ...job({ environment: [{ name: "KEY", value: KEY_ID }], command: ["run"] }).map((props, index) => ({
      title: `judges ${JOB_PLACES[index]}`,
      props,
      says: [`${JOB_PLACES[index]}.environment holds an AWS access key (not shown); it must hold none.`],
    })),
    {
      title: "judges pods",
      props: {
        eksProperties: {
          podProperties: { containers: [UNKNOWN, { envs: [{ name: "K", value: KEY_ID }], args: [PRIVATE] }] },
        },
      },
      says: [
        "eksProperties.podProperties.containers[1].envs holds an AWS access key (not shown); it must hold none.",
        "eksProperties.podProperties.containers[1].args holds a private key (not shown); it must hold none.",
      ],
    },
    {
      title: "passes unknown values",
      props: { containerProperties: UNKNOWN, eksProperties: UNKNOWN },
      says: [],
    },
  ]);
  new RuleSuite("user-data-secrets", { pack }).check("aws:apprunner/service:Service", [
    {
      title: "judges images and code",
      props: {
        sourceConfiguration: {
          imageRepository: {
            imageConfiguration: { runtimeEnvironmentVariables: { KEY: KEY_ID, HOST: UNKNOWN } },
          },
          codeRepository: {
            codeConfiguration: { codeConfigurationValues: { buildCommand: `KEY=${KEY_ID} make` } },
          },
        },
      },
      says: [
        "sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables holds an AWS access key (not shown); it must hold none.",
        "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues.buildCommand holds an AWS access key (not shown); it must hold none.",
      ],
    },
    {
      title: "passes names of secrets",
      props: {
        sourceConfiguration: {
          imageRepository: {
            imageConfiguration: {
              runtimeEnvironmentSecrets: { DB_PASSWORD: "arn:aws:secretsmanager:eu-west-1:1:secret:db" },
            },
          },
        },
      },
      says: [],
    },
  ]);
  new RuleSuite("user-data-secrets", { pack }).check("aws:codebuild/project:Project", [
    {
      title: "judges plain variables",
      props: {
        environment: {
          environmentVariables: [
            { name: "STAGE", value: "prod" },
            { name: "KEY", value: KEY_ID, type: "PLAINTEXT" },
          ],
        },
      },
      says: ["environment.environmentVariables holds an AWS access key (not shown); it must hold none."],
    },
    {
      title: "passes names of secrets and parameters",
      props: {
        environment: {
          environmentVariables: [
            { name: "DB_PASSWORD", value: "store/database", type: "SECRETS_MANAGER" },
            { name: "API_PASSWORD", value: "/store/password", type: "PARAMETER_STORE" },
            { name: "OLD_PASSWORD", value: "store/old", type: UNKNOWN },
          ],
        },
      },
      says: [],
    },
  ]);
  for (const [type, props, label] of [
    ["aws:amplify/app:App", { environmentVariables: { KEY: KEY_ID } }, "environmentVariables"],
    [
      "aws:amplify/app:App",
      { autoBranchCreationConfig: { environmentVariables: { KEY: KEY_ID } } },
      "autoBranchCreationConfig.environmentVariables",
    ],
    ["aws:amplify/branch:Branch", { environmentVariables: { KEY: KEY_ID } }, "environmentVariables"],
    [
      "aws:ecs/expressGatewayService:ExpressGatewayService",
      { primaryContainer: { environments: [{ name: "KEY", value: KEY_ID }] } },
      "primaryContainer.environments",
    ],
    [
      "aws:ecs/expressGatewayService:ExpressGatewayService",
      { primaryContainer: { commands: ["start", `--key=${KEY_ID}`] } },
      "primaryContainer.commands",
    ],
    [
      "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
      { containers: [UNKNOWN, { environment: { KEY: KEY_ID } }] },
      "containers[1].environment",
    ],
  ] as const)
    new RuleSuite("user-data-secrets", { pack }).check(type, [
      {
        title: `judges ${label}`,
        props,
        says: [`${label} holds an AWS access key (not shown); it must hold none.`],
      },
    ]);
  new RuleSuite("user-data-secrets", { pack }).check("aws:lambda/function:Function", [
    {
      title: "judges each variable, past one that isn't known",
      props: { environment: { variables: { TABLE: UNKNOWN, SIGNING: PRIVATE, TITLE: "Shop" } } },
      says: ["environment.variables holds a private key (not shown); it must hold none."],
    },
    {
      title: "judges a secret, which Lambda shows like any other text",
      props: { environment: secret({ variables: { API_KEY: "0123456789abcdef".repeat(2) } }) },
      says: ["environment.variables holds an API key (not shown); it must hold none."],
      level: "advisory",
    },
    { title: "passes variables that aren't known", props: { environment: { variables: UNKNOWN } }, says: [] },
    { title: "passes a function without an environment", props: {}, says: [] },
  ]);
});
