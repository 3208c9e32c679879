/** node:http, on a closed network. */
import { httpModule } from './internal/http.ts';

export default httpModule('http:');
