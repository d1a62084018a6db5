/** What a cold process has used so far, for the one that started it. */
export function report() {
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakRssInMiB: process.resourceUsage().maxRSS / 1024 }));
  process.exit(0);
}
