export { serveRequests, type Listening, type Respond } from './serve-requests.ts';
