import { startCodaService } from '@cmx/coda/testing';

export const examples = { 'First call': 'AbCDeFGH Launch', 'A service for your tests': 'upsertRows 202' };

export async function start() {
  const { service, clientOptions, close } = await startCodaService();
  service.addDoc('Launch', { id: 'AbCDeFGH' });
  service.addTable('AbCDeFGH', 'Tasks', [
    { name: 'Title', type: 'text' },
    { name: 'Points', type: 'number' },
  ]);
  return { env: { CODA_API_TOKEN: clientOptions.token, CODA_BASE_URL: clientOptions.baseUrl }, stop: close };
}
