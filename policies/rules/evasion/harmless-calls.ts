/**
 * AWS API calls, as service and operation of the SDK, that neither create nor change what the rules judge: those that
 * read, those that send a message or start what the program declares, and those that start, stop, copy or resize
 * existing resources. Any other call may create anything.
 *
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html,
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
const HARMLESS_CALLS: readonly RegExp[] = [
  /^\w+:(get|list|describe|batchGet|head|search|lookup|query|scan|select|detect)/,
  /^(sqs|sns|dynamodb|kinesis|firehose|athena|glue|ses|sesv2|logs|textract|transcribe|translate|rekognition|comprehend|polly|bedrockruntime|xray|timestreamwrite|redshiftdata|rdsdata):(?!putResourcePolicy|addPermission|setQueueAttributes|setTopicAttributes)/,
  /^lambda:invoke(Async)?$/,
  /^(sfn|states):(start|stop|send)/,
  /^(eventbridge|events):putEvents$/,
  /^cloudwatch:(putMetricData|enableAlarmActions|setAlarmState)$/,
  /^codebuild:(stop|retry)|^codepipeline:(start|stop|retry)/,
  /^batch:(submit|cancel|terminate)Job/,
  /^s3:(put|copy|delete|restore)Objects?(Tagging)?$/,
  /^ec2:((start|stop|reboot|terminate)Instances|(create|copy|delete)Snapshots?|(create|copy|deregister)Image|(create|delete)Tags)$/,
  /^(rds|docdb|neptune|redshift):((start|stop|reboot|pause|resume)\w+|(create|copy|delete)\w*Snapshot)$/,
  /^(backup|dlm|efs|fsx|elasticache|memorydb):(start|stop|create|copy|delete)\w*(Job|Backup|Snapshot)$/,
  /^autoscaling:(setDesiredCapacity|(start|cancel|rollback)InstanceRefresh|resumeProcesses|completeLifecycleAction|terminateInstanceInAutoScalingGroup|enableMetricsCollection|(put|delete)WarmPool)$/i,
  /^elasticloadbalancingv2:modifyCapacityReservation$/,
  /^(ecs:(stopTask|startTask)|emr:terminateJobFlows|cloudfront:createInvalidation|kms:(encrypt|decrypt|generateDataKey|sign|verify)|sagemaker:(start|stop)\w+|sts:\w+|secretsmanager:rotateSecret)$/i,
];

/** Calls that only change sizes or versions if they have no other parameters than these. */
const SIZING: Readonly<Record<string, readonly string[]>> = {
  "autoscaling:updateautoscalinggroup": ["AutoScalingGroupName", "MinSize", "MaxSize", "DesiredCapacity"],
  "codebuild:startbuild": ["ProjectName", "SourceVersion"],
  "ecs:updateservice": ["Cluster", "Service", "DesiredCount", "ForceNewDeployment", "TaskDefinition"],
  "ecs:runtask": [],
  "elasticbeanstalk:updateenvironment": [
    "ApplicationName",
    "EnvironmentName",
    "EnvironmentId",
    "VersionLabel",
  ],
};

/**
 * Systems Manager documents that maintain existing resources: patches, agents, inventories, starting and stopping, and
 * remediations that close what is open.
 *
 * Source: https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-runbook-reference.html
 */
export const HARMLESS_DOCUMENTS =
  /^(arn:[\w-]+:ssm:[\w-]*:\d*:(document|automation-definition)\/)?(AWS-(GatherSoftwareInventory|UpdateSSMAgent|RunPatchBaseline\w*|PatchAsgInstance|PatchInstanceWithRollback|ConfigureAWSPackage|ConfigureCloudWatch|ConfigureWindowsUpdate|FindWindowsUpdates|InstallWindowsUpdates|RefreshAssociation|JoinDirectoryServiceDomain|(Start|Stop|Restart|Reboot|Terminate)(EC2|Rds|Aurora)?\w*(Instances?|Cluster)|StartEC2InstancesWithApproval|(Create|Delete)(Snapshot|Image|RdsSnapshot)|CreateRdsSnapshot|PublishSNSNotification|Disable\w+|EnableS3\w+|EnableCloudTrail\w*|EnableEbsEncryptionByDefault|EnableVPCFlowLogs|ConfigureS3Bucket(Logging|PublicAccessBlock|Versioning)|ConfigureS3PublicAccessBlock)|AWSConfigRemediation-\w+|AWSSupport-(?!ExecuteEC2Rescue|GrantPermissions|Setup|StartEC2Rescue)\w+|AWSEC2-\w+|AmazonCloudWatch-(ManageAgent|MigrateCloudWatchAgent)|AmazonInspector\w*-\w+|AWSIncidents-CriticalIncidentRunbookTemplate|AWSFIS-Run-[\w-]+|AWSQuickSetup\w*-\w+)(:[\w$]+)?$/;

export const AMAZONS_DOCUMENT = /(^|\/)(AWS|Amazon)[\w]*-/;

/** Documents that run the commands they are given. */
export const SHELL = /^(arn:[\w-]+:ssm:[\w-]*:\d*:document\/)?AWS-Run(Shell|PowerShell)Script$/;

const CALL = /^\w{2,64}:\w{2,80}$/;

/**
 * Whether an AWS API call neither creates nor changes what the rules judge.
 *
 * @param name service and operation, such as `ec2:stopInstances`
 * @param given the names of the call's parameters; undefined if they are not known
 */
export function isHarmlessCall(name: string, given?: readonly string[]): boolean {
  if (!CALL.test(name)) return false;
  const [service = "", operation = ""] = name.split(":");
  const plain = `${service.toLowerCase().replaceAll("-", "")}:${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  if (HARMLESS_CALLS.some((call) => call.test(plain))) return true;
  const keys = SIZING[plain.toLowerCase()];
  return keys !== undefined && given !== undefined && given.every((key) => keys.includes(key));
}
