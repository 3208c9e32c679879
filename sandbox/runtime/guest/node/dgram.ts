/** node:dgram: datagram sockets; not simulated. */
import { absentFunctions } from './internal/absent.ts';

export default absentFunctions(
  'dgram',
  ['createSocket'],
  'is not available in this simulator: a function has no network here',
);
