/**
 * What SAM templates may hold that the registry's data does not have yet.
 * Sources, read 2026-11-25: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 * and https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
 */

const functionProperties =
  'AutoPublishAliasAllProperties CapacityProviderConfig DurableConfig FunctionScalingConfig LoggingConfig PropagateTags PublishToLatestPublished RecursiveLoop RolePath RuntimeManagementConfig SnapStart SourceKMSKeyArn TenancyConfig VersionDeletionPolicy';
const httpApiProperties = 'PropagateTags';

/** Properties of a resource type of SAM that are newer than the registry's data. They are not looked into. */
export function newerSamProperties(type: string): Readonly<Record<string, { type: { type: string } }>> {
  const names =
    type === 'AWS::Serverless::Function'
      ? functionProperties
      : type.startsWith('AWS::Serverless::')
        ? httpApiProperties
        : '';
  return Object.fromEntries(
    names
      .split(' ')
      .filter(Boolean)
      .map((name) => [name, { type: { type: 'json' } }]),
  );
}

/** Types of the events of a function. */
export const samEventTypes: readonly string[] =
  'AlexaSkill Api CloudWatchEvent CloudWatchLogs Cognito DocumentDB DynamoDB EventBridgeRule HttpApi IoTRule Kinesis MQ MSK S3 Schedule ScheduleV2 SelfManagedKafka SNS SQS'.split(
    ' ',
  );
