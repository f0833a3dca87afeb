import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { imdsV2 } from "../../../../policies/rules/exposure/imds";
import { packForSuite, secret, UNKNOWN } from "../../../support/pack";
import { messagesOf, type Props } from "../../../support/policy-cases";
import { check, configured } from "./cases";

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
    check(pack, "public-instances", TEMPLATE, [
      { title: "passes what leaves it to the subnet", props: {}, says: [] },
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
        says: ['networkInterfaces[0].associatePublicIpAddress is "true"'],
      },
      { title: "refuses true", props: network(true), says: ["is true; it must be left out or false"] },
      {
        title: "refuses other words for true",
        props: network("1", "T"),
        says: ["networkInterfaces[0]", "networkInterfaces[1]"],
      },
      {
        title: "does not let an unknown interface mask a public one",
        props: { networkInterfaces: [UNKNOWN, ...(network("true")["networkInterfaces"] as Props[])] },
        says: [
          "networkInterfaces[0] is not known",
          'networkInterfaces[1].associatePublicIpAddress is "true"',
        ],
      },
      {
        title: "refuses an unknown value",
        props: network(UNKNOWN),
        says: ["is not known before deployment"],
      },
      {
        title: "refuses an unknown list",
        props: { networkInterfaces: UNKNOWN },
        says: ["networkInterfaces is not known"],
      },
      {
        title: "refuses what is no list",
        props: { networkInterfaces: {} },
        says: ["networkInterfaces is an object"],
      },
    ]);
  });

  for (const type of [INSTANCE, CONFIGURATION, SPOT_REQUEST]) {
    describe(`on ${type}`, () => {
      check(pack, "public-instances", type, [
        { title: "passes absence", props: {}, says: [] },
        { title: "passes false", props: { associatePublicIpAddress: false }, says: [] },
        {
          title: "refuses true",
          props: { associatePublicIpAddress: true },
          says: ["associatePublicIpAddress is true"],
        },
        {
          title: "refuses an unknown value",
          props: { associatePublicIpAddress: UNKNOWN },
          says: ["is not known"],
        },
        {
          title: "refuses the wrong type",
          props: { associatePublicIpAddress: [false] },
          says: ["is a list"],
        },
      ]);
    });
  }

  describe("on the rest", () => {
    check(pack, "public-instances", SPOT_FLEET, [
      {
        title: "judges each launch specification",
        props: { launchSpecifications: [{}, { associatePublicIpAddress: true }] },
        says: ["launchSpecifications[1].associatePublicIpAddress is true"],
      },
    ]);
    check(pack, "public-instances", "aws:ec2/eip:Eip", [
      { title: "passes an address for a NAT gateway", props: { domain: "vpc" }, says: [] },
      {
        title: "refuses an address for an instance",
        props: { instance: "i-1" },
        says: ["instance names an instance"],
      },
      {
        title: "refuses an address for an instance unknown in preview",
        props: { instance: UNKNOWN },
        says: ["instance names an instance"],
      },
    ]);
    check(pack, "public-instances", "aws:ec2/eipAssociation:EipAssociation", [
      { title: "passes an interface", props: { networkInterfaceId: UNKNOWN }, says: [] },
      {
        title: "refuses an instance",
        props: { instanceId: UNKNOWN },
        says: ["instanceId names an instance"],
      },
    ]);
  });
});

describe("imds-v2", () => {
  const pack = packForSuite({ directory: "policies" });
  const options = (metadataOptions: unknown): Props => ({ metadataOptions });

  for (const type of [TEMPLATE, INSTANCE, CONFIGURATION, SPOT_REQUEST]) {
    describe(`on ${type}`, () => {
      check(pack, "imds-v2", type, [
        {
          title: "passes a token and one hop",
          props: options({ httpTokens: "required", httpPutResponseHopLimit: 1 }),
          says: [],
        },
        {
          title: "passes secrets that are right, and hops as digits",
          props: options({ httpTokens: secret("required"), httpPutResponseHopLimit: "1" }),
          says: [],
        },
        { title: "passes absent hops", props: options({ httpTokens: "required" }), says: [] },
        { title: "passes a service that is off", props: options({ httpEndpoint: "disabled" }), says: [] },
        { title: "refuses absent options", props: {}, says: ["metadataOptions.httpTokens is not set"] },
        { title: "refuses null options", props: options(null), says: ["httpTokens is not set"] },
        { title: "refuses unknown options", props: options(UNKNOWN), says: ["metadataOptions is not known"] },
        {
          title: "refuses options of the wrong type",
          props: options("required"),
          says: ["metadataOptions is another string"],
        },
        {
          title: "refuses optional tokens",
          props: options({ httpTokens: "optional" }),
          says: ['httpTokens is "optional"'],
        },
        {
          title: "refuses unknown tokens and a second hop at once",
          props: options({ httpTokens: UNKNOWN, httpPutResponseHopLimit: 2 }),
          says: [/httpTokens is not known[^]*HopLimit is 2/],
        },
        {
          title: "refuses unknown hops",
          props: options({ httpTokens: "required", httpPutResponseHopLimit: UNKNOWN }),
          says: ["HopLimit is not known"],
        },
        {
          title: "refuses no hops",
          props: options({ httpTokens: "required", httpPutResponseHopLimit: 0 }),
          says: ["HopLimit is 0"],
        },
      ]);
    });
  }

  describe("on an instance of a launch template", () => {
    check(pack, "imds-v2", INSTANCE, [
      { title: "passes what the template says", props: { launchTemplate: { id: UNKNOWN } }, says: [] },
      {
        title: "refuses what overrides it",
        props: { launchTemplate: UNKNOWN, ...options({ httpTokens: "optional" }) },
        says: ['"optional"'],
      },
    ]);
  });

  it("allows as many hops as configured", () => {
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

describe("user-data-secrets", () => {
  const pack = packForSuite({ directory: "policies" });
  const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");
  // In pieces, so that nobody takes these for real.
  const KEY_ID = ["AKIA", "Q3EGRIJKLMNO2345"].join("");
  const PRIVATE = ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ");
  const VALUE = "correct-horse";

  const leaks: readonly (readonly [what: string, text: string])[] = [
    ["an AWS access key", `export AWS_ACCESS_KEY_ID=${KEY_ID}`],
    ["an AWS access key", `id = ${KEY_ID.replace("AKIA", "ASIA")}`],
    ["an AWS secret access key", `aws_secret_access_key = ${"wJalrXUtnFEMI/K7MDENG+bPxRfiCYzzzzzzzzzz"}`],
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
      ]) {
        const messages = await messagesOf(pack(), "user-data-secrets", {
          type: TEMPLATE,
          props: { userData },
        });
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
    "curl https://store.example.com:8443/a@b\nno_proxy=http://169.254.169.254:80/x",
  ];
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

  check(pack, "user-data-secrets", INSTANCE, [
    { title: "passes absent user data", props: {}, says: [] },
    {
      title: "passes unknown user data",
      props: { userData: UNKNOWN, userDataBase64: secret(UNKNOWN) },
      says: [],
    },
    {
      title: "passes odd shapes",
      props: { userData: null, userDataBase64: [`password=${VALUE}`] },
      says: [],
    },
    {
      title: "passes bytes that only begin like gzip",
      props: { userDataBase64: base64(Buffer.from([0x1f, 0x8b, ...Array<number>(20).fill(7)])) },
      says: [],
    },
    {
      title: "does not let an unknown property mask the other",
      props: { userData: UNKNOWN, userDataBase64: base64(`password=${VALUE}`) },
      says: ["userDataBase64 holds a password"],
    },
  ]);
  check(pack, "user-data-secrets", SPOT_FLEET, [
    {
      title: "judges each launch specification",
      props: { launchSpecifications: [UNKNOWN, { userData: `password=${VALUE}` }] },
      says: ["launchSpecifications[1].userData holds a password"],
    },
  ]);
});
