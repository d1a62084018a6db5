export { NewsletterService, type NewsletterServiceExchange, type NewsletterServiceFault, type NewsletterServiceOptions } from './newsletter-service.ts';
export type { Listening } from '@cmx/http/testing';
export { startNewsletterService, type RunningNewsletterService, type StartNewsletterServiceOptions } from './start-newsletter-service.ts';
export type { NewsletterServiceCampaign, NewsletterServiceOperation, NewsletterServiceState, NewsletterServiceSubscriber } from './state.ts';
export type { Json } from './wire-types.ts';
