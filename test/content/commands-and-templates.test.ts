/** What an author is told about a command that the AWS CLI would refuse, and about a template that CloudFormation would. */
import { describe, expect, it } from 'vitest';
import { codeBlocksOf } from '../../content/code-blocks.ts';
import { commandsOf } from '../../content/shell-commands.ts';
import { checkCommand } from '../../src/build/check-commands.ts';
import { checkTemplate } from '../../src/build/check-templates.ts';

const told = (script: string): string[] =>
  commandsOf(script).flatMap(({ words, line }) => checkCommand(words).map(({ reason }) => `${line}: ${reason}`));

describe('commandsOf', () => {
  it('takes a script apart into commands with their lines', () => {
    const script = [
      '# the first',
      'aws lambda invoke --function-name checkout \\',
      '  --payload \'{"order": 1042}\' out.json | base64 --decode',
      'VERSION=$(aws lambda publish-version --function-name "$NAME") && sam deploy',
    ].join('\n');
    expect(commandsOf(script)).toEqual([
      {
        line: 2,
        words: ['aws', 'lambda', 'invoke', '--function-name', 'checkout', '--payload', '{"order": 1042}', 'out.json'],
      },
      { line: 2, words: ['base64', '--decode'] },
      { line: 4, words: ['aws', 'lambda', 'publish-version', '--function-name', '$NAME'] },
      { line: 4, words: ['VERSION=$'] },
      { line: 4, words: ['sam', 'deploy'] },
    ]);
  });

  it('keeps text in quotes together over several lines, and finds a command inside double quotes', () => {
    expect(commandsOf('a --policy \'{\n  "b": 1 # c\n}\' d\ne "$(f --g "h")" --i')).toEqual([
      { line: 1, words: ['a', '--policy', '{\n  "b": 1 # c\n}', 'd'] },
      { line: 4, words: ['f', '--g', 'h'] },
      { line: 4, words: ['e', '$', '--i'] },
    ]);
  });
});

describe('checkCommand', () => {
  it('lets through what the CLI takes', () => {
    const script = `
      aws lambda create-function --function-name a --runtime nodejs24.x --handler index.handler \\
        --role arn:aws:iam::123456789012:role/a --zip-file fileb://a.zip --region eu-west-1
      aws lambda invoke --function-name a --cli-binary-format raw-in-base64-out --payload '{}' response.json
      aws lambda wait function-updated-v2 --function-name a
      aws logs tail /aws/lambda/a --since 1h --follow
      aws s3 cp a.zip s3://bucket/a.zip
      aws cloudformation deploy --template-file t.yaml --stack-name s --capabilities CAPABILITY_IAM
      aws ec2 start-instances --instance-ids i-0123456789abcdef0 --no-dry-run
      sam build && sam deploy --guided
      npm ci --no-such-option`;
    expect(told(script)).toEqual([]);
  });

  it('names services, operations and options that there are none of', () => {
    expect(told('aws lamda list-functions')).toEqual(['1: `aws lamda` is no service that is known here.']);
    expect(told('aws lambda create-functions --function-name a')).toEqual([
      '1: `aws lambda create-functions` does not exist.',
    ]);
    expect(told('aws lambda get-function --name a')).toEqual([
      '1: `aws lambda get-function` has no option --name.',
      '1: `aws lambda get-function` needs --function-name.',
    ]);
    expect(told('\nsam ship')).toEqual(['2: `sam ship` is no command of the SAM CLI.']);
  });

  it('misses a required option, and the file for an answer', () => {
    expect(told('aws lambda create-function --function-name a --role r')).toEqual([
      '1: `aws lambda create-function` needs --code.',
    ]);
    expect(told("aws lambda invoke --function-name a --payload '{}'")).toEqual([
      '1: `aws lambda invoke` needs a file for the answer.',
    ]);
  });
});

describe('checkTemplate', () => {
  const toldOf = (template: string): string[] =>
    checkTemplate(template).map(({ line, reason }) => `${line}: ${reason}`);

  it('lets through what CloudFormation and SAM take', () => {
    const template = `
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      LoggingConfig: { LogFormat: JSON }
      Events:
        Queue: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } }
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3 }
  Failed: { Type: AWS::SQS::Queue }`;
    expect(toldOf(template)).toEqual([]);
  });

  it('names types, properties and events that there are none of, and what is required', () => {
    const template = `Hello:
  Type: AWS::Lambda::Function
  Properties:
    Code: { ZipFile: 'exports.handler = async () => 1;' }
    VpcConfig: { SubnetIDs: [subnet-1] }
    Memory: 128
Queue: { Type: AWS::SQS::Queues }
Orders:
  Type: AWS::Serverless::Function
  Properties:
    Events: { Queue: { Type: Sqs } }`;
    expect(toldOf(template)).toEqual([
      '4: AWS::Lambda::Function needs Role.',
      '5: AWS::Lambda::Function VpcConfig has no property SubnetIDs.',
      '6: AWS::Lambda::Function has no property Memory.',
      '7: There is no resource type AWS::SQS::Queues.',
      '11: There is no event of type Sqs.',
    ]);
  });

  it('tells where a template is no YAML', () => {
    expect(toldOf('A:\n  Type: AWS::SQS::Queue\n Properties: {}\n')[0]).toMatch(
      /^[23]: The template is not valid YAML/,
    );
  });
});

describe('codeBlocksOf', () => {
  it('says on which line of the file a block begins, and takes away the indentation of a list', () => {
    expect(codeBlocksOf('Text.\n\n- item\n\n  ```sh title="x"\n  aws help\n  ```\n')).toEqual([
      { language: 'sh', text: 'aws help\n', line: 6 },
    ]);
  });
});
