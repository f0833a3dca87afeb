import type { EC2 } from "../../../../../policies/rules/refused-by-aws/api-prose/ec2";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

const CHARACTERS = "AWS takes up to 255 characters: a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*";
const TEMPLATE_VOLUME = "blockDeviceMappings[0].ebs";

/** By line of EC2. */
export const EC2_REFUSED: Readonly<Record<keyof typeof EC2, Refused>> = {
  "cidr-sizes": [[{ cidrBlock: "10.0.0.0/15" }, "cidrBlock has a prefix of 15; it must be from 16 to 28"]],
  "security-group-name": [
    [
      { name: "sg-web" },
      `name is another string (not shown, as it may be secret); ${CHARACTERS}, no "sg-" in front`,
    ],
    [{ namePrefix: "store's " }, `namePrefix contains "'"; ${CHARACTERS}, no "sg-" in front`],
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
      'name is another string (not shown, as it may be secret); AWS takes up to 255 characters, no "com.amazonaws" in front',
    ],
    [
      { name: long(256) },
      'name has 256 characters; AWS takes up to 255 characters, no "com.amazonaws" in front',
    ],
  ],
  "user-data-size": [
    [
      { userData: Buffer.from(`#!/bin/sh\n${long(16_375)}`).toString("base64") },
      "userData has 16385 bytes before it is base64-encoded; AWS takes 16,384 bytes at most",
    ],
    [
      { userDataBase64: Buffer.alloc(20_000, "é").toString("base64") },
      "userDataBase64 has 20000 bytes before it is base64-encoded; AWS takes 16,384 bytes at most",
    ],
  ],
  "spot-fleet-user-data-size": [
    [
      { launchSpecifications: [{ userData: `#!/bin/sh\n${"é".repeat(8_200)}` }] },
      "launchSpecifications[0].userData has 16410 bytes before it is base64-encoded; AWS takes 16,384 bytes at most",
    ],
  ],
  "launch-template-user-data": [
    [
      { userData: "#!/bin/sh\nexec /opt/shop/start\n" },
      "userData is another string (not shown, as it may be secret); AWS takes base64-encoded text",
    ],
  ],
  "user-data-base64": ["#!/bin/sh", "IyEvYmluL3No=", "shop"]
    .slice(0, 2)
    .map(
      (userDataBase64) =>
        [
          { userDataBase64 },
          "userDataBase64 is another string (not shown, as it may be secret); AWS takes base64-encoded text",
        ] as const,
    ),
  "launch-template-groups": [
    [
      { networkInterfaces: [{}], vpcSecurityGroupIds: ["sg-1"] },
      "vpcSecurityGroupIds and networkInterfaces are both set; AWS takes the former in the network interfaces then",
    ],
  ],
  "instance-network": [
    [
      { networkInterfaces: [{ networkInterfaceId: "eni-1" }], securityGroups: ["shop"] },
      "securityGroups and networkInterfaces are both set; AWS takes the former in the network interfaces then",
    ],
    [
      { primaryNetworkInterface: { networkInterfaceId: "eni-1" }, subnetId: "subnet-1" },
      "subnetId and primaryNetworkInterface are both set; AWS takes the former in the network interfaces then",
    ],
  ],
  "metadata-hop-limit": [
    [
      { metadataOptions: { httpPutResponseHopLimit: 65 } },
      "metadataOptions.httpPutResponseHopLimit is 65; AWS takes a whole number from 1 to 64",
    ],
  ],
  "launch-template-volumes": [
    [
      {
        blockDeviceMappings: [
          { ebs: { volumeType: "gp3", volumeSize: 70_000, iops: 2_999, throughput: 100 } },
        ],
      },
      `${TEMPLATE_VOLUME}.volumeSize is 70000 and volumeType is "gp3"; AWS takes a whole number from 1 to 65536 for it`,
      `${TEMPLATE_VOLUME}.iops is 2999 and volumeType is "gp3"; AWS takes a whole number from 3000 to 80000 for it`,
      `${TEMPLATE_VOLUME}.throughput is 100 and volumeType is "gp3"; AWS takes a whole number from 125 to 2000 for it`,
    ],
  ],
  "instance-volumes": [
    [
      {
        rootBlockDevice: { volumeType: "io2", volumeSize: 3 },
        ebsBlockDevices: [{ volumeType: "sc1", volumeSize: 8 }],
      },
      'rootBlockDevice.volumeSize is 3 and volumeType is "io2"; AWS takes a whole number from 4 to 65536 for it',
      'rootBlockDevice.iops is not set and volumeType is "io2"; AWS takes no such volume without it',
      'ebsBlockDevices[0].volumeSize is 8 and volumeType is "sc1"; AWS takes a whole number from 125 to 16384 for it',
    ],
  ],
  volumes: [
    [
      { type: "standard", size: 2_000 },
      'size is 2000 and type is "standard"; AWS takes a whole number from 1 to 1024 for it',
    ],
  ],
  "vpc-dns": [
    [
      { enableDnsHostnames: true, enableDnsSupport: false },
      "enableDnsHostnames is true and enableDnsSupport is false; AWS takes DNS hostnames with DNS support only",
    ],
  ],
  "flow-log-interval": [
    [{ maxAggregationInterval: 300 }, 'maxAggregationInterval is 300; AWS takes "60", "600"'],
  ],
  "private-nat-gateway": [
    [
      { connectivityType: "private", allocationId: "eipalloc-1" },
      'allocationId is set and connectivityType is "private"; AWS takes no Elastic IP address for a private NAT gateway',
    ],
  ],
  "volume-pairs": [
    [{ type: "gp2", iops: 3000 }, 'iops is set and type is "gp2"; AWS takes it with gp3, io1 and io2'],
    [{ type: "io1", size: 10, iops: 501 }, "iops is 501 and size is 10; AWS takes 50 for each GiB of io1"],
    [
      { type: "io2", size: 4, iops: 4000, throughput: 250 },
      'throughput is set and type is "io2"; AWS takes it with gp3',
    ],
    [
      { type: "gp3", throughput: 751 },
      "throughput is 751 and iops is 3000 unless it is set; AWS takes a quarter of iops",
    ],
    [
      { type: "gp3", size: 4, iops: 3001, throughput: 750 },
      "iops is 3001 and size is 4; AWS takes 500 for each GiB of gp3",
    ],
    [
      {
        rootBlockDevice: { volumeType: "st1", volumeSize: 500, throughput: 500 },
        ebsBlockDevices: [{ volumeType: "gp3", volumeSize: 20, iops: 16000 }],
        blockDeviceMappings: [{ ebs: { volumeType: "sc1", iops: 1 } }],
      },
      'rootBlockDevice.throughput is set and volumeType is "st1"; AWS takes it with gp3',
      "ebsBlockDevices[0].iops is 16000 and volumeSize is 20; AWS takes 500 for each GiB of gp3",
      'blockDeviceMappings[0].ebs.iops is set and volumeType is "sc1"; AWS takes it with gp3, io1 and io2',
    ],
    [{ type: "gp3", size: 4, iops: 3000, throughput: 750 }],
    [{ type: "gp3", iops: UNKNOWN, throughput: 2000 }],
    [{ type: "io1", size: 2, iops: 100 }],
    [{ type: "gp2", iops: 0, throughput: 0 }],
  ],
  "endpoint-kind": [
    [
      { serviceName: "s3", securityGroupIds: ["sg-0a1b2c3d"], privateDnsEnabled: true },
      'privateDnsEnabled is set and vpcEndpointType is "Gateway", which it is unless it is set; AWS takes them apart',
      'securityGroupIds is set and vpcEndpointType is "Gateway", which it is unless it is set; AWS takes them apart',
      "serviceName is another string (not shown, as it may be secret); AWS takes a whole name such as com.amazonaws.eu-west-1.s3",
    ],
    [
      { serviceName: "com.amazonaws.eu-west-1.s3", vpcEndpointType: "Gateway", subnetIds: [UNKNOWN] },
      'subnetIds is set and vpcEndpointType is "Gateway", which it is unless it is set; AWS takes them apart',
    ],
    [
      { serviceName: "com.amazonaws.eu-west-1.ssm", vpcEndpointType: "Interface", routeTableIds: [UNKNOWN] },
      "routeTableIds is set and vpcEndpointType is another than Gateway; AWS takes them apart",
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
