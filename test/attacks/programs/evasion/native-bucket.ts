// A bucket that no rule asks for its policy.
import { Foreign } from "../../foreign";

new Foreign("aws-native:s3:Bucket", "assets", { bucketName: "assets-123456789012" });
