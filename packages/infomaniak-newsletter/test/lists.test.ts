import { expect, it } from 'vitest';
import { collect, useNewsletter } from './harness.ts';

const newsletter = useNewsletter();

async function addGroups(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) newsletter.service.state.addGroup(`Group ${String(number)}`);
}

const paths = () => newsletter.service.exchanges.map(({ path }) => decodeURIComponent(path.replace('/1/newsletters/42', '')));

it('asks for pages by number', async () => {
  await addGroups(5);
  const pages = await collect(newsletter.client.groups.list().byPage({ maxPageSize: 2 }));
  expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1]);
  expect(paths()).toEqual(['/groups?page=1&per_page=2', '/groups?page=2&per_page=2', '/groups?page=3&per_page=2']);
});

it('asks for pages by offset, until there is nothing more', async () => {
  await addGroups(4);
  const pages = await collect(newsletter.client.groups.list({ paging: 'offset' }).byPage({ maxPageSize: 2 }));
  expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 0]);
  expect(paths()).toEqual(['/groups?limit=2&skip=0', '/groups?limit=2&skip=2', '/groups?limit=2&skip=4']);
});

it.each(['page', 'offset'] as const)('goes on from a token in another process: %s', async (paging) => {
  await addGroups(5);
  const [first] = await collect(newsletter.client.groups.list({ paging }).byPage({ maxPageSize: 2 }));
  const later = newsletter.connect().groups.list({ paging });
  const rest = await collect(later.byPage({ pageToken: first?.nextPageToken, maxPageSize: 2 }));
  expect(rest.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(['Group 3', 'Group 4', 'Group 5']);
});

it('reads a long list in pages of 500, and again from the beginning', async () => {
  await addGroups(1001);
  const list = newsletter.client.groups.list();
  expect(await collect(list)).toHaveLength(1001);
  expect(await collect(list)).toHaveLength(1001);
  expect(paths()).toHaveLength(6);
});

it('stops asking when nobody wants more', async () => {
  await addGroups(1001);
  for await (const group of newsletter.client.groups.list()) {
    expect(group.name).toBe('Group 1');
    break;
  }
  expect(paths()).toHaveLength(1);
});

it('counts without reading', async () => {
  await addGroups(7);
  expect(await newsletter.client.groups.list({ filter: { search: 'group' } }).count()).toBe(7);
  expect(paths()).toEqual(['/groups?filter[search]=group&page=1&per_page=1']);
});

it('writes filters in brackets, lists with commas and times in seconds', async () => {
  const { campaigns, subscribers } = newsletter.client;
  await collect(
    campaigns.list({
      filter: { status: ['sent', 'draft'] },
      with: ['recipients', 'content'],
      orderBy: ['id', 'subject'],
      orderFor: { id: 'desc' },
      dateFrom: new Date(5000),
    }),
  );
  await collect(subscribers.list({ filter: { groups: [1, 2], validationStatus: 3 } }));
  expect(paths()).toEqual([
    '/campaigns?with=recipients,content&filter[status][]=sent&filter[status][]=draft&date_from=5&order_by=id,subject&order_for[id]=desc&page=1&per_page=500',
    '/subscribers?filter[groups][]=1&filter[groups][]=2&filter[validation_status]=3&page=1&per_page=500',
  ]);
});
