/** node:tls: connections fail as on a closed network. */
import { absentFunctions } from './internal/absent.ts';
import net from './net.ts';

export default {
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
  TLSSocket: net.Socket,
  connect: net.connect,
  getCiphers: (): string[] => [],
  rootCertificates: [],
  ...absentFunctions('tls', ['createServer', 'createSecureContext'], 'is not available in this simulator'),
};
