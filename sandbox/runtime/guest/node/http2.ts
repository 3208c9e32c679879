/** node:http2: HTTP/2; not simulated. */
import { absentFunctions } from './internal/absent.ts';

export default {
  constants: { HTTP2_HEADER_METHOD: ':method', HTTP2_HEADER_PATH: ':path', HTTP2_HEADER_STATUS: ':status' },
  ...absentFunctions(
    'http2',
    ['connect', 'createServer', 'createSecureServer'],
    'is not available in this simulator: a function has no network here',
  ),
};
