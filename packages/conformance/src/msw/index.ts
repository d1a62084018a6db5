export { RAW_PATH_HEADER, serveHandlers, type HandlerServer, type ServeHandlersOptions } from './serve-handlers.ts';
