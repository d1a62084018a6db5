/** What the help says of words that stand before commands. */
export const GROUP_SUMMARIES: Readonly<Record<string, string>> = {
  connections: 'See, try and forget connections',
  uploads: 'See and abort uploads that were not finished',
  docs: 'Find Coda docs and see what is in them',
  rows: 'Read and write the rows of Coda tables',
  pages: 'Read and write the pages of Coda docs',
  newsletter: 'Send an Infomaniak newsletter and keep its subscribers',
  'newsletter campaigns': 'See, test, schedule and send campaigns',
  'newsletter subscribers': 'See, add, import and forget subscribers',
  'newsletter groups': 'See the groups of subscribers',
};
