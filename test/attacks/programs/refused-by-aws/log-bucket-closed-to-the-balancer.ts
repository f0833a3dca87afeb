// A bucket of one's own that nobody else may write to.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

const { subnetIds } = network();
const logs = new aws.s3.Bucket("logs");
balancer(subnetIds, { connectionLogs: { enabled: true, bucket: logs.bucket } });
