// As in AWSGuard's README. Its packages are installed in the folder above.
const { AwsGuard } = require("@pulumi/awsguard");

new AwsGuard({ all: "mandatory" });
