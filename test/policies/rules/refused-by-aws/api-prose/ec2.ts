import type { EC2 } from "../../../../../policies/rules/refused-by-aws/api-prose/ec2";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

const CHARACTERS = "AWS allows up to 255 characters: a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*";
const TEMPLATE_VOLUME = "blockDeviceMappings[0].ebs";

/** Refused inputs, by line of EC2. */
export const EC2_REFUSED: Readonly<Record<keyof typeof EC2, Refused>> = {
  "cidr-sizes": [[{ cidrBlock: "10.0.0.0/15" }, "cidrBlock has a prefix length of 15; AWS allows 16 to 28"]],
  "security-group-name": [
    [
      { name: "sg-web" },
      `name is another string (not shown, as it may be secret); ${CHARACTERS}, no "sg-" at the beginning`,
    ],
    [{ namePrefix: "store's " }, `namePrefix contains "'"; ${CHARACTERS}, no "sg-" at the beginning`],
  ],
  "security-group-description": [
    [{ description: "The shop's <doors>" }, `description contains "'" and "<" and ">"; ${CHARACTERS}`],
    [{ description: long(256) }, `description has 256 characters; ${CHARACTERS}`],
    [{ description: "line\nbreak" }, `description contains "\\n"; ${CHARACTERS}`],
  ],
  "inline-rule-description": [
    [
      {
        ingress: [{ description: "fine" }, { description: "the office’s" }],
        egress: [{ description: "50%" }],
      },
      `ingress[1].description contains "’"; ${CHARACTERS}`,
      `egress[0].description contains "%"; ${CHARACTERS}`,
    ],
  ],
  "rule-description": [
    [{ description: "CloudFront's way in" }, `description contains "'"; ${CHARACTERS}`],
    [{ description: long(256) }, `description has 256 characters; ${CHARACTERS}`],
  ],
  "prefix-list-name": [
    [
      { name: "com.amazonaws.offices" },
      'name is another string (not shown, as it may be secret); AWS allows up to 255 characters, no "com.amazonaws" at the beginning',
    ],
    [
      { name: long(256) },
      'name has 256 characters; AWS allows up to 255 characters, no "com.amazonaws" at the beginning',
    ],
  ],
  "user-data-size": [
    [
      { userData: Buffer.from(`#!/bin/sh\n${long(16_375)}`).toString("base64") },
      "userData has 16385 bytes before it is base64-encoded; AWS allows at most 16,384 bytes",
    ],
    [
      { userDataBase64: Buffer.alloc(20_000, "é").toString("base64") },
      "userDataBase64 has 20000 bytes before it is base64-encoded; AWS allows at most 16,384 bytes",
    ],
  ],
  "spot-fleet-user-data-size": [
    [
      { launchSpecifications: [{ userData: `#!/bin/sh\n${"é".repeat(8_200)}` }] },
      "launchSpecifications[0].userData has 16410 bytes before it is base64-encoded; AWS allows at most 16,384 bytes",
    ],
  ],
  "launch-template-user-data": [
    [
      { userData: "#!/bin/sh\nexec /opt/shop/start\n" },
      "userData is another string (not shown, as it may be secret); AWS allows a base64-encoded string",
    ],
  ],
  "user-data-base64": ["#!/bin/sh", "IyEvYmluL3No=", "shop"]
    .slice(0, 2)
    .map(
      (userDataBase64) =>
        [
          { userDataBase64 },
          "userDataBase64 is another string (not shown, as it may be secret); AWS allows a base64-encoded string",
        ] as const,
    ),
  "launch-template-groups": [
    [
      { networkInterfaces: [{}], vpcSecurityGroupIds: ["sg-1"] },
      "vpcSecurityGroupIds and networkInterfaces are both set; AWS then allows vpcSecurityGroupIds only in the network interfaces",
    ],
  ],
  "instance-network": [
    [
      { networkInterfaces: [{ networkInterfaceId: "eni-1" }], securityGroups: ["shop"] },
      "securityGroups and networkInterfaces are both set; AWS then allows securityGroups only in the network interfaces",
    ],
    [
      { primaryNetworkInterface: { networkInterfaceId: "eni-1" }, subnetId: "subnet-1" },
      "subnetId and primaryNetworkInterface are both set; AWS then allows subnetId only in the network interfaces",
    ],
  ],
  "metadata-hop-limit": [
    [
      { metadataOptions: { httpPutResponseHopLimit: 65 } },
      "metadataOptions.httpPutResponseHopLimit is 65; AWS allows a whole number from 1 to 64",
    ],
  ],
  "launch-template-volumes": [
    [
      {
        blockDeviceMappings: [
          { ebs: { volumeType: "gp3", volumeSize: 70_000, iops: 2_999, throughput: 100 } },
        ],
      },
      `${TEMPLATE_VOLUME}.volumeSize is 70000, but volumeType is "gp3"; AWS allows a whole number from 1 to 65536 for this type`,
      `${TEMPLATE_VOLUME}.iops is 2999, but volumeType is "gp3"; AWS allows a whole number from 3000 to 80000 for this type`,
      `${TEMPLATE_VOLUME}.throughput is 100, but volumeType is "gp3"; AWS allows a whole number from 125 to 2000 for this type`,
    ],
  ],
  "instance-volumes": [
    [
      {
        rootBlockDevice: { volumeType: "io2", volumeSize: 3 },
        ebsBlockDevices: [{ volumeType: "sc1", volumeSize: 8 }],
      },
      'rootBlockDevice.volumeSize is 3, but volumeType is "io2"; AWS allows a whole number from 4 to 65536 for this type',
      'rootBlockDevice.volumeType is "io2", but iops is not set; AWS requires it for this type',
      'ebsBlockDevices[0].volumeSize is 8, but volumeType is "sc1"; AWS allows a whole number from 125 to 16384 for this type',
    ],
  ],
  volumes: [
    [
      { type: "standard", size: 2_000 },
      'size is 2000, but type is "standard"; AWS allows a whole number from 1 to 1024 for this type',
    ],
  ],
  "vpc-dns": [
    [
      { enableDnsHostnames: true, enableDnsSupport: false },
      "enableDnsHostnames is true, but enableDnsSupport is false; AWS allows DNS hostnames only with DNS support",
    ],
  ],
  "flow-log-interval": [
    [{ maxAggregationInterval: 300 }, 'maxAggregationInterval is 300; AWS allows "60", "600"'],
  ],
  "private-nat-gateway": [
    [
      { connectivityType: "private", allocationId: "eipalloc-1" },
      'allocationId is set, but connectivityType is "private"; AWS allows no Elastic IP address for a private NAT gateway',
    ],
  ],
  "volume-pairs": [
    [{ type: "gp2", iops: 3000 }, 'iops is set, but type is "gp2"; AWS allows it only with gp3, io1 and io2'],
    [
      { type: "io1", size: 10, iops: 501 },
      "iops is 501, but size is 10; AWS allows at most 50 for each GiB of io1",
    ],
    [
      { type: "io2", size: 4, iops: 4000, throughput: 250 },
      'throughput is set, but type is "io2"; AWS allows it only with gp3',
    ],
    [
      { type: "gp3", throughput: 751 },
      "throughput is 751, but iops is 3000, the default; AWS allows at most a quarter of iops",
    ],
    [
      { type: "gp3", size: 4, iops: 3001, throughput: 750 },
      "iops is 3001, but size is 4; AWS allows at most 500 for each GiB of gp3",
    ],
    [
      {
        rootBlockDevice: { volumeType: "st1", volumeSize: 500, throughput: 500 },
        ebsBlockDevices: [{ volumeType: "gp3", volumeSize: 20, iops: 16000 }],
        blockDeviceMappings: [{ ebs: { volumeType: "sc1", iops: 1 } }],
      },
      'rootBlockDevice.throughput is set, but volumeType is "st1"; AWS allows it only with gp3',
      "ebsBlockDevices[0].iops is 16000, but volumeSize is 20; AWS allows at most 500 for each GiB of gp3",
      'blockDeviceMappings[0].ebs.iops is set, but volumeType is "sc1"; AWS allows it only with gp3, io1 and io2',
    ],
    [{ type: "gp3", size: 4, iops: 3000, throughput: 750 }],
    [{ type: "gp3", iops: UNKNOWN, throughput: 2000 }],
    [{ type: "io1", size: 2, iops: 100 }],
    [{ type: "gp2", iops: 0, throughput: 0 }],
  ],
  "endpoint-kind": [
    [
      { serviceName: "s3", securityGroupIds: ["sg-0a1b2c3d"], privateDnsEnabled: true },
      'privateDnsEnabled is set, but vpcEndpointType is "Gateway", the default; AWS allows it for other types only',
      'securityGroupIds is set, but vpcEndpointType is "Gateway", the default; AWS allows it for other types only',
      "serviceName is another string (not shown, as it may be secret); AWS allows a full name such as com.amazonaws.eu-west-1.s3",
    ],
    [
      { serviceName: "com.amazonaws.eu-west-1.s3", vpcEndpointType: "Gateway", subnetIds: [UNKNOWN] },
      'subnetIds is set, but vpcEndpointType is "Gateway", the default; AWS allows it for other types only',
    ],
    [
      { serviceName: "com.amazonaws.eu-west-1.ssm", vpcEndpointType: "Interface", routeTableIds: [UNKNOWN] },
      'routeTableIds is set, but vpcEndpointType is not "Gateway"; AWS allows it for gateway endpoints only',
    ],
    [
      {
        serviceName: "aws.sagemaker.eu-west-1.notebook",
        vpcEndpointType: UNKNOWN,
        securityGroupIds: [UNKNOWN],
      },
    ],
    [
      {
        serviceName: "cn.com.amazonaws.cn-north-1.ecr.api",
        vpcEndpointType: "Interface",
        subnetIds: [UNKNOWN],
        privateDnsEnabled: true,
      },
    ],
  ],
};
