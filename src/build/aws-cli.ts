/**
 * What the AWS CLI takes that is no operation of an API: its own options, its own commands, and operations that it changes.
 * Source: the AWS CLI Command Reference, https://docs.aws.amazon.com/cli/latest/reference/, read 2026-11-25.
 */

/** Options that every command takes. */
export const globalOptions: readonly string[] =
  'debug endpoint-url no-verify-ssl no-paginate output query profile region version color no-sign-request ca-bundle cli-read-timeout cli-connect-timeout cli-binary-format no-cli-pager cli-auto-prompt no-cli-auto-prompt cli-input-json cli-input-yaml generate-cli-skeleton max-items page-size starting-token'.split(
    ' ',
  );

const transfer =
  'dryrun quiet include exclude acl follow-symlinks no-follow-symlinks no-guess-mime-type sse sse-c sse-kms-key-id storage-class grants website-redirect content-type cache-control content-disposition content-encoding content-language expires source-region only-show-errors no-progress page-size ignore-glacier-warnings force-glacier-transfer request-payer metadata copy-props metadata-directive checksum-algorithm checksum-mode';
const function_ = 'function-name! qualifier';
const stack = 'stack-name';

/** Commands by service: their options, the required ones with a `!`. */
export const ownCommands: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: {
    cp: `${transfer} recursive expected-size`,
    mv: `${transfer} recursive`,
    sync: `${transfer} size-only exact-timestamps delete`,
    ls: 'recursive page-size human-readable summarize request-payer',
    rm: 'dryrun quiet recursive request-payer include exclude only-show-errors page-size',
    mb: '',
    rb: 'force',
    presign: 'expires-in',
    website: 'index-document error-document',
  },
  logs: {
    tail: 'since follow format filter-pattern log-stream-names log-stream-name-prefix',
  },
  cloudformation: {
    deploy:
      'template-file! stack-name! s3-bucket force-upload s3-prefix kms-key-id parameter-overrides capabilities no-execute-changeset disable-rollback no-disable-rollback role-arn notification-arns fail-on-empty-changeset no-fail-on-empty-changeset tags',
    package: 'template-file! s3-bucket! s3-prefix kms-key-id output-template-file use-json force-upload metadata',
    'wait stack-create-complete': stack,
    'wait stack-update-complete': stack,
    'wait stack-delete-complete': stack,
    'wait stack-exists': stack,
    'wait change-set-create-complete': `change-set-name! ${stack}`,
  },
  configure: {
    list: '',
    'list-profiles': '',
    sso: '',
    get: '',
    set: '',
  },
  ecr: { 'get-login-password': '' },
  lambda: {
    'wait function-active': function_,
    'wait function-active-v2': function_,
    'wait function-exists': function_,
    'wait function-updated': function_,
    'wait function-updated-v2': function_,
    'wait published-version-active': function_,
  },
  sso: { login: 'sso-session no-browser', logout: '' },
};

/** Options that the CLI adds to an operation, the required one that each may replace, and those that it does not require. */
export const changedOperations: Readonly<
  Record<string, { readonly adds: string; readonly instead?: string; readonly optional?: readonly string[] }>
> = {
  'ec2 run-instances': { adds: 'count', optional: ['min-count', 'max-count'] },
  'lambda create-function': { adds: 'zip-file', instead: 'code' },
  'lambda publish-layer-version': { adds: 'zip-file', instead: 'content' },
  'sns subscribe': { adds: 'notification-endpoint', instead: 'endpoint' },
  'stepfunctions send-task-success': { adds: 'task-output', instead: 'output' },
};

/** Operations that write their answer into a file, which has to be named. */
export const intoFile: readonly string[] = ['lambda invoke', 's3api get-object'];

/** The commands of the SAM CLI. Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-command-reference.html */
export const samCommands: readonly string[] =
  'build delete deploy docs init list local logs package pipeline publish remote sync traces validate'.split(' ');
